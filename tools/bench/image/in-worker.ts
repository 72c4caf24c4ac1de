import type { PictureFit } from '../../../src/core/image/picture-fit.ts';
import { fitPicture } from '../../../src/platform/fit-picture.ts';
import { type Similarity, similarityOf } from './similarity.ts';

/** Ours, and what most extensions do: a canvas's PNG, scaled down by a factor until it fits. */
export type Way = 'ours' | 'by 0.9' | 'by halves';

export interface Outcome {
  sizeBytes: number;
  encodes: number;
  timeMs: number;
  fit: PictureFit | null;
  scale: number;
  /** Whether the bytes are those of the capture. */
  isUntouched: boolean;
}

let png = new Blob();
let latest = new Blob();

/** Takes the picture that the others are about. */
export async function take(address: string): Promise<void> {
  png = await (await fetch(address)).blob();
}

/** From a decoded picture to a PNG below the limit. Decoding is not counted: all ways need it, or none does. */
export async function run(way: Way, limitBytes: number): Promise<Outcome> {
  const picture = await createImageBitmap(png);
  const startedAt = performance.now();
  const done =
    way === 'ours'
      ? await ours(picture, limitBytes)
      : await loop(picture, limitBytes, way === 'by 0.9' ? 0.9 : 0.5);
  const timeMs = performance.now() - startedAt;
  picture.close();
  latest = done.blob;
  return { ...done, sizeBytes: done.blob.size, timeMs, isUntouched: done.blob === png };
}

/** The latest outcome against the capture, after a canvas has scaled it back to full size. */
export async function compare(): Promise<Similarity> {
  const [before, after] = [await createImageBitmap(png), await createImageBitmap(latest)];
  const { width, height } = before;
  return similarityOf(bandsOf(before, width, height), bandsOf(after, width, height), width, height);
}

/** The latest outcome's bytes. */
export async function latestBytes(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await latest.arrayBuffer());
}

async function ours(picture: ImageBitmap, limitBytes: number) {
  const fitted = await fitPicture(picture, { limitBytes, pngBytes: png });
  if (!fitted.ok) throw new Error(fitted.failure.kind);
  const { blob, fit, encodes } = fitted.value;
  return { blob, fit, encodes, scale: fit.scale };
}

async function loop(picture: ImageBitmap, limitBytes: number, factor: number) {
  let [blob, scale, encodes] = [png, 1, 0];
  for (; blob.size > limitBytes; encodes += 1) {
    if (encodes > 0) scale *= factor;
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas.');
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    blob = await canvas.convertToBlob({ type: 'image/png' });
  }
  return { blob, fit: null, encodes, scale };
}

function bandsOf(picture: ImageBitmap, widthPx: number, heightPx: number) {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, widthPx, heightPx);
  return (from: number, rows: number) => context.getImageData(0, from, widthPx, rows).data;
}
