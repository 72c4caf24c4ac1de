import { discardedSchema, draftSchema } from '../../contract/stored.ts';
import type { Draft, ImageAttachment } from '../../core/draft.ts';
import { filesOfRequest, type Job } from '../../core/outbox/job.ts';
import type { DiscardedRow, WriteTransaction } from '../database/schema.ts';
import { jobOfRow } from './job-rows.ts';

/** The stored bytes that a draft names: its files; of each picture as captured, its words, and what was made of it. */
export function blobsOfDraft({ attachments }: Pick<Draft, 'attachments'>): string[] {
  return attachments.flatMap(attachment => {
    if (attachment.kind === 'image') return blobsOfPicture(attachment);
    return attachment.kind === 'file' ? [attachment.blobId] : [];
  });
}

function blobsOfPicture({ blobId, wordsBlobId, prepared }: ImageAttachment): string[] {
  const kept = [blobId, wordsBlobId, prepared?.ticket?.blobId, prepared?.full?.blobId];
  return kept.filter(id => typeof id === 'string');
}

/** The stored bytes that a request names. */
export function blobsOfRequest({ request }: Pick<Job, 'request'>): string[] {
  return filesOfRequest(request).map(({ blobId }) => blobId);
}

/** What was discarded, or null when the row cannot be read. */
export function discardedOfRow(row: unknown): DiscardedRow | null {
  const parsed = discardedSchema.safeParse(row);
  return parsed.success ? parsed.data : null;
}

/** The stored bytes that are needed to take it back. */
export function blobsOfDiscarded({ job, draft }: DiscardedRow): string[] {
  return [...blobsOfRequest(job), ...(draft ? blobsOfDraft(draft) : [])];
}

/**
 * The ids of all bytes that are needed: by a draft, by a job which is not delivered, by one whose files are kept for
 * the history, or by one that was discarded and may be taken back. Null while one of these records, or one in
 * quarantine, cannot be read: what it needs is not known, and nothing may be deleted.
 */
export async function usedBlobs(tx: WriteTransaction): Promise<Set<string> | null> {
  if ((await tx.objectStore('quarantine').count()) > 0) return null;
  const used = new Set<string>();
  for (const row of await tx.objectStore('drafts').getAll()) {
    const draft = draftSchema.safeParse(row);
    if (!draft.success) return null;
    for (const id of blobsOfDraft(draft.data)) used.add(id);
  }
  const jobs = tx.objectStore('jobs');
  for (const index of [jobs.index('pending'), jobs.index('filesSince')]) {
    for (const row of await index.getAll()) {
      const job = jobOfRow(row);
      if (!job) return null;
      for (const id of blobsOfRequest(job)) used.add(id);
    }
  }
  for (const row of await tx.objectStore('discarded').getAll()) {
    const discarded = discardedOfRow(row);
    if (!discarded) return null;
    for (const id of blobsOfDiscarded(discarded)) used.add(id);
  }
  return used;
}

/**
 * Deletes those of the bytes that nothing names any more, in the transaction that let go of them: a picture as it was
 * captured must not outlive its draft.
 */
export async function deleteUnused(tx: WriteTransaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const used = await usedBlobs(tx);
  if (!used) return;
  for (const id of ids) if (!used.has(id)) await tx.objectStore('blobs').delete(id);
}

/** Deletes a draft with all that only it needs. */
export async function deleteDraft(tx: WriteTransaction, id: string): Promise<void> {
  const drafts = tx.objectStore('drafts');
  const draft = draftSchema.safeParse(await drafts.get(id));
  await drafts.delete(id);
  if (draft.success) await deleteUnused(tx, blobsOfDraft(draft.data));
}
