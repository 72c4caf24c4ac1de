import { draftSchema } from '../../contract/stored.ts';
import type { ImageAttachment } from '../../core/draft.ts';
import { filesOfRequest } from '../../core/outbox/job.ts';
import { database } from '../database/database.ts';
import { jobOfRow } from './job-rows.ts';

// A page stores a file before the worker learns of it; such a fresh blob is not an orphan yet.
const graceMs = 10 * 60_000;

/** Deletes the bytes that no draft and no waiting job names any more. Idempotent. */
export async function sweepBlobs(now: number): Promise<void> {
  await database.change(async tx => {
    // What an unreadable record needs is not known: then nothing is deleted.
    if ((await tx.objectStore('quarantine').count()) > 0) return;
    const used = new Set<string>();
    for (const row of await tx.objectStore('drafts').getAll()) {
      const draft = draftSchema.safeParse(row);
      if (!draft.success) return;
      for (const attachment of draft.data.attachments) {
        if (attachment.kind === 'image') for (const id of blobsOf(attachment)) used.add(id);
      }
    }
    for (const row of await tx.objectStore('jobs').index('pending').getAll()) {
      const job = jobOfRow(row);
      if (!job) return;
      for (const { blobId } of filesOfRequest(job.request)) used.add(blobId);
    }
    const blobs = tx.objectStore('blobs');
    for await (const cursor of blobs.iterate()) {
      const { id, createdAt } = cursor.value;
      if (!used.has(id) && createdAt < now - graceMs) await cursor.delete();
    }
    // checkpoint in tx: sweep.inside
  });
}

function blobsOf({ blobId, wordsBlobId, prepared }: ImageAttachment): string[] {
  const kept = [blobId, wordsBlobId, prepared?.ticket?.blobId, prepared?.full?.blobId];
  return kept.filter(id => typeof id === 'string');
}
