import { PNG } from 'pngjs';
import type { CurlFile } from './curl-form.ts';

/** A PNG of noise, so that its size in bytes grows with its pixels. */
export function samplePng(width = 8, height = 4): Buffer {
  const png = new PNG({ width, height });
  let state = 1;
  for (let at = 0; at < png.data.length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    png.data[at] = at % 4 === 3 ? 255 : state >> 16;
  }
  return PNG.sync.write(png);
}

/** The structure of a baseline JPEG of 3 × 2 pixels: start, frame, scan with an escaped FF and a restart, end. */
export const sampleJpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffda0008010100003f00a1ff00ffd0b2ffd9',
  'hex',
);

export function fileOf(bytes: Buffer, contentType = 'image/png', filename = 'capture.png'): CurlFile {
  return { filename, contentType, bytes };
}
