import { database, strict } from './database.ts';
import { newId } from './new-id.ts';

/** Stores the bytes and answers their id. Pages use it for files that the person picked. */
export async function putBlob(blob: Blob): Promise<string> {
  const id = newId();
  const db = await database();
  const tx = db.transaction('blobs', 'readwrite', strict);
  await tx.store.put({ id, blob, createdAt: Date.now() });
  await tx.done;
  return id;
}

/** The bytes, or null when they are gone. */
export async function getBlob(id: string): Promise<Blob | null> {
  return (await (await database()).get('blobs', id))?.blob ?? null;
}
