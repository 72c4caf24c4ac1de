/** Groups of digits that stand close together, as the parts of a number that is written in groups do. */
export interface DigitGroup {
  start: number;
  end: number;
  /** What stands between it and the group before in its run; empty for the first. */
  gap: string;
}

const gapLimitCharacters = 3;
const gap = /^(?: {1,2}|[-./]| [-/] | ?\(|\)|\)[ -./]|[-./]\(|\) ?[-/] ?)$/;

export function digitRuns(text: string): DigitGroup[][] {
  const runs: DigitGroup[][] = [];
  let run: DigitGroup[] = [];
  for (const match of text.matchAll(/[0-9]+/g)) {
    const end = match.index + match[0].length;
    const before = run.at(-1)?.end;
    const between =
      before !== undefined && match.index - before <= gapLimitCharacters
        ? text.slice(before, match.index)
        : '';
    if (gap.test(between)) {
      run.push({ start: match.index, end, gap: between });
      continue;
    }
    run = [{ start: match.index, end, gap: '' }];
    runs.push(run);
  }
  return runs;
}

/** Their digits alone. */
export function digitsOf(text: string, groups: readonly DigitGroup[]): string {
  return groups.map(({ start, end }) => text.slice(start, end)).join('');
}
