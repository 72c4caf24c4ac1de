import { openQuickDeflater } from '../core/image/deflate/quick-deflater.ts';
import { type Coding, type Compressor, coderOf, compressorOf, formatOf } from '../core/image/fit/coding.ts';
import type { Deflater } from '../core/image/png/deflater.ts';
import { pngData, pngEnd, pngHead } from '../core/image/png/png-chunks.ts';
import { openDeflater } from './deflate.ts';
import { type BandReader, createBandReader, type Picture, scaledSide } from './picture-bands.ts';

/** Lets others work; rejects when the fit was given up. */
export type Pause = () => Promise<void>;

// About 40 ms of work.
const bandPixels = 200_000;
const mostBandRows = 4_096;

export function openCompressor(compressor: Compressor): Deflater {
  return compressor === 'quick' ? openQuickDeflater() : openDeflater();
}

export interface Encoded {
  /** Null when it is larger than the limit. */
  blob: Blob | null;
  widthPx: number;
  heightPx: number;
  maxError: number;
  /** Its size, or what its size would have been. */
  likelyBytes: number;
}

/** `picture`, which `reader` reads, as a PNG at `scale`. Null where there is no canvas for it. */
export async function encodeScaled(
  picture: Picture,
  reader: BandReader,
  coding: Coding,
  scale: number,
  limitBytes: number,
  pause: Pause,
): Promise<Encoded | null> {
  if (scale === 1) return encode(picture, reader, coding, limitBytes, pause);
  const canvas = new OffscreenCanvas(scaledSide(picture.width, scale), scaledSide(picture.height, scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const scaledReader = createBandReader(canvas, bandRows(canvas.width));
  if (!context || !scaledReader) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return encode(canvas, scaledReader, coding, limitBytes, pause);
}

/** The picture as a PNG; stops where it is above `limitBytes`. */
export async function encode(
  picture: Picture,
  reader: BandReader,
  coding: Coding,
  limitBytes: number,
  pause: Pause,
): Promise<Encoded> {
  const { width: widthPx, height: heightPx } = picture;
  const coder = coderOf(widthPx, coding);
  const deflater = openCompressor(compressorOf(coding));
  let rows = 0;
  try {
    await eachBand(picture, reader, pause, async pixels => {
      await deflater.write(coder.code(pixels));
      rows += pixels.length / widthPx;
      return deflater.sizeBytes() <= limitBytes;
    });
  } catch (error) {
    deflater.drop();
    throw error;
  }
  const maxError = coding.kind === 'channels' ? coding.maxError : (coder.maxError?.() ?? 0);
  const parts = [
    ...pngHead(widthPx, heightPx, formatOf(coding)),
    ...(await deflater.end()).flatMap(pngData),
    ...pngEnd(),
  ];
  const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0);
  const isWhole = rows === heightPx && sizeBytes <= limitBytes;
  const blob = isWhole ? new Blob(parts, { type: 'image/png' }) : null;
  return { blob, widthPx, heightPx, maxError, likelyBytes: (sizeBytes * heightPx) / rows };
}

/** Reads all rows, band by band, until `use` answers false. */
export async function eachBand(
  picture: Picture,
  reader: BandReader,
  pause: Pause,
  use: (pixels: Uint32Array) => Promise<boolean | undefined>,
): Promise<void> {
  const rows = bandRows(picture.width);
  for (let from = 0; from < picture.height; from += rows) {
    if ((await use(reader.read(from, Math.min(rows, picture.height - from)))) === false) return;
    await pause();
  }
}

export function bandRows(widthPx: number): number {
  return Math.max(1, Math.min(mostBandRows, Math.floor(bandPixels / widthPx)));
}
