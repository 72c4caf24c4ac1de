/** Median and 95th percentile, in whole milliseconds. */
export function summary(spansMs: readonly number[]): string {
  const shown = (share: number) => Math.round(percentile(spansMs, share));
  return `median ${shown(0.5)} ms, p95 ${shown(0.95)} ms (${spansMs.length} rounds)`;
}

/** The value below which `share`, in [0, 1), of the spans lie. */
export function percentile(spansMs: readonly number[], share: number): number {
  const sorted = spansMs.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
