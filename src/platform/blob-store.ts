import { database, strict } from './database/database.ts';
import { newId } from './new-id.ts';

/** Stores the bytes and answers their id. Pages use it for files that the person picked. */
export async function putBlob(blob: Blob): Promise<string> {
  const id = newId();
  const sha256 = await sha256Of(blob);
  const connection = await database.connection();
  const tx = connection.transaction('blobs', 'readwrite', strict);
  await tx.store.put({ id, blob, createdAt: Date.now(), sha256 });
  await tx.done;
  return id;
}

/** Deletes bytes that no draft has come to name. */
export async function deleteBlob(id: string): Promise<void> {
  await (await database.connection()).delete('blobs', id);
}

/** The bytes as they are stored, or null when they are gone. */
export async function getBlob(id: string): Promise<Blob | null> {
  return (await (await database.connection()).get('blobs', id))?.blob ?? null;
}

/** The ids of all that is stored. */
export async function storedBlobIds(): Promise<Set<string>> {
  return new Set(await (await database.connection()).getAllKeys('blobs'));
}

/** The bytes if they are what was stored once; else why they must not be sent. */
export async function readIntactBlob(id: string): Promise<Blob | 'missing' | 'altered'> {
  const row = await (await database.connection()).get('blobs', id);
  if (!row) return 'missing';
  try {
    const sum = await sha256Of(row.blob);
    return row.sha256 === null || row.sha256 === sum ? row.blob : 'altered';
  } catch (cause) {
    // The row is there, but the file behind it is not, or cannot be read any more.
    const isGone =
      cause instanceof DOMException && ['NotFoundError', 'NotReadableError'].includes(cause.name);
    if (isGone) return 'missing';
    throw cause;
  }
}

async function sha256Of(blob: Blob): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return Array.from(sum, byte => byte.toString(16).padStart(2, '0')).join('');
}
