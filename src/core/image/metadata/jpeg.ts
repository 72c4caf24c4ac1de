import { type Cleaned, hasTail, readAllExif, tellsPlace, textOf } from './hidden.ts';
import { orientationTiff } from './tiff.ts';

/** A marker with what belongs to it; of a scan, its pixels too. */
interface Segment {
  marker: number;
  bytes: Uint8Array<ArrayBuffer>;
}

const marker = {
  restart0: 0xd0,
  restart7: 0xd7,
  end: 0xd9,
  scan: 0xda,
  app0: 0xe0,
  app15: 0xef,
  comment: 0xfe,
};
const headBytes = 4;
const exifName = 'Exif\0\0';
/** How IPTC begins a city, a part of it, a province, the code and the name of a country. */
const iptcPlaces = [0x5a, 0x5c, 0x5f, 0x64, 0x65].map(place => String.fromCharCode(0x1c, 2, place));

/**
 * A JPEG without what may tell a place: EXIF, XMP, IPTC, comments, and what stands behind its end (phones put whole
 * films there). Its pixels, colours and orientation stay.
 */
export function cleanJpeg(bytes: Uint8Array<ArrayBuffer>): Cleaned {
  const read = readJpeg(bytes);
  if (!read) return { kind: 'unclear' };
  const hidden = read.segments.filter(segment => isOfApplication(segment) && !isNeeded(segment));
  const exif = readAllExif(hidden.filter(isExif).map(contentOf).map(withoutName));
  if (!exif) return { kind: 'unclear' };
  const isClean = !exif.hasLocation && !hidden.some(isPlace) && !hasTail(bytes, read.end);
  if (isClean) return { kind: 'as-it-is' };
  const kept = read.segments.filter(segment => !hidden.includes(segment));
  const isFirst = kept[0]?.marker === marker.app0;
  const [first, others] = isFirst ? [kept.slice(0, 1), kept.slice(1)] : [[], kept];
  return {
    kind: 'stripped',
    parts: [
      bytes.subarray(0, 2),
      ...first.map(segment => segment.bytes),
      ...(exif.orientation === 1 ? [] : [exifSegment(exif.orientation)]),
      ...others.map(segment => segment.bytes),
      Uint8Array.of(0xff, marker.end),
    ],
  };
}

function readJpeg(bytes: Uint8Array<ArrayBuffer>): { segments: Segment[]; end: number } | null {
  const segments: Segment[] = [];
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const code = bytes[at + 1] ?? 0;
    // Any number of FF may stand before a marker.
    if (code === 0xff) {
      at += 1;
      continue;
    }
    if (code === marker.end) return { segments, end: at + 2 };
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const headEnd = at + 2 + length;
    if (length < 2 || headEnd > bytes.length) return null;
    const to = code === marker.scan ? scanEnd(bytes, headEnd) : headEnd;
    segments.push({ marker: code, bytes: bytes.subarray(at, to) });
    at = to;
  }
  return null;
}

/** Where the next marker stands: in pixels FF is followed by 00 or by the number of a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const code = bytes[at + 1] ?? 0;
    if (code !== 0 && (code < marker.restart0 || code > marker.restart7)) return at;
  }
  return bytes.length;
}

function isOfApplication({ marker: code }: Segment): boolean {
  return code === marker.comment || (code >= marker.app0 && code <= marker.app15);
}

/** What colours are made with: JFIF, an ICC profile, Adobe's way of storing them. */
function isNeeded(segment: Segment): boolean {
  const name = textOf(contentOf(segment).subarray(0, 12));
  return ['JFIF\0', 'ICC_PROFILE\0', 'Adobe'].some(needed => name.startsWith(needed));
}

function isExif(segment: Segment): boolean {
  return textOf(contentOf(segment).subarray(0, 4)) === 'Exif';
}

function isPlace(segment: Segment): boolean {
  const content = contentOf(segment);
  const text = textOf(content);
  return tellsPlace(content) || iptcPlaces.some(place => text.includes(place));
}

function contentOf({ bytes }: Segment): Uint8Array {
  return bytes.subarray(headBytes);
}

function withoutName(content: Uint8Array): Uint8Array {
  return content.subarray(exifName.length);
}

function exifSegment(orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = orientationTiff(orientation);
  const bytes = new Uint8Array(headBytes + exifName.length + tiff.length);
  new DataView(bytes.buffer).setUint16(0, 0xffe1);
  new DataView(bytes.buffer).setUint16(2, bytes.length - 2);
  bytes.set(new TextEncoder().encode(exifName), headBytes);
  bytes.set(tiff, headBytes + exifName.length);
  return bytes;
}
