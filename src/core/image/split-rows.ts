import { ticketPngLimitBytes } from './fit-plan.ts';

/** A part of a tall picture may not be taller: much more is no pleasure to scroll in any viewer. */
export const partHeightLimitPx = 16_384;
/** Pixels of the largest part: with its canvas twice (whole and cut) memory stays below 300 MB. */
export const partAreaLimitPx = 32_000_000;

// What a near-lossless encoding makes of the browser's own bytes, on pages that need one.
const nearLosslessShare = 0.6;

/** The tallest that a part of this width may be. */
export function partHeightLimit(widthPx: number): number {
  return Math.max(1, Math.min(partHeightLimitPx, Math.floor(partAreaLimitPx / widthPx)));
}

/**
 * How many parts a picture becomes so that each can be sent near-lossless at full size. `sizeBytes` is the sum of its
 * frames as the browser encoded them. More than `maxParts` only where a part would be too tall.
 */
export function partCount(
  picture: { widthPx: number; heightPx: number; sizeBytes: number },
  maxParts: number,
): number {
  const byBytes = Math.ceil((picture.sizeBytes * nearLosslessShare) / ticketPngLimitBytes);
  const byHeight = Math.ceil(picture.heightPx / partHeightLimit(picture.widthPx));
  return Math.max(1, byHeight, Math.min(byBytes, maxParts));
}

// How far from its even place a cut may move: a share of a part's height, and rows.
const reachShare = 0.2;
const reachRows = 1_000;
// So many rows on each side of a cut count too: the middle of a gap, not the edge of a line of text.
const margin = 6;

/**
 * Where the first of `count` parts of `height` rows ends (its height), at the quietest rows near the even place. No
 * part gets higher than `maxHeight` while `count` parts of that height hold the picture. Null when the rows to choose
 * from are not all there yet: `available` of them are. `unrest` tells how much each row from `start` to before `end`
 * changes along its length.
 */
export function firstCut(
  height: number,
  count: number,
  { maxHeight, available = height }: { maxHeight: number; available?: number },
  unrest: (start: number, end: number) => ArrayLike<number>,
): number | null {
  // What is below must still fit into the parts that are left.
  const min = Math.max(1, height - maxHeight * (count - 1));
  const max = Math.min(maxHeight, height - count + 1);
  if (count < 2 || max < min) return null;
  const wanted = Math.min(max, Math.max(min, Math.round(height / count)));
  const reach = Math.min(Math.round((height / count) * reachShare), reachRows);
  const start = Math.max(min, wanted - reach);
  const end = Math.min(max, wanted + reach) + 1;
  if (end > available) return null;
  const from = Math.max(0, start - margin);
  const rows = unrest(from, Math.min(available, end + margin));
  return from + quietestCut(rows, { first: start - from, end: end - from, wanted: wanted - from });
}

/** The row from `first` to before `end` to cut above: with the least unrest around it, and then nearest to `wanted`. */
function quietestCut(
  unrest: ArrayLike<number>,
  { first, end, wanted }: { first: number; end: number; wanted: number },
): number {
  let best = first;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let row = first; row < end; row++) {
    let cost = 0;
    for (let near = row - margin; near < row + margin; near++) {
      // A cut lies between its row and the one above.
      const isTouched = near === row || near === row - 1;
      cost += (unrest[near] ?? unrest[row] ?? 0) * (isTouched ? margin * 2 : 1);
    }
    const isNearer = Math.abs(row - wanted) < Math.abs(best - wanted);
    if (cost < bestCost || (cost === bestCost && isNearer)) {
      best = row;
      bestCost = cost;
    }
  }
  return best;
}

/** How many pixels of each row differ from their left neighbour: 0 is a row of one colour. `data` is RGBA. */
export function rowUnrest(data: Uint8ClampedArray, widthPx: number): Uint32Array {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
  const rows = new Uint32Array(Math.floor(pixels.length / widthPx));
  for (let row = 0; row < rows.length; row++) {
    const start = row * widthPx;
    let changes = 0;
    for (let at = start + 1; at < start + widthPx; at++) if (pixels[at] !== pixels[at - 1]) changes++;
    rows[row] = changes;
  }
  return rows;
}
