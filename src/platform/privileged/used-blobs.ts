import { draftSchema } from '../../contract/stored.ts';
import type { Draft, ImageAttachment } from '../../core/draft.ts';
import { filesOfRequest } from '../../core/outbox/job.ts';
import type { WriteTransaction } from '../database/schema.ts';
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

/**
 * The ids of all bytes that a draft or a job which is not delivered needs. Null while one of these records, or one in
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
  for (const row of await tx.objectStore('jobs').index('pending').getAll()) {
    const job = jobOfRow(row);
    if (!job) return null;
    for (const { blobId } of filesOfRequest(job.request)) used.add(blobId);
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
