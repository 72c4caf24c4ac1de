import type { Attachment, Draft } from '../../core/draft.ts';
import type { Job, RequestFile } from '../../core/outbox/job.ts';
import { fail, type Result } from '../../core/result.ts';
import { database } from '../database/database.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';
import { leaveDraft, putDraft, storedCurrent, storedDraft, withdrawn } from './draft-rows.ts';
import { freshDraft } from './fresh-draft.ts';
import { getJob, removeJob } from './job-rows.ts';

/**
 * Takes a job out of the outbox and makes its draft current again; the one that was current is put aside, if it holds
 * anything. Fails with `busy` while the job is being sent, and once it is.
 */
export async function editJobAgain({ id }: Pick<Job, 'id'>): Promise<Result<Draft>> {
  const fresh = await freshDraft();
  return database.change(async tx => {
    const job = await getJob(tx, id);
    if (!job) return fail({ kind: 'not-found' });
    if (job.state.name === 'sending' || job.state.name === 'sent') return fail({ kind: 'busy' });
    const draft = (await storedDraft(tx, job.draftId)) ?? (await draftOfReply(tx, job, fresh));
    if (!draft) return fail({ kind: 'not-found' });
    const again = await putDraft(tx, draft, { ...withdrawn(draft, job), putAsideAt: null });
    if (!again.ok) return again;
    await removeJob(tx, job.id, 'withdrawn');
    const current = await storedCurrent(tx);
    if (current && current.id !== draft.id) await leaveDraft(tx, current, fresh.createdAt);
    await tx.objectStore('meta').put(draft.id, 'currentDraftId');
    return again;
  });
}

/** A draft of what a reply would send, for one that followed its ticket by itself: nobody wrote one. */
async function draftOfReply(
  tx: WriteTransaction,
  { draftId, request, createdAt, pageUrl, passages }: Job,
  fresh: Draft,
): Promise<Draft | null> {
  if (request.kind !== 'reply') return null;
  const attachments: Attachment[] = [];
  for (const file of request.files) attachments.push(await attachmentOf(tx, file));
  for (const url of request.imageUrls) attachments.push({ kind: 'image-url', id: newId(), url });
  return {
    ...fresh,
    id: draftId,
    kind: 'reply',
    body: request.content,
    replyTarget: request.target.value,
    attachments,
    page: pageUrl === null ? {} : { page_url: pageUrl },
    seenSelections: passages,
    createdAt,
    // Sent again it is of the same time, as any draft that was captured.
    capturedAt: Date.parse(request.originalTimestamp),
  };
}

async function attachmentOf(tx: WriteTransaction, { blobId, name, type }: RequestFile): Promise<Attachment> {
  const sizeBytes = (await tx.objectStore('blobs').get(blobId))?.blob.size ?? 0;
  return { kind: 'file', id: newId(), blobId, name, type, sizeBytes, followsTicket: false };
}
