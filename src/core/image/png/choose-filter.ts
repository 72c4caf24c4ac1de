import { type Filter, filterNumber, paeth } from './filter-row.ts';

/** What a rounded difference costs in the compressed file, about, in bits; at difference + 255. */
export function differenceCosts(maxError: number): Float32Array {
  const step = 2 * maxError + 1;
  return Float32Array.from({ length: 511 }, (_, at) => {
    const steps = Math.abs(Math.round((at - 255) / step));
    return steps === 0 ? 0 : 1.5 + 2 * Math.log2(steps);
  });
}

// Every fifth pixel says enough of a row; with an odd stride no pattern of a page keeps step with it for long.
const stridePx = 5;

/** The filter whose differences cost least, by a sample of the row. Rows as in `filterRow`. */
export function cheapestFilter(
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  costs: Float32Array,
): Filter {
  let [sub, up, avg, best] = [0, 0, 0, 0];
  const colourChannels = channels === 4 ? 3 : channels;
  for (let first = channels; first < row.length; first += stridePx * channels) {
    for (let at = first; at < first + colourChannels; at += 1) {
      const value = (row[at] ?? 0) + 255;
      const left = row[at - channels] ?? 0;
      const over = above[at] ?? 0;
      sub += costs[value - left] ?? 0;
      up += costs[value - over] ?? 0;
      avg += costs[value - ((left + over) >> 1)] ?? 0;
      best += costs[value - paeth(left, over, above[at - channels] ?? 0)] ?? 0;
    }
  }
  if (up <= sub && up <= avg && up <= best) return filterNumber.up;
  if (best <= sub && best <= avg) return filterNumber.paeth;
  return sub <= avg ? filterNumber.sub : filterNumber.avg;
}
