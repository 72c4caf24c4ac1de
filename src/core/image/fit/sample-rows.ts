/** Rows `from` to `to` (not included) of a picture. */
export interface RowSpan {
  from: number;
  to: number;
}

export const bandRows = 16;
const share = 0.05;
const leastBands = 6;
const mostBands = 40;

/**
 * Bands that stand for the whole picture: one in each of many equal parts of its height, at a place that moves from part to
 * part (by the golden ratio), so that rows of cards or table lines never keep step with it.
 */
export function sampleRows(heightPx: number): RowSpan[] {
  const wanted = Math.round((heightPx * share) / bandRows);
  const count = Math.min(Math.max(wanted, leastBands), mostBands);
  if (count * bandRows >= heightPx) return [{ from: 0, to: heightPx }];
  const part = heightPx / count;
  return Array.from({ length: count }, (_, n) => {
    const shift = (n * 0.618_034 + 0.5) % 1;
    const from = Math.round(n * part + shift * (part - bandRows));
    return { from, to: from + bandRows };
  });
}
