import { pngSignature } from '../png-size.ts';
import { crc32 } from './crc32.ts';
import { channelsOf, type PixelLayout } from './pixel-layout.ts';

const colourTypes: Record<PixelLayout | 'palette', number> = { grey: 0, rgb: 2, palette: 3, rgba: 6 };

/** How the pixels of a PNG are stored: 8 bits a channel, or indices of 1, 2, 4 or 8 bits into at most 256 colours. */
export type PixelFormat =
  | { kind: 'channels'; layout: PixelLayout }
  | { kind: 'palette'; colours: Uint32Array; bits: 1 | 2 | 4 | 8 };

/** Bytes of one row, its filter byte not counted. */
export function rowBytes(widthPx: number, format: PixelFormat): number {
  return format.kind === 'palette'
    ? Math.ceil((widthPx * format.bits) / 8)
    : widthPx * channelsOf(format.layout);
}

/** What stands before the pixels: signature, IHDR and, for indices, PLTE. Colours are 0x__BBGGRR. */
export function pngHead(widthPx: number, heightPx: number, format: PixelFormat): Uint8Array<ArrayBuffer>[] {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header[8] = format.kind === 'palette' ? format.bits : 8;
  header[9] = colourTypes[format.kind === 'palette' ? 'palette' : format.layout];
  const head = [Uint8Array.from(pngSignature), ...pngChunk('IHDR', header)];
  if (format.kind === 'palette') {
    const bytes = Uint8Array.from(
      [...format.colours].flatMap(rgb => [rgb & 255, (rgb >>> 8) & 255, (rgb >>> 16) & 255]),
    );
    head.push(...pngChunk('PLTE', bytes));
  }
  return head;
}

/** A part of the compressed rows. The parts of all IDAT chunks are one zlib stream. */
export function pngData(compressed: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  return pngChunk('IDAT', compressed);
}

export function pngEnd(): Uint8Array<ArrayBuffer>[] {
  return pngChunk('IEND', new Uint8Array(0));
}

/** One chunk in its parts: length and type, content, sum. */
export function pngChunk(type: string, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, content.length);
  for (let at = 0; at < 4; at += 1) head[4 + at] = type.charCodeAt(at);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, crc32(content, crc32(head.subarray(4))));
  return [head, content, tail];
}
