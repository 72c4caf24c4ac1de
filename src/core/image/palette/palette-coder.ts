import { filterNumber } from '../png/filter-row.ts';
import type { RowCoder } from '../png/row-coder.ts';
import { createPaletteIndex } from './palette-index.ts';

/** The fewest bits in which an index into so many colours can be stored. */
export function indexBits(colourCount: number): 1 | 2 | 4 | 8 {
  return colourCount <= 2 ? 1 : colourCount <= 4 ? 2 : colourCount <= 16 ? 4 : 8;
}

/** Turns rows into indices, which are stored without a filter: neighbouring numbers mean nothing there. */
export function createPaletteCoder(widthPx: number, colours: Uint32Array): RowCoder & { maxError(): number } {
  const bits = indexBits(colours.length);
  const rowBytes = Math.ceil((widthPx * bits) / 8);
  const index = createPaletteIndex(colours);
  const indices = new Uint8Array(widthPx);
  let out = new Uint8Array(0);
  return {
    follow: () => undefined,
    maxError: index.maxError,
    code(pixels, shown) {
      const sizeBytes = (pixels.length / widthPx) * (1 + rowBytes);
      if (out.length < sizeBytes) out = new Uint8Array(sizeBytes);
      let to = 0;
      for (let from = 0; from < pixels.length; from += widthPx) {
        index.find(pixels, from, widthPx, indices);
        if (shown) {
          for (let x = 0; x < widthPx; x += 1)
            shown[from + x] = (colours[indices[x] ?? 0] ?? 0) | 0xff_00_00_00;
        }
        out[to] = filterNumber.none;
        if (bits === 8) out.set(indices, to + 1);
        else packIndices(indices, bits, out.subarray(to + 1, to + 1 + rowBytes));
        to += 1 + rowBytes;
      }
      return out.subarray(0, sizeBytes);
    },
  };
}

/** The leftmost pixel goes into the highest bits. */
function packIndices(indices: Uint8Array, bits: number, out: Uint8Array): void {
  const perByte = 8 / bits;
  out.fill(0);
  for (let at = 0; at < indices.length; at += 1) {
    const byte = Math.floor(at / perByte);
    out[byte] = (out[byte] ?? 0) | ((indices[at] ?? 0) << (8 - bits * ((at % perByte) + 1)));
  }
}
