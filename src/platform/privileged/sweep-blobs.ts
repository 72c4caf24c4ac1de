import { database } from '../database/database.ts';
import { deleteUnused, usedBlobs } from './used-blobs.ts';

// A page stores a file before the worker learns of it; such a fresh blob is not an orphan yet.
const graceMs = 10 * 60_000;

/** Deletes what was stored and never came to be named by a draft or a job. Idempotent. */
export async function sweepBlobs(now: number): Promise<void> {
  await database.change(async tx => {
    const used = await usedBlobs(tx);
    if (!used) return;
    const blobs = tx.objectStore('blobs');
    for (const id of await blobs.getAllKeys()) {
      if (used.has(id)) continue;
      const row = await blobs.get(id);
      if (row && row.createdAt < now - graceMs) await blobs.delete(id);
    }
    // checkpoint in tx: sweep.inside
  });
}

/** Deletes bytes that were just stored and found nothing to be named by. */
export async function deleteUnnamed(ids: readonly string[]): Promise<void> {
  await database.change(tx => deleteUnused(tx, ids));
}
