import { oneLine } from '../text.ts';

/** Most words and patterns of the person's own, and the longest one. */
export const ownPatternLimit = 100;
export const ownPatternLimitCharacters = 100;

/** Whether something is left of it to look for: a lone `*` would be everything. */
function isUsable(pattern: string): boolean {
  return pattern.replaceAll('*', '').replaceAll(' ', '').length >= 2;
}

/** Those in a text that has one on each line, without blanks and repeats. `isCut`: not all of it was taken. */
export function ownPatternsFromText(typed: string): { ownPatterns: string[]; isCut: boolean } {
  const lines = new Set(typed.split('\n').map(oneLine).filter(Boolean));
  const ownPatterns = [...lines]
    .filter(line => line.length <= ownPatternLimitCharacters && isUsable(line))
    .slice(0, ownPatternLimit);
  return { ownPatterns, isCut: ownPatterns.length < lines.size };
}
