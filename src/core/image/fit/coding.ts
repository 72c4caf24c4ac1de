import { createPaletteCoder, indexBits } from '../palette/palette-coder.ts';
import type { PixelFormat } from '../png/png-chunks.ts';
import { createRowCoder, type RowCoder, type RowCoding } from '../png/row-coder.ts';

/** A way to store the pixels of a picture of any size. */
export type Coding =
  | ({ kind: 'channels'; compressor: Compressor } & RowCoding)
  | { kind: 'palette'; colours: Uint32Array; isExact: boolean };

/** The browser's own (thorough), or ours (quick). */
export type Compressor = 'thorough' | 'quick';

export function compressorOf(coding: Coding): Compressor {
  return coding.kind === 'palette' ? 'thorough' : coding.compressor;
}

export function formatOf(coding: Coding): PixelFormat {
  return coding.kind === 'palette'
    ? { kind: 'palette', colours: coding.colours, bits: indexBits(coding.colours.length) }
    : { kind: 'channels', layout: coding.layout };
}

export function coderOf(widthPx: number, coding: Coding): RowCoder {
  return coding.kind === 'palette'
    ? createPaletteCoder(widthPx, coding.colours)
    : createRowCoder(widthPx, coding);
}
