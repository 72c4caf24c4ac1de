import type { Sample, SampleBand } from '../core/image/fit/measure.ts';
import { compareAtFullSize } from '../core/image/fit/measure.ts';
import type { Loss } from '../core/image/fit/picture-loss.ts';
import { lossBetween } from '../core/image/fit/picture-loss.ts';
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
      return pixelsOf(context, picture.width, rows);
    },
    skim(from, rows, step) {
      const kept = Math.max(1, Math.floor(rows / step));
      context.clearRect(0, 0, picture.width, kept);
      context.imageSmoothingEnabled = false;
      context.drawImage(picture, 0, from, picture.width, kept * step, 0, 0, picture.width, kept);
      return pixelsOf(context, picture.width, kept);
    },
  };
}

/** The sample of a picture at a scale; `reader` reads the picture itself. */
export function readSample(picture: Picture, reader: BandReader, scale: number): Sample {
  const spans = sampleRows(picture.height);
  if (scale === 1) {
    const bands = spans.map(({ from, to }): SampleBand => {
      const top = Math.max(0, from - marginRows);
      const pixels = reader.read(top, to - top);
      const leadPixels = (from - top) * picture.width;
      return {
        lead: leadPixels > 0 ? pixels.subarray(0, leadPixels) : null,
        pixels: pixels.subarray(leadPixels),
      };
    });
    return {
      widthPx: picture.width,
      heightPx: picture.height,
      bands,
      compare: compareAtFullSize(bands, picture.width),
    };
  }
  const widthPx = scaledSide(picture.width, scale);
  const strips = spans.map(({ from, to }) => {
    const top = Math.max(0, from - marginRows);
    const bottom = Math.min(picture.height, to + marginRows);
    return { from, to, top, rows: bottom - top, scaledRows: Math.max(2, Math.round((bottom - top) * scale)) };
  });
  const bands = strips.map(({ top, rows, scaledRows }): SampleBand => {
    const context = scratch(widthPx, scaledRows);
    if (!context) return { lead: null, pixels: new Uint32Array(widthPx) };
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, top, picture.width, rows, 0, 0, widthPx, scaledRows);
    const pixels = pixelsOf(context, widthPx, scaledRows);
    const leadPixels = widthPx * Math.max(1, Math.floor(marginRows * scale));
    return { lead: pixels.subarray(0, leadPixels), pixels: pixels.subarray(leadPixels) };
  });
  const compare = (n: number, pixels: Uint32Array): Loss => {
    const strip = strips[n];
    const lead = bands[n]?.lead;
    const small = strip && scratch(widthPx, strip.scaledRows);
    const large = strip && scratch(picture.width, strip.to - strip.from);
    if (!strip || !lead || !small || !large) return lossBetween(pixels, pixels, widthPx);
    const shown = new Uint32Array(lead.length + pixels.length);
    shown.set(lead);
    shown.set(pixels, lead.length);
    small.putImageData(new ImageData(new Uint8ClampedArray(shown.buffer), widthPx, strip.scaledRows), 0, 0);
    large.imageSmoothingQuality = 'high';
    large.drawImage(small.canvas, 0, strip.top - strip.from, picture.width, strip.rows);
    const rows = strip.to - strip.from;
    return lossBetween(reader.read(strip.from, rows), pixelsOf(large, picture.width, rows), picture.width);
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
  rows: number,
): Uint32Array<ArrayBuffer> {
  const { data } = context.getImageData(0, 0, widthPx, rows);
  return new Uint32Array(data.buffer);
}
