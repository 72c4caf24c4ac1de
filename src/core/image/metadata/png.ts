import { pngChunk } from '../png/png-chunks.ts';
import { pngSignature } from '../png-size.ts';
import { type Cleaned, hasTail, readAllExif, tellsPlace, textOf } from './hidden.ts';
import { orientationTiff } from './tiff.ts';

interface Chunk {
  type: string;
  /** All of it, and what it holds. */
  bytes: Uint8Array<ArrayBuffer>;
  content: Uint8Array;
}

const overheadBytes = 12;
/** What a picture looks like hangs on these, besides those that have to be there (a capital first). */
const needed: ReadonlySet<string> = new Set(
  'tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/**
 * A PNG without what may tell a place: EXIF, texts, and what stands behind its end (some programs that crop leave the
 * rest of the picture there). Its pixels, colours and orientation stay.
 */
export function cleanPng(bytes: Uint8Array<ArrayBuffer>): Cleaned {
  const read = readPng(bytes);
  if (!read) return { kind: 'unclear' };
  const { chunks, end } = read;
  const exif = readAllExif(chunks.filter(({ type }) => type === 'eXIf').map(({ content }) => content));
  if (!exif) return { kind: 'unclear' };
  const isClean = !exif.hasLocation && !chunks.some(mayTellPlace) && !hasTail(bytes, end);
  if (isClean) return { kind: 'as-it-is' };
  const kept = chunks.filter(({ type }) => /^[A-Z]/.test(type) || needed.has(type));
  const [header, ...others] = kept.map(chunk => chunk.bytes);
  if (!header) return { kind: 'unclear' };
  const turned = exif.orientation === 1 ? [] : pngChunk('eXIf', orientationTiff(exif.orientation));
  return { kind: 'stripped', parts: [bytes.subarray(0, pngSignature.length), header, ...turned, ...others] };
}

function readPng(bytes: Uint8Array<ArrayBuffer>): { chunks: Chunk[]; end: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = pngSignature.length; at + overheadBytes <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + overheadBytes + length;
    if (end > bytes.length) return null;
    const type = textOf(bytes.subarray(at + 4, at + 8));
    chunks.push({ type, bytes: bytes.subarray(at, end), content: bytes.subarray(at + 8, end - 4) });
    if (type === 'IEND') return { chunks, end };
    at = end;
  }
  return null;
}

/**
 * A text that is compressed, or a profile that is written as one, is not read: it may tell anything. Chunks of other
 * kinds (`caBX`, where a picture comes from) tell it as text.
 */
function mayTellPlace({ type, content }: Chunk): boolean {
  if (/^[A-Z]/.test(type) || needed.has(type)) return false;
  if (type === 'zTXt') return true;
  if (type === 'iTXt') return content[content.indexOf(0) + 1] !== 0 || tellsPlace(content);
  return (type === 'tEXt' && textOf(content.subarray(0, 16)) === 'Raw profile type') || tellsPlace(content);
}
