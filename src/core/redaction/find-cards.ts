import { type DigitGroup, digitRuns, digitsOf } from './digit-runs.ts';
import { type Finding, isAlphanumericAt } from './finding.ts';

/** The first digits of the cards in use, and how many they have in all. */
const issuers: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|3095|3[689])/, [14, 15, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|62|60|8[12])/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^220[0-4]/, [16, 17, 18, 19]],
  [/^(?:50(?:18|20|38)|5893|6304|67(?:59|6[1-3])|508)/, [13, 14, 15, 16, 17, 18, 19]],
];

const leastDigits = 13;
const mostDigits = 19;

/** How cards are written in groups, by the groups' lengths. */
const usualGroups = /^(?:4-4-4-4(?:-[1-3])?|4-6-[45]|4-4-5|5-4-4-[2-6]|8-8|6-13)$/;
const gaps = /^(?:[ .-]?| {2})$/;

/** Card numbers: a known beginning, a fitting length, a right check digit. */
export function findCards(text: string): Finding[] {
  const found: Finding[] = [];
  for (const run of digitRuns(text)) {
    for (let index = 0; index < run.length; index += 1) {
      const last = lastGroupOfCard(text, run, index);
      const start = run[index]?.start;
      const end = last === -1 ? undefined : run[last]?.end;
      if (start === undefined || end === undefined) continue;
      found.push({ kind: 'card', start, end });
      index = last;
    }
  }
  return found;
}

/** The last group of the longest card that begins with that group; -1 when none does. */
function lastGroupOfCard(text: string, run: readonly DigitGroup[], first: number): number {
  const begin = run[first];
  if (!begin || isAlphanumericAt(text, begin.start - 1) || !isApart(begin.gap)) return -1;
  let found = -1;
  let count = 0;
  for (let last = first; last < run.length; last += 1) {
    const group = run[last];
    if (!group || (last > first && !gaps.test(group.gap))) break;
    count += group.end - group.start;
    if (count > mostDigits) break;
    if (count >= leastDigits && isCard(text, run, first, last)) found = last;
  }
  return found;
}

function isCard(text: string, run: readonly DigitGroup[], first: number, last: number): boolean {
  const groups = run.slice(first, last + 1);
  const digits = digitsOf(text, groups);
  if (!issuers.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)))
    return false;
  const end = groups.at(-1)?.end ?? 0;
  if (isAlphanumericAt(text, end) || !isApart(run[last + 1]?.gap ?? '')) return false;
  // `0,4111…` and `4111…,50` are numbers.
  if (
    /^,\d/.test(text.slice(end, end + 2)) ||
    /\d,$/.test(text.slice(Math.max(0, (groups[0]?.start ?? 0) - 2), groups[0]?.start))
  )
    return false;
  const isWhole = first === 0 && last === run.length - 1;
  const lengths = groups.map(group => group.end - group.start);
  if (
    groups.length > 1 &&
    !(isWhole && lengths.slice(0, -1).every(length => length > 2)) &&
    !usualGroups.test(lengths.join('-'))
  ) {
    return false;
  }
  return passesLuhn(digits);
}

/** What stands between a card and other digits beside it. */
function isApart(between: string): boolean {
  return between === '' || between.includes(' ') || between.includes('(') || between.includes(')');
}

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = digits.length - 1, isSecond = false; index >= 0; index -= 1, isSecond = !isSecond) {
    const digit = digits.charCodeAt(index) - 48;
    sum += isSecond ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}
