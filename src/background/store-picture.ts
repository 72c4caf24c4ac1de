import { storedPageWordsSchema } from '../contract/stored-page-words.ts';
import type { ImageAttachment } from '../core/draft.ts';
import { replyFileLimitBytes } from '../core/image/fit-plan.ts';
import { hasPngSignature } from '../core/image/png-size.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import type { RedactionRules } from '../core/redaction/redaction-rules.ts';
import { proposedRedactions } from '../core/redaction/secrets-in-picture.ts';
import { ok, type Result } from '../core/result.ts';
import { getBlob, putBlob } from '../platform/blob-store.ts';
import { decodePicture } from '../platform/decode-picture.ts';
import { fitPicture } from '../platform/fit-picture.ts';
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
    ...(await attachmentOf(png, { widthPx, heightPx, name })),
    marks: words ? proposedRedactions(words, rules, newId) : [],
    wordsBlobId: words ? await putBlob(new Blob([JSON.stringify(words)])) : null,
    isSearchedWhole: words !== null && !words.isCut,
    cutAtPx,
  };
}

/** Stores a picture that the person picked or pasted, as a PNG. Nobody knows what words it shows. */
export async function storePicked(blob: Blob, name: string): Promise<Result<ImageAttachment>> {
  const decoded = await decodePicture(blob);
  if (!decoded.ok) return decoded;
  const bitmap = decoded.value;
  try {
    // What the bytes say: the type of a file is made of its name.
    const isPng = hasPngSignature(new Uint8Array(await blob.slice(0, 8).arrayBuffer()));
    const png = await fitPicture(bitmap, {
      limitBytes: replyFileLimitBytes,
      ...(isPng ? { pngBytes: blob } : {}),
    });
    if (!png.ok) return png;
    const { widthPx, heightPx } = png.value;
    return ok(await attachmentOf(png.value.blob, { widthPx, heightPx, name }));
  } finally {
    bitmap.close();
  }
}

async function attachmentOf(
  png: Blob,
  known: Pick<ImageAttachment, 'widthPx' | 'heightPx' | 'name'>,
): Promise<ImageAttachment> {
  return {
    ...known,
    kind: 'image',
    id: newId(),
    blobId: await putBlob(png),
    type: 'image/png',
    sizeBytes: png.size,
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
