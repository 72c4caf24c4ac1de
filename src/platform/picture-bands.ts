import { compareAtFullSize, type Sample, type SampleBand } from '../core/image/fit/measure.ts';
import { addLoss, lossBetween, noLoss } from '../core/image/fit/picture-loss.ts';
import { sampleRows } from '../core/image/fit/sample-rows.ts';

export type Picture = ImageBitmap | OffscreenCanvas;

/** Source rows around a sample that are scaled with it, so that its edges are as they will be. */
const marginRows = 8;

/** Rows of a picture as pixels (0xAABBGGRR), read by way of a small canvas. */
export interface BandReader {
  /** The rows, in an array that is good until it is written to by nobody else: each call makes a new one. */
  read(from: number, rows: number): Uint32Array<ArrayBuffer>;
  /** One row of every `step`. */
  skim(from: number, rows: number, step: number): Uint32Array<ArrayBuffer>;
}

export function createBandReader(picture: Picture, mostRows: number): BandReader | null {
  const context = scratch(picture.width, mostRows);
  if (!context) return null;
  return {
    read(from, rows) {
      context.clearRect(0, 0, picture.width, rows);
      context.drawImage(picture, 0, from, picture.width, rows, 0, 0, picture.width, rows);
      return pixelsOf(context, picture.width, 0, rows);
    },
    skim(from, rows, step) {
      const kept = Math.max(1, Math.floor(rows / step));
      context.clearRect(0, 0, picture.width, kept);
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, 0, from, picture.width, kept * step, 0, 0, picture.width, kept);
      return pixelsOf(context, picture.width, 0, kept);
    },
  };
}

/** Samples of a picture at any scale, read when they are asked for; null where there is no canvas for them. */
export function createSampler(picture: Picture): ((scale: number) => Sample) | null {
  const whole = readSample(picture, 1, null);
  if (!whole) return null;
  let last: { scale: number; sample: Sample } | null = null;
  return scale => {
    if (scale === 1) return whole;
    if (last?.scale !== scale) last = { scale, sample: readSample(picture, scale, whole) ?? whole };
    return last.sample;
  };
}

/** All bands go through one canvas, one below the other: each canvas, and each look at its pixels, takes its time. */
function readSample(picture: Picture, scale: number, whole: Sample | null): Sample | null {
  const widthPx = scaledSide(picture.width, scale);
  let [end, scaledEnd] = [0, 0];
  const strips = sampleRows(picture.height).map(({ from, to }) => {
    const top = Math.max(0, from - marginRows);
    const rows = (scale === 1 ? to : Math.min(picture.height, to + marginRows)) - top;
    const scaledRows = scale === 1 ? rows : Math.max(1, Math.round(rows * scale));
    const leadRows = Math.min(scaledRows - 1, Math.floor((from - top) * scale));
    const strip = { from, to, top, rows, leadRows, scaledRows, at: end, scaledAt: scaledEnd };
    end += rows;
    scaledEnd += scaledRows;
    return strip;
  });
  const small = scratch(widthPx, scaledEnd);
  if (!small) return null;
  small.imageSmoothingQuality = 'high';
  for (const { top, rows, scaledAt, scaledRows } of strips) {
    small.drawImage(picture, 0, top, picture.width, rows, 0, scaledAt, widthPx, scaledRows);
  }
  const all = pixelsOf(small, widthPx, 0, scaledEnd);
  const bands = strips.map(({ leadRows, scaledAt, scaledRows }): SampleBand => {
    const start = widthPx * scaledAt;
    const lead = all.subarray(start, start + widthPx * leadRows);
    return {
      lead: leadRows > 0 ? lead : null,
      pixels: all.subarray(start + lead.length, start + widthPx * scaledRows),
    };
  });
  if (!whole) {
    return {
      widthPx,
      heightPx: picture.height,
      bands,
      compare: compareAtFullSize(bands, widthPx),
    };
  }
  const compare: Sample['compare'] = shown => {
    const large = scratch(picture.width, end);
    if (!large) return noLoss;
    const after = all.slice();
    for (const [n, { scaledAt, leadRows }] of strips.entries()) {
      after.set(shown[n] ?? [], widthPx * (scaledAt + leadRows));
    }
    small.putImageData(new ImageData(new Uint8ClampedArray(after.buffer), widthPx, scaledEnd), 0, 0);
    large.imageSmoothingQuality = 'high';
    for (const { at, rows, scaledAt, scaledRows } of strips) {
      large.drawImage(small.canvas, 0, scaledAt, widthPx, scaledRows, 0, at, picture.width, rows);
    }
    return strips.reduce((loss, { from, to, top, at }, n) => {
      const before = whole.bands[n]?.pixels;
      const then = pixelsOf(large, picture.width, at + from - top, to - from);
      return addLoss(loss, lossBetween(before ?? then, then, picture.width));
    }, noLoss);
  };
  return { widthPx, heightPx: scaledSide(picture.height, scale), bands, compare };
}

export function scaledSide(sidePx: number, scale: number): number {
  return Math.max(1, Math.round(sidePx * scale));
}

function scratch(widthPx: number, heightPx: number): OffscreenCanvasRenderingContext2D | null {
  // Kept in main memory: it is read back at once.
  return new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true });
}

function pixelsOf(
  context: OffscreenCanvasRenderingContext2D,
  widthPx: number,
  from: number,
  rows: number,
): Uint32Array<ArrayBuffer> {
  const { data } = context.getImageData(0, from, widthPx, rows);
  return new Uint32Array(data.buffer);
}
