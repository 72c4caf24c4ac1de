import { crc32 } from '../../src/core/image/png/crc32.ts';

/** Puts what cameras and programs hide in pictures into pictures. */

interface Exif {
  /** A place in it, which then also stands in it as text (`placeBytes`). */
  hasPlace?: boolean;
  orientation?: number;
  isLittle?: boolean;
}

/** Bytes that are in a place of `exif` and in nothing else: 52° 31' as EXIF's fractions. */
export const placeBytes = Buffer.from('0000003400000001' + '0000001f00000001', 'hex');

/** A TIFF as EXIF has it, with the maker of the camera, and a place if that is asked for. */
export function exif({ hasPlace = false, orientation = 1, isLittle = false }: Exif = {}): Buffer {
  const entries = [
    { tag: 0x010f, type: 2, count: 4, value: 0x41636d00 },
    { tag: 0x0112, type: 3, count: 1, value: orientation * 0x10000 },
    ...(hasPlace ? [{ tag: 0x8825, type: 4, count: 1, value: 8 + 2 + 3 * 12 + 4 }] : []),
  ];
  const place = hasPlace
    ? directory([{ tag: 2, type: 5, count: 2, value: 8 + 2 + 3 * 12 + 4 + 2 + 12 + 4 }], placeBytes)
    : Buffer.alloc(0);
  const big = Buffer.concat([Buffer.from('4d4d002a00000008', 'hex'), directory(entries, place)]);
  return isLittle ? swapped(entries, hasPlace) : big;
}

function directory(
  entries: readonly { tag: number; type: number; count: number; value: number }[],
  behind: Buffer,
): Buffer {
  const bytes = Buffer.alloc(2 + entries.length * 12 + 4);
  bytes.writeUInt16BE(entries.length);
  for (const [index, { tag, type, count, value }] of entries.entries()) {
    const at = 2 + index * 12;
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(type, at + 2);
    bytes.writeUInt32BE(count, at + 4);
    bytes.writeUInt32BE(value, at + 8);
  }
  return Buffer.concat([bytes, behind]);
}

/** The same in the other order of bytes: one entry for the orientation, one for the place. */
function swapped([, turned]: readonly { value: number }[], hasPlace: boolean): Buffer {
  const bytes = Buffer.alloc(hasPlace ? 38 + 18 : 26);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(hasPlace ? 2 : 1, 8);
  bytes.writeUInt16LE(0x0112, 10);
  bytes.writeUInt16LE(3, 12);
  bytes.writeUInt32LE(1, 14);
  bytes.writeUInt16LE((turned?.value ?? 0) / 0x10000, 18);
  if (!hasPlace) return bytes;
  bytes.writeUInt16LE(0x8825, 22);
  bytes.writeUInt16LE(4, 24);
  bytes.writeUInt32LE(1, 26);
  bytes.writeUInt32LE(38, 30);
  bytes.writeUInt16LE(1, 38);
  bytes.writeUInt16LE(1, 40);
  return bytes;
}

/** A JPEG with segments more, right behind its first one. */
export function jpegWith(jpeg: Buffer, ...segments: [marker: number, content: Buffer][]): Buffer {
  const firstEnd = 4 + jpeg.readUInt16BE(4);
  const more = segments.map(([marker, content]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, content]);
  });
  return Buffer.concat([jpeg.subarray(0, firstEnd), ...more, jpeg.subarray(firstEnd)]);
}

export function exifOfJpeg(facts?: Exif): [marker: number, content: Buffer] {
  return [0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(facts)])];
}

/** A PNG with chunks more, right behind its header. */
export function pngWith(png: Buffer, ...chunks: [type: string, content: Buffer][]): Buffer {
  const headEnd = 33;
  const more = chunks.map(([type, content]) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  });
  return Buffer.concat([png.subarray(0, headEnd), ...more, png.subarray(headEnd)]);
}

/** A WebP file of these chunks. */
export function webpOf(...chunks: [type: string, content: Buffer][]): Buffer {
  const body = chunks.map(([type, content]) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  });
  const head = Buffer.from('RIFF0000WEBP', 'latin1');
  head.writeUInt32LE(
    body.reduce((sum, part) => sum + part.length, 4),
    4,
  );
  return Buffer.concat([head, ...body]);
}

interface HeifItem {
  type: string;
  content: Buffer;
  /** How a text in it is compressed. */
  encoding?: string;
}

interface HeifShape {
  brand?: string;
  /** The content stands in the box beside its list, not behind. */
  isInside?: boolean;
  /** Each content is cut in two. */
  isCut?: boolean;
}

/** A HEIF file (HEIC, AVIF) of these items, without a picture that anybody could draw. */
export function heifOf(
  items: readonly HeifItem[],
  { brand = 'heic', isInside = false, isCut = false }: HeifShape = {},
): Buffer {
  const kind = box('ftyp', Buffer.from(`${brand}\0\0\0\0mif1${brand}`, 'latin1'));
  const entries = items.map(({ type, encoding }, index) => {
    const names = type === 'mime' ? `\0application/rdf+xml\0${encoding ?? ''}\0` : '\0';
    return box(
      'infe',
      Buffer.from([2, 0, 0, 0, 0, index + 1, 0, 0]),
      Buffer.from(`${type}${names}`, 'latin1'),
    );
  });
  const list = box('iinf', Buffer.from([0, 0, 0, 0, 0, items.length]), ...entries);
  const contents = Buffer.concat(items.map(({ content }) => content));
  const metaOf = (contentAt: number) => {
    let at = contentAt;
    const places = items.map(({ content: { length } }, index) => {
      const half = isCut ? Math.floor(length / 2) : length;
      const extents = isCut ? [half, length - half] : [half];
      const head = Buffer.from([0, index + 1, 0, isInside ? 1 : 0, 0, 0, 0, extents.length]);
      return Buffer.concat([
        head,
        ...extents.map(part => {
          const extent = Buffer.alloc(8);
          extent.writeUInt32BE(at);
          extent.writeUInt32BE(part, 4);
          at += part;
          return extent;
        }),
      ]);
    });
    const location = box('iloc', Buffer.from([1, 0, 0, 0, 0x44, 0, 0, items.length]), ...places);
    return box('meta', Buffer.alloc(4), list, location, ...(isInside ? [box('idat', contents)] : []));
  };
  if (isInside) return Buffer.concat([kind, metaOf(0)]);
  const contentAt = kind.length + metaOf(0).length + 8;
  return Buffer.concat([kind, metaOf(contentAt), box('mdat', contents)]);
}

/** EXIF as HEIF holds it: with where its TIFF begins. */
export function exifOfHeif(facts?: Exif): HeifItem {
  return { type: 'Exif', content: Buffer.concat([Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'), exif(facts)]) };
}

function box(type: string, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
