import { PNG } from 'pngjs';
import { Refusal } from './answer.ts';
import { readJpegSize } from './jpeg-size.ts';
import { type FilePart, sha256 } from './multipart-form.ts';

/** A picture on a ticket that was really opened. */
export interface TicketImage {
  readonly sentAs: 'files' | 'files_base64';
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** "4MB" by its smaller reading; for files_base64 it bounds the text too, which is the stricter reading of the page. */
const maxImageBytes = 4_000_000;
/** Decoding takes four bytes a pixel; no screenshot comes near this. */
const maxPixels = 100_000_000;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function cannotOpen(why: string): Refusal {
  return new Refusal(400, `file couldn't be opened: ${why}`);
}

/** @throws Refusal 400 unless the text is plain base64 of a whole PNG or JPEG within the limits */
export function checkBase64Image(text: string): TicketImage {
  if (Buffer.byteLength(text) > maxImageBytes) throw new Refusal(400, 'file too large');
  const bytes = Buffer.from(text, 'base64');
  // Node skips what is not base64: only text that encodes back to itself was clean (no prefix, spaces, URL alphabet).
  if (text === '' || bytes.toString('base64') !== text) throw cannotOpen('files_base64 is not plain base64');
  return openImage(bytes, 'files_base64');
}

/** @throws Refusal 400 unless the file is a whole PNG or JPEG within the limits, and of the type that it was sent as */
export function checkImageFile(file: FilePart): TicketImage {
  if (file.contentType !== 'image/png' && file.contentType !== 'image/jpeg') {
    throw new Refusal(400, 'only JPG and PNG images can be attached');
  }
  if (file.sizeBytes > maxImageBytes) throw new Refusal(400, 'file too large');
  const image = openImage(file.bytes, 'files');
  if (file.contentType !== `image/${image.format}`) throw cannotOpen(`not ${file.contentType}`);
  return image;
}

function openImage(bytes: Buffer, sentAs: TicketImage['sentAs']): TicketImage {
  const isPng = bytes.subarray(0, pngSignature.length).equals(pngSignature);
  const size = isPng ? decodePng(bytes) : readJpegSize(bytes);
  if (size === null) throw cannotOpen('not a whole PNG or JPG image');
  const { width, height } = size;
  return { sentAs, format: isPng ? 'png' : 'jpeg', width, height, bytes, sha256: sha256(bytes) };
}

/** Decodes every pixel and checks every CRC; null for a damaged file. */
function decodePng(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 24 || bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > maxPixels) return null;
  try {
    const { width, height } = PNG.sync.read(bytes, { checkCRC: true });
    return { width, height };
  } catch {
    return null;
  }
}
