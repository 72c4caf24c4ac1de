import { type Cleaned, hasTail, readAllExif, tellsPlace, textOf } from './hidden.ts';
import { orientationTiff } from './tiff.ts';

interface Chunk {
  type: string;
  /** Type, size, content and its padding; and the content alone. */
  bytes: Uint8Array<ArrayBuffer>;
  content: Uint8Array;
}

const needed: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const riffHeadBytes = 12;
const chunkHeadBytes = 8;
const flag = { exif: 0x08, xmp: 0x04 };

/** A WebP without EXIF, XMP and what stands behind its end. Its pixels, colours and orientation stay. */
export function cleanWebp(bytes: Uint8Array<ArrayBuffer>): Cleaned {
  const read = readWebp(bytes);
  if (!read) return { kind: 'unclear' };
  const { chunks, end } = read;
  const exif = readAllExif(
    chunks.filter(({ type }) => type === 'EXIF').map(({ content }) => tiffOf(content)),
  );
  if (!exif) return { kind: 'unclear' };
  const others = chunks.filter(({ type }) => !needed.has(type) && type !== 'EXIF');
  const isClean =
    !exif.hasLocation && !others.some(({ content }) => tellsPlace(content)) && !hasTail(bytes, end);
  if (isClean) return { kind: 'as-it-is' };
  const isTurned = exif.orientation !== 1;
  const kept = chunks.filter(({ type }) => needed.has(type)).map(chunk => withFlags(chunk, isTurned));
  if (isTurned) kept.push(exifChunk(exif.orientation));
  const head = bytes.slice(0, riffHeadBytes);
  const sizeBytes = kept.reduce((sum, part) => sum + part.length, 4);
  new DataView(head.buffer).setUint32(4, sizeBytes, true);
  return { kind: 'stripped', parts: [head, ...kept] };
}

function readWebp(bytes: Uint8Array<ArrayBuffer>): { chunks: Chunk[]; end: number } | null {
  if (bytes.length < riffHeadBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = 8 + view.getUint32(4, true);
  if (end > bytes.length) return null;
  const chunks: Chunk[] = [];
  for (let at = riffHeadBytes; at + chunkHeadBytes <= end; ) {
    const length = view.getUint32(at + 4, true);
    const to = at + chunkHeadBytes + length + (length % 2);
    if (to > end) return null;
    const content = bytes.subarray(at + chunkHeadBytes, at + chunkHeadBytes + length);
    chunks.push({ type: textOf(bytes.subarray(at, at + 4)), bytes: bytes.subarray(at, to), content });
    at = to;
  }
  return { chunks, end };
}

/** Some writers put the name before it that a JPEG has there. */
function tiffOf(content: Uint8Array): Uint8Array {
  return textOf(content.subarray(0, 6)) === 'Exif\0\0' ? content.subarray(6) : content;
}

/** The header of the file says what else is in it. */
function withFlags({ type, bytes }: Chunk, hasExif: boolean): Uint8Array<ArrayBuffer> {
  if (type !== 'VP8X') return bytes;
  const copy = bytes.slice();
  const flags = (copy[chunkHeadBytes] ?? 0) & ~flag.exif & ~flag.xmp;
  copy[chunkHeadBytes] = flags | (hasExif ? flag.exif : 0);
  return copy;
}

function exifChunk(orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = orientationTiff(orientation);
  const bytes = new Uint8Array(chunkHeadBytes + tiff.length);
  bytes.set(new TextEncoder().encode('EXIF'));
  new DataView(bytes.buffer).setUint32(4, tiff.length, true);
  bytes.set(tiff, chunkHeadBytes);
  return bytes;
}
