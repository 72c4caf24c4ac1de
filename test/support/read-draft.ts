import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import type { Attachment, Draft } from '../../src/core/draft.ts';
import { outwardRect } from '../../src/core/image/geometry.ts';

/** The current draft as it is stored, read in one of the extension's pages. */
export async function readDraft(extensionPage: Page): Promise<Draft> {
  const draftId = await extensionPage.evaluate(readRow<string>, 'meta', 'currentDraftId');
  return extensionPage.evaluate(readRow<Draft>, 'drafts', draftId);
}

/** The stored pictures of the current draft, in their order, at full size. */
export async function readPictures(extensionPage: Page): Promise<PNG[]> {
  const { attachments } = await readDraft(extensionPage);
  const blobIds = attachments.flatMap(attachment => (attachment.kind === 'image' ? [attachment.blobId] : []));
  const pictures = await Promise.all(blobIds.map(blobId => extensionPage.evaluate(readBlob, blobId)));
  return pictures.map(base64 => PNG.sync.read(Buffer.from(base64, 'base64')));
}

/** A picture as it has to look when the redactions of the draft's first picture are burnt in. Changes what it is given. */
export function coveredAs([attachment]: readonly Attachment[], picture: PNG): PNG {
  const marks = attachment?.kind === 'image' ? attachment.marks : [];
  for (const mark of marks) {
    if (mark.tool !== 'redact') continue;
    const { x, y, width, height } = outwardRect(mark.rect);
    for (let row = Math.max(0, y); row < Math.min(picture.height, y + height); row += 1) {
      for (let column = Math.max(0, x); column < Math.min(picture.width, x + width); column += 1) {
        picture.data.writeUInt32BE(0x000000ff, (row * picture.width + column) * 4);
      }
    }
  }
  return picture;
}

/** How much of two pictures differs: 0 is none of the pixels, 1 all of them, or another size. */
export function differentShare(a: PNG, b: PNG): number {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if (a.data.readUInt32BE(at) !== b.data.readUInt32BE(at)) different += 1;
  }
  return different / (a.width * a.height);
}

/** Runs in a page of the extension: one row of the database. */
function readRow<Row>(store: string, key: string): Promise<Row> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('capture');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading: IDBRequest<Row> = opening.result.transaction(store).objectStore(store).get(key);
      opening.result.close();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => resolve(reading.result);
    };
  });
}

/** Runs in a page of the extension: the bytes of a stored picture as base64. */
async function readBlob(blobId: string): Promise<string> {
  const blob = await new Promise<Blob>((resolve, reject) => {
    const opening = indexedDB.open('capture');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('blobs').objectStore('blobs').get(blobId);
      opening.result.close();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => resolve(reading.result.blob);
    };
  });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
