/** The five filters of PNG, by their numbers in the file. */
export const filterNumber = { none: 0, sub: 1, up: 2, avg: 3, paeth: 4 } as const;
export type Filter = (typeof filterNumber)[keyof typeof filterNumber];

/**
 * Writes the filtered bytes of a row into `out` from `to` on. Rows start with `channels` zero bytes, which stand for the
 * pixel left of the first; `above` is the row before as a reader has it.
 */
export function filterRow(
  filter: Filter,
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  out: Uint8Array,
  to: number,
): void {
  const shift = to - channels;
  if (filter === filterNumber.none) {
    out.set(row.subarray(channels), to);
  } else if (filter === filterNumber.sub) {
    for (let at = channels; at < row.length; at += 1) {
      out[shift + at] = (row[at] ?? 0) - (row[at - channels] ?? 0);
    }
  } else if (filter === filterNumber.up) {
    for (let at = channels; at < row.length; at += 1) out[shift + at] = (row[at] ?? 0) - (above[at] ?? 0);
  } else if (filter === filterNumber.avg) {
    for (let at = channels; at < row.length; at += 1) {
      out[shift + at] = (row[at] ?? 0) - (((row[at - channels] ?? 0) + (above[at] ?? 0)) >> 1);
    }
  } else {
    for (let at = channels; at < row.length; at += 1) {
      const guess = paeth(row[at - channels] ?? 0, above[at] ?? 0, above[at - channels] ?? 0);
      out[shift + at] = (row[at] ?? 0) - guess;
    }
  }
}

/** The one of left, up and up-left that is nearest to left + up − up-left; of equals the first. */
export function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - upLeft - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** What a filter guesses a byte to be. */
export function guessOf(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === filterNumber.sub) return left;
  if (filter === filterNumber.up) return up;
  if (filter === filterNumber.avg) return (left + up) >> 1;
  return filter === filterNumber.paeth ? paeth(left, up, upLeft) : 0;
}
