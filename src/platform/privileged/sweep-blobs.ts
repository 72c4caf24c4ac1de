import { database } from '../database/database.ts';
import { usedBlobs } from './used-blobs.ts';

// A page stores a file before the worker learns of it; such a fresh blob is not an orphan yet.
const graceMs = 10 * 60_000;

/** Deletes what was stored and never came to be named by a draft or a job. Idempotent. */
export async function sweepBlobs(now: number): Promise<void> {
  await database.change(async tx => {
    const used = await usedBlobs(tx);
    if (!used) return;
    const blobs = tx.objectStore('blobs');
    for await (const cursor of blobs.iterate()) {
      const { id, createdAt } = cursor.value;
      if (!used.has(id) && createdAt < now - graceMs) await cursor.delete();
    }
    // checkpoint in tx: sweep.inside
  });
}
