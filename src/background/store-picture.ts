import { storedPageWordsSchema } from '../contract/stored-page-words.ts';
import type { ImageAttachment } from '../core/draft.ts';
import { fitsCanvas } from '../core/image/canvas-limits.ts';
import { pictureHeadBytes, pictureType } from '../core/image/picture-type.ts';
import { statedSize } from '../core/image/stated-size.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import type { RedactionRules } from '../core/redaction/redaction-rules.ts';
import { proposedRedactions } from '../core/redaction/secrets-in-picture.ts';
import { getBlob, putBlob } from '../platform/blob-store.ts';
import { decodePicture } from '../platform/decode-picture.ts';
import { newId } from '../platform/new-id.ts';
import type { CapturedPicture } from '../platform/privileged/scrolled-capture.ts';

/** Stores a captured picture as it was taken, with what was found in it as proposed redactions. */
export async function storeCapture(
  { png, widthPx, heightPx, words }: CapturedPicture,
  name: string,
  cutAtPx: number | null,
  rules: RedactionRules,
): Promise<ImageAttachment> {
  return {
    ...attachmentOf({
      blobId: await putBlob(png),
      type: 'image/png',
      name,
      widthPx,
      heightPx,
      sizeBytes: png.size,
    }),
    marks: words ? proposedRedactions(words, rules, newId) : [],
    wordsBlobId: words ? await putBlob(new Blob([JSON.stringify(words)])) : null,
    isSearchedWhole: words !== null && !words.isCut,
    cutAtPx,
  };
}

/**
 * A stored file as a picture, with its bytes as they are; null when it is none that the browser can draw, or a larger one
 * than can be drawn on: some of those take gigabytes. Nobody knows what words it shows.
 */
export async function pictureOf(blob: Blob, blobId: string, name: string): Promise<ImageAttachment | null> {
  const type = pictureType(new Uint8Array(await blob.slice(0, pictureHeadBytes).arrayBuffer()));
  if (type === null) return null;
  const stated = statedSize(type, new Uint8Array(await blob.arrayBuffer()));
  if (stated && !fitsCanvas(stated.widthPx, stated.heightPx)) return null;
  const decoded = await decodePicture(blob);
  if (!decoded.ok) return null;
  const { width: widthPx, height: heightPx } = decoded.value;
  decoded.value.close();
  if (!fitsCanvas(widthPx, heightPx)) return null;
  return attachmentOf({ blobId, type, name, widthPx, heightPx, sizeBytes: blob.size });
}

function attachmentOf(
  known: Pick<ImageAttachment, 'blobId' | 'type' | 'name' | 'widthPx' | 'heightPx' | 'sizeBytes'>,
): ImageAttachment {
  return {
    ...known,
    kind: 'image',
    id: newId(),
    marks: [],
    crop: null,
    marksRevision: 0,
    wordsBlobId: null,
    isSearchedWhole: false,
    uncovered: {},
    prepared: null,
    followsTicket: false,
    cutAtPx: null,
    publicUrl: null,
  };
}

/** The words that are stored with a picture; null when there are none, or they cannot be read. */
export async function readWords(attachment: ImageAttachment): Promise<PageWords | null> {
  const blob = attachment.wordsBlobId === null ? null : await getBlob(attachment.wordsBlobId);
  if (!blob) return null;
  const parsed = storedPageWordsSchema.safeParse(parseJson(await blob.text()));
  return parsed.success ? parsed.data : null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
