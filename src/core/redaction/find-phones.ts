import { type DigitGroup, digitRuns, digitsOf } from './digit-runs.ts';
import { type Finding, isAlphanumericAt } from './finding.ts';

// Numbers without a country code count only where their shape tells them from all the other numbers of a page, or where a word
// before them does.

/** Groups that one number may have. */
const groupLimit = 9;
const leastDigits = 7;
const labelReachCharacters = 28;
const label =
  /(?:^|[^\p{L}])(?:tele(?:phone|fono|fon|fax)|tel[eé]fono|tel|tél|phone|mobile?|cell(?:ular)?|fax|call(?: us)?|whatsapp|sms|handy|telefon|rufnummer|電話|电话)s?(?:[ _-]?(?:number|no|nr|num))?[.\]"']{0,2} {0,2}[:=#]? {0,2}["']?$/iu;
const isbn = /isbn(?:-1[03])?:? ?$/i;

const date = /^(?:(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d)(?!\d)/;
const decimal = /^\+\d{1,3}\.\d{1,8}$/;

/** Without a country code, and without a label. */
const nationalShapes: readonly { shape: RegExp; leastDigits: number; mostDigits: number }[] = [
  // North America: no area begins with 0 or 1.
  {
    shape: /^(?:1[ .-]?)?(?:\([2-9]\d\d\) ?[-.]?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}$/,
    leastDigits: 10,
    mostDigits: 11,
  },
  // An area in parentheses.
  {
    shape: /^\((?:0\d{1,5}|[1-9]\d{1,2})\)[ -]?\d{2,5}(?:[ -]\d{2,5}){1,3}$/,
    leastDigits: 9,
    mostDigits: 12,
  },
  { shape: /^\(0\d{1,5}\)[ -]?\d{4,9}$/, leastDigits: 8, mostDigits: 12 },
  // A trunk 0, and groups.
  { shape: /^0[1-9]\d{0,4}(?:[ .-]|[ -]?\/ ?)\d{2,9}(?:[ .-]\d{2,6}){0,5}$/, leastDigits: 9, mostDigits: 12 },
  { shape: /^00[1-9]\d{0,2}[ -]\(?\d{1,5}\)?(?:[ -]?\d{2,8}){1,5}$/, leastDigits: 11, mostDigits: 17 },
  // British and German mobiles; China's.
  { shape: /^(?:07\d{9}|01[567]\d{8,9})$/, leastDigits: 11, mostDigits: 12 },
  { shape: /^1[3-9]\d[ -]\d{4}[ -]\d{4}$/, leastDigits: 11, mostDigits: 11 },
];

const extension = / ?(?:ext\.?|extension|durchwahl|x) ?\d{1,6}(?!\w)/iy;

export function findPhones(text: string): Finding[] {
  const found: Finding[] = [];
  for (const run of digitRuns(text)) {
    for (let first = 0; first < run.length; ) {
      const phone = phoneAt(text, run, first);
      if (phone !== null) {
        found.push({ kind: 'phone', start: phone.start, end: phone.end });
        first = phone.next;
      } else if (isShort(run, first)) first += 1;
      else break;
    }
  }
  return found;
}

/** A number that is not taken for a part of a phone's may come before one: `Room 12 030 123456`. */
function isShort(run: readonly DigitGroup[], first: number): boolean {
  const group = run[first];
  return first < 2 && group !== undefined && group.end - group.start <= 3 && run[first + 1]?.gap === ' ';
}

function phoneAt(
  text: string,
  run: readonly DigitGroup[],
  first: number,
): { start: number; end: number; next: number } | null {
  const begin = run[first];
  const furthest = run[Math.min(first + groupLimit, run.length) - 1];
  // Most numbers of a page are too short by far.
  if (!begin || !furthest || furthest.end - begin.start < leastDigits) return null;
  const start =
    begin.start -
    (/(?:\(\+|\+ ?\(|[+(])$/.exec(text.slice(Math.max(0, begin.start - 3), begin.start))?.[0].length ?? 0);
  const before = text.slice(Math.max(0, start - labelReachCharacters), start);
  if (isbn.test(before)) return null;
  const isLabelled = label.test(before);
  for (let last = Math.min(first + groupLimit, run.length) - 1; last >= first; last -= 1) {
    const groups = run.slice(first, last + 1);
    const end = endOf(text, groups);
    const written = text.slice(start, end);
    if (date.test(written)) return null;
    const count = digitsOf(text, groups).length;
    const isInternational = /^\(?\+/.test(written);
    const isPhone = isInternational
      ? count >= 8 && count <= 15 && !decimal.test(written) && /^[+( ]+[1-9]/.test(written)
      : isLabelled
        ? count >= leastDigits && count <= 15
        : nationalShapes.some(
            ({ shape, leastDigits, mostDigits }) =>
              count >= leastDigits && count <= mostDigits && shape.test(written),
          );
    if (!isPhone || !isFree(text, start, end, isInternational, isLabelled)) continue;
    extension.lastIndex = end;
    return { start, end: end + (extension.exec(text)?.[0].length ?? 0), next: last + 1 };
  }
  return null;
}

function endOf(text: string, groups: readonly DigitGroup[]): number {
  const end = groups.at(-1)?.end ?? 0;
  const isOpen = groups.some(({ gap }) => gap.includes('(')) && groups.every(({ gap }) => !gap.includes(')'));
  return isOpen && text.charAt(end) === ')' ? end + 1 : end;
}

/** Whether it is no part of something longer: an id, a path, a price, a time. */
function isFree(
  text: string,
  start: number,
  end: number,
  isInternational: boolean,
  isLabelled: boolean,
): boolean {
  const before = text.charAt(start - 1);
  if (isAlphanumericAt(text, start - 1)) return false;
  if (!isLabelled && before !== '') {
    if ('#$€£¥@^%'.includes(before)) return false;
    const joins = isInternational ? '-_/.,+\\' : '-_/.,:=+\\';
    if (joins.includes(before) && (before === '/' || isAlphanumericAt(text, start - 2))) return false;
  }
  const after = text.charAt(end);
  if (/[0-9]/.test(after)) return false;
  if (isInternational || isLabelled) return true;
  if (isAlphanumericAt(text, end) || '_%°'.includes(after || ' ')) return false;
  return !('-/.,:'.includes(after || ' ') && isAlphanumericAt(text, end + 1));
}
