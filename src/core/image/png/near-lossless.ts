import { type Filter, filterNumber, guessOf, paeth } from './filter-row.ts';

/**
 * For each difference from a guess, −255 … 255 (at +255), the nearest multiple of 2·maxError + 1. No difference is moved
 * by more than `maxError`, and the few values that remain are what makes the rows compress.
 */
export function roundedDifferences(maxError: number): Int16Array {
  const step = 2 * maxError + 1;
  return Int16Array.from({ length: 511 }, (_, at) => Math.round((at - 255) / step) * step);
}

/**
 * Filters a row with rounded differences (`rounded`) into `out` from `to` on, and changes `row` into what a reader will have.
 * Guesses are made from that, row after row, so that errors never add up. Rows as in `filterRow`.
 */
export function filterRowRounded(
  filter: Filter,
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  rounded: Int16Array,
  out: Uint8Array,
  to: number,
): void {
  const shift = to - channels;
  if (filter === filterNumber.sub) {
    for (let at = channels; at < row.length; at += 1) {
      const guess = row[at - channels] ?? 0;
      const value = clamp(guess + (rounded[(row[at] ?? 0) - guess + 255] ?? 0));
      row[at] = value;
      out[shift + at] = value - guess;
    }
  } else if (filter === filterNumber.up) {
    for (let at = channels; at < row.length; at += 1) {
      const guess = above[at] ?? 0;
      const value = clamp(guess + (rounded[(row[at] ?? 0) - guess + 255] ?? 0));
      row[at] = value;
      out[shift + at] = value - guess;
    }
  } else if (filter === filterNumber.avg) {
    for (let at = channels; at < row.length; at += 1) {
      const guess = ((row[at - channels] ?? 0) + (above[at] ?? 0)) >> 1;
      const value = clamp(guess + (rounded[(row[at] ?? 0) - guess + 255] ?? 0));
      row[at] = value;
      out[shift + at] = value - guess;
    }
  } else if (filter === filterNumber.paeth) {
    for (let at = channels; at < row.length; at += 1) {
      const guess = paeth(row[at - channels] ?? 0, above[at] ?? 0, above[at - channels] ?? 0);
      const value = clamp(guess + (rounded[(row[at] ?? 0) - guess + 255] ?? 0));
      row[at] = value;
      out[shift + at] = value - guess;
    }
  } else {
    out.set(row.subarray(channels), to);
  }
}

/**
 * Puts the alpha of an RGBA row back as it was (`alphas`), after `filterRowRounded`: rounded, an opaque picture would be
 * see-through here and there.
 */
export function filterAlphaExactly(
  filter: Filter,
  row: Uint8Array,
  above: Uint8Array,
  alphas: Uint8Array,
  out: Uint8Array,
  to: number,
): void {
  const channels = 4;
  for (let n = 0; n < alphas.length; n += 1) {
    const at = channels * (n + 1) + 3;
    const alpha = alphas[n] ?? 0;
    const left = row[at - channels] ?? 0;
    const up = above[at] ?? 0;
    row[at] = alpha;
    out[to + at - channels] = alpha - guessOf(filter, left, up, above[at - channels] ?? 0);
  }
}

// A sum outside of a byte's range lies beyond the true value: the range's edge is nearer to it.
function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
