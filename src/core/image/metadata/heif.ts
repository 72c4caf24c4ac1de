import { tellsPlace } from './hidden.ts';
import { readExif } from './tiff.ts';

/** What is told of where a picture was taken: that, nothing, or nobody can say. */
export type ToldPlace = 'told' | 'none' | 'unknown';

interface Box {
  type: string;
  /** Behind its head. */
  bytes: Uint8Array;
}

interface Item {
  id: number;
  type: string;
  /** Its text cannot be read as it stands. */
  isEncoded: boolean;
}

/** Where an item stands: in the file, or in a box of the list that names it. */
interface Location {
  isInFile: boolean;
  extents: { offset: number; length: number }[];
}

/** More parts than any writer makes of a block of EXIF. */
const extentLimit = 100;
const latin1 = new TextDecoder('latin1');

/**
 * Whether a HEIF picture (HEIC, AVIF) tells a place: looks for the items of its `meta` box that hold EXIF, and for the words of
 * XMP, which stand as text (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, annex A).
 */
export function placeInHeif(bytes: Uint8Array): ToldPlace {
  if (tellsPlace(bytes)) return 'told';
  try {
    return placeInItems(bytes);
  } catch (cause) {
    // It points behind its own end.
    if (cause instanceof RangeError) return 'unknown';
    throw cause;
  }
}

function placeInItems(file: Uint8Array): ToldPlace {
  const meta = boxesIn(file).find(({ type }) => type === 'meta');
  // The four bytes of its version stand before the boxes in it.
  const inMeta = meta ? boxesIn(meta.bytes.subarray(4)) : [];
  const contentOf = (wanted: string) => inMeta.find(({ type }) => type === wanted)?.bytes;
  const [list, places] = [contentOf('iinf'), contentOf('iloc')];
  if (!list || !places) return 'unknown';
  const items = itemsIn(list);
  if (items === null || items.some(({ isEncoded }) => isEncoded)) return 'unknown';
  let told: ToldPlace = 'none';
  for (const { id } of items.filter(({ type }) => type === 'Exif')) {
    const location = locationOf(places, id);
    const content = location && contentAt(location.isInFile ? file : contentOf('idat'), location);
    const facts = content && readExif(tiffIn(content));
    if (!facts) told = 'unknown';
    else if (facts.hasLocation) return 'told';
  }
  return told;
}

/** The offset of the TIFF, counted from behind it, stands first. */
function tiffIn(content: Uint8Array): Uint8Array {
  return content.subarray(4 + new Cursor(content).number(4));
}

function boxesIn(bytes: Uint8Array): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const head = new Cursor(bytes.subarray(at));
    const stated = head.number(4);
    const type = head.text(4);
    // 1: it is too long for four bytes. 0: it goes to the end.
    const size = stated === 1 ? head.number(8) : stated === 0 ? bytes.length - at : stated;
    if (size < head.at || size > bytes.length - at) throw new RangeError('box');
    boxes.push({ type, bytes: bytes.subarray(at + head.at, at + size) });
    at += size;
  }
  return boxes;
}

/** Null where it does not say what its items are. */
function itemsIn(list: Uint8Array): Item[] | null {
  const items: Item[] = [];
  for (const { type, bytes } of boxesIn(list.subarray(list[0] === 0 ? 6 : 8))) {
    const entry = new Cursor(bytes);
    const version = entry.number(1);
    if (type !== 'infe' || version < 2) return null;
    entry.skip(3);
    const id = entry.number(version === 2 ? 2 : 4);
    entry.skip(2);
    const itemType = entry.text(4);
    const [, , encoding = ''] = latin1.decode(bytes.subarray(entry.at)).split('\0');
    items.push({ id, type: itemType, isEncoded: itemType === 'mime' && encoding !== '' });
  }
  return items;
}

/** Null where it stands in another file, is made of other items, or stands nowhere. */
function locationOf(places: Uint8Array, wantedId: number): Location | null {
  const list = new Cursor(places);
  const version = list.number(1);
  list.skip(3);
  const [sizes, moreSizes] = [list.number(1), list.number(1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4];
  const indexSize = version === 0 ? 0 : moreSizes & 15;
  for (let left = list.number(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const id = list.number(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : list.number(2) & 15;
    const reference = list.number(2);
    const base = list.number(baseSize);
    const count = list.number(2);
    if (id !== wantedId) {
      list.skip(count * (indexSize + offsetSize + lengthSize));
      continue;
    }
    if (reference !== 0 || method > 1 || count > extentLimit) return null;
    const extents = Array.from({ length: count }, () => {
      list.skip(indexSize);
      return { offset: base + list.number(offsetSize), length: list.number(lengthSize) };
    });
    return { isInFile: method === 0, extents };
  }
  return null;
}

/** Null where it does not stand whole in these bytes. */
function contentAt(bytes: Uint8Array | undefined, { extents }: Location): Uint8Array | null {
  if (!bytes || extents.length === 0) return null;
  // A length of 0 means all that is behind.
  const parts = extents.map(({ offset, length }) =>
    bytes.subarray(offset, length === 0 ? undefined : offset + length),
  );
  const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const statedBytes = extents.reduce((sum, { length }) => sum + length, 0);
  if (sizeBytes < statedBytes || sizeBytes > bytes.length) return null;
  const content = new Uint8Array(sizeBytes);
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return content;
}

/** Reads big-endian numbers one behind the other; past the end it throws a `RangeError`. */
class Cursor {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  skip(count: number): void {
    this.at += count;
    if (this.at > this.#bytes.length) throw new RangeError('end');
  }

  number(sizeBytes: number): number {
    const from = this.at;
    this.skip(sizeBytes);
    return this.#bytes.subarray(from, this.at).reduce((value, byte) => value * 0x100 + byte, 0);
  }

  text(sizeBytes: number): string {
    const from = this.at;
    this.skip(sizeBytes);
    return latin1.decode(this.#bytes.subarray(from, this.at));
  }
}
