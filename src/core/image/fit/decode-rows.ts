import { indexBits } from '../palette/palette-coder.ts';
import { unfilterRow } from '../png/filter-row.ts';
import { channelsOf, type PixelLayout } from '../png/pixel-layout.ts';
import type { Coding } from './coding.ts';

/** The pixels that a reader makes of coded rows, below the pixels of one row if there is one. */
export function decodeRows(
  coded: Uint8Array,
  widthPx: number,
  coding: Coding,
  above: Uint32Array | null,
): Uint32Array {
  return coding.kind === 'palette'
    ? decodeIndices(coded, widthPx, coding.colours)
    : decodeChannels(coded, widthPx, coding.layout, above);
}

function decodeIndices(coded: Uint8Array, widthPx: number, colours: Uint32Array): Uint32Array {
  const bits = indexBits(colours.length);
  const rowBytes = Math.ceil((widthPx * bits) / 8);
  const perByte = 8 / bits;
  const rows = coded.length / (1 + rowBytes);
  const pixels = new Uint32Array(rows * widthPx);
  for (let row = 0; row < rows; row += 1) {
    const from = row * (1 + rowBytes) + 1;
    for (let x = 0; x < widthPx; x += 1) {
      const byte = coded[from + Math.floor(x / perByte)] ?? 0;
      const index = (byte >>> (8 - bits * ((x % perByte) + 1))) & (2 ** bits - 1);
      pixels[row * widthPx + x] = ((colours[index] ?? 0) | 0xff_00_00_00) >>> 0;
    }
  }
  return pixels;
}

function decodeChannels(
  coded: Uint8Array,
  widthPx: number,
  layout: PixelLayout,
  first: Uint32Array | null,
): Uint32Array {
  const channels = channelsOf(layout);
  const rowBytes = widthPx * channels;
  const rows = coded.length / (1 + rowBytes);
  const pixels = new Uint32Array(rows * widthPx);
  let row = new Uint8Array(channels + rowBytes);
  let above = new Uint8Array(channels + rowBytes);
  if (first) packRow(first, channels, above);
  for (let y = 0; y < rows; y += 1) {
    const from = y * (1 + rowBytes);
    row.set(coded.subarray(from + 1, from + 1 + rowBytes), channels);
    unfilterRow(coded[from] ?? 0, row, above, channels);
    for (let x = 0; x < widthPx; x += 1) {
      const at = channels * (x + 1);
      const red = row[at] ?? 0;
      const green = channels === 1 ? red : (row[at + 1] ?? 0);
      const blue = channels === 1 ? red : (row[at + 2] ?? 0);
      const alpha = channels === 4 ? (row[at + 3] ?? 0) : 255;
      pixels[y * widthPx + x] = (red | (green << 8) | (blue << 16) | (alpha << 24)) >>> 0;
    }
    [row, above] = [above, row];
  }
  return pixels;
}

function packRow(pixels: Uint32Array, channels: number, out: Uint8Array): void {
  for (let x = 0; x < pixels.length; x += 1) {
    const pixel = pixels[x] ?? 0;
    for (let channel = 0; channel < channels; channel += 1) {
      out[channels * (x + 1) + channel] = pixel >>> (8 * channel);
    }
  }
}
