import { cheapestFilter, differenceCosts } from './choose-filter.ts';
import { createColourCounter } from './few-colours.ts';
import { type Filter, filterNumber, filterRow } from './filter-row.ts';
import { filterAlphaExactly, filterRowRounded, roundedDifferences } from './near-lossless.ts';
import { channelsOf, type PixelLayout, packPixels, unpackPixels } from './pixel-layout.ts';

/** How rows become bytes for the compressor. */
export interface RowCoding {
  layout: PixelLayout;
  /** The most by which a channel of a pixel may be off; 0 = lossless. */
  maxError: number;
  /** No filter at all, or for each row the one that promises most. */
  filters: 'none' | 'adaptive';
}

/** Turns rows into filtered bytes, from top to bottom. */
export interface RowCoder {
  /** Takes a row as the one above the next, without coding it: for samples from the middle of a picture. */
  follow(pixels: Uint32Array): void;
  /**
   * The bytes of all rows in `pixels`, each with its filter byte. They are good until the next call. The pixels that a
   * reader will make of them are written into `shown`, if it is given.
   */
  code(pixels: Uint32Array, shown?: Uint32Array): Uint8Array<ArrayBuffer>;
  /** The largest difference of any channel so far, where only coding tells it. */
  maxError?(): number;
}

// Chosen by trial on the corpus of the bench.
const fewColours = 48;

export function createRowCoder(widthPx: number, { layout, maxError, filters }: RowCoding): RowCoder {
  const channels = channelsOf(layout);
  const rowBytes = widthPx * channels;
  const rounded = roundedDifferences(maxError);
  const costs = differenceCosts(maxError);
  const counter = createColourCounter();
  const alphas = layout === 'rgba' ? new Uint8Array(widthPx) : null;
  let row = new Uint8Array(channels + rowBytes);
  let above = new Uint8Array(channels + rowBytes);
  let out = new Uint8Array(0);

  function chooseFilter(pixels: Uint32Array, from: number): Filter {
    if (filters === 'none' || counter.isFew(pixels, from, widthPx, fewColours)) return filterNumber.none;
    return cheapestFilter(row, above, channels, costs);
  }

  return {
    follow(pixels) {
      packPixels(pixels, 0, widthPx, layout, above, channels);
    },
    code(pixels, shown) {
      const rows = pixels.length / widthPx;
      const sizeBytes = rows * (1 + rowBytes);
      if (out.length < sizeBytes) out = new Uint8Array(sizeBytes);
      let to = 0;
      for (let from = 0; from < pixels.length; from += widthPx) {
        packPixels(pixels, from, widthPx, layout, row, channels);
        const filter = chooseFilter(pixels, from);
        out[to] = filter;
        if (maxError === 0) filterRow(filter, row, above, channels, out, to + 1);
        else {
          if (alphas) for (let x = 0; x < widthPx; x += 1) alphas[x] = (pixels[from + x] ?? 0) >>> 24;
          filterRowRounded(filter, row, above, channels, rounded, out, to + 1);
          if (alphas) filterAlphaExactly(filter, row, above, alphas, out, to + 1);
        }
        if (shown) unpackPixels(row, channels, layout, shown, from, widthPx);
        to += 1 + rowBytes;
        [row, above] = [above, row];
      }
      return out.subarray(0, sizeBytes);
    },
  };
}
