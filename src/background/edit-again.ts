import type { EditedView } from '../contract/views.ts';
import type { Attachment, ImageAttachment, PictureWay } from '../core/draft.ts';
import { draftFromRequest } from '../core/draft-from-request.ts';
import { losslessFit } from '../core/image/picture-fit.ts';
import type { Job, RequestFile } from '../core/outbox/job.ts';
import { ok, type Result } from '../core/result.ts';
import { readIntactBlob } from '../platform/blob-store.ts';
import { newId } from '../platform/new-id.ts';
import { editJobAgain, hasDraft } from '../platform/privileged/edit-job-again.ts';
import { freshDraft } from '../platform/privileged/fresh-draft.ts';
import { outboxStore } from '../platform/privileged/outbox-store.ts';
import { pictureOf } from './store-picture.ts';

/**
 * Takes a job out of the outbox as the current draft. When its draft is gone (or nobody wrote one, as for a reply that
 * followed its ticket by itself), one is made again of what would have been sent; `missingFiles` are the pictures and
 * files whose bytes are gone, or not what was stored. Fails as `editJobAgain` does.
 */
export async function editAgain(jobId: string): Promise<Result<EditedView>> {
  const job = await outboxStore.readJob(jobId);
  if (job === null || (await hasDraft(job))) {
    const edited = await editJobAgain({ id: jobId });
    return edited.ok ? ok({ draft: edited.value, isRebuilt: false, missingFiles: 0 }) : edited;
  }
  const found = await attachmentsOf(job);
  const attachments = found.filter(attachment => attachment !== null);
  const edited = await editJobAgain({ id: jobId }, draftFromRequest(job, await freshDraft(), attachments));
  const missingFiles = found.length - attachments.length;
  return edited.ok ? ok({ draft: edited.value, isRebuilt: true, missingFiles }) : edited;
}

/** Null stands for what is gone. */
async function attachmentsOf({ request }: Job): Promise<(Attachment | null)[]> {
  const found: (Attachment | null)[] = [];
  if (request.kind === 'reply') {
    for (const file of request.files) found.push(await attachmentOf(file, 'full', false));
  } else {
    for (const file of request.images) found.push(await attachmentOf(file, 'ticket', false));
    for (const file of request.followUp?.files ?? []) found.push(await attachmentOf(file, 'full', true));
  }
  for (const url of request.imageUrls) found.push({ kind: 'image-url', id: newId(), url });
  return found;
}

/** What left, or would have left, becomes what was captured: it goes again with the same bytes. */
async function attachmentOf(
  { blobId, name, type }: RequestFile,
  way: PictureWay,
  followsTicket: boolean,
): Promise<Attachment | null> {
  const blob = await readIntactBlob(blobId);
  if (typeof blob === 'string') return null;
  const picture = await pictureOf(blob, blobId, name);
  if (picture) return { ...prepared(picture, way), followsTicket };
  // A ticket takes pictures only; one that cannot be drawn any more is of no use to it.
  if (way === 'ticket') return null;
  return { kind: 'file', id: newId(), blobId, name, type, sizeBytes: blob.size, followsTicket };
}

function prepared(picture: ImageAttachment, way: PictureWay): ImageAttachment {
  const { blobId, type, marksRevision } = picture;
  const sent = { blobId, type, fit: losslessFit };
  return { ...picture, prepared: { marksRevision, ticket: null, full: null, [way]: sent } };
}
