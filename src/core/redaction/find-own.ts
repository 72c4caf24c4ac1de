import { type Finding, filler } from './finding.ts';

// The person's own words: as they stand, in any case, whole words. `#` is one digit, `*` any run without blanks. Matched by hand:
// a regular expression made of them could take for ever.

interface OwnPattern {
  /** What stands between the stars, in lower case. */
  parts: string[];
  opensWithStar: boolean;
  endsWithStar: boolean;
}

const letter = /[\p{L}\p{N}\p{M}]/u;
/** Scripts that put no blanks between words, or endings right behind a name. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

export function findOwn(text: string, patterns: readonly string[]): Finding[] {
  if (patterns.length === 0) return [];
  const lowerCase = sameLengthLowerCase(text);
  return patterns.flatMap(pattern => findOne(lowerCase, parsePattern(pattern)));
}

function parsePattern(pattern: string): OwnPattern {
  const normal = sameLengthLowerCase(pattern.trim().replace(/\s+/g, ' '));
  return {
    parts: normal.split('*').filter(part => part !== ''),
    opensWithStar: normal.startsWith('*'),
    endsWithStar: normal.endsWith('*'),
  };
}

function findOne(text: string, pattern: OwnPattern): Finding[] {
  const { parts, opensWithStar, endsWithStar } = pattern;
  const [head, ...rest] = parts;
  const found: Finding[] = [];
  if (head === undefined || parts.join('').length < 2) return found;
  for (let at = indexOfPart(text, head, 0); at !== -1; ) {
    const start = opensWithStar ? runStart(text, at, found.at(-1)?.end ?? 0) : at;
    let end = isBoundary(text, start, opensWithStar)
      ? restEnd(text, at + head.length, rest, endsWithStar)
      : wrongEnd;
    if (end >= 0 && endsWithStar) end = withoutPunctuation(text, end, runEnd(text, end));
    if (end > at) found.push({ kind: 'own', start, end });
    // Where the rest does not follow in this word, it follows no later start in it.
    const next = end > at ? end : end === noRest ? Math.max(at + 1, runEnd(text, at + head.length)) : at + 1;
    at = indexOfPart(text, head, next);
  }
  return found;
}

const noRest = -1;
const wrongEnd = -2;

/** Where a match that has come that far ends; `noRest` when a part is missing in this word. */
function restEnd(text: string, from: number, rest: readonly string[], endsWithStar: boolean): number {
  let end = from;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1 && !endsWithStar;
    const limit = runEnd(text, end);
    let at = indexOfPart(text, part, end, limit);
    // Stars are as short as can be, but for the last: a longer word may end where a word ends.
    while (isLast && at !== -1 && !isBoundary(text, at + part.length, false)) {
      at = indexOfPart(text, part, at + 1, limit);
    }
    if (at === -1) return noRest;
    end = at + part.length;
  }
  return rest.length > 0 || endsWithStar || isBoundary(text, end, false) ? end : wrongEnd;
}

/** The first place of `part` from `from` on; it begins at `lastStart` at the latest. */
function indexOfPart(
  text: string,
  part: string,
  from: number,
  lastStart = text.length - part.length,
): number {
  const plain = part.search(/[# ]/);
  const anchor = plain === -1 ? part : part.slice(0, plain);
  for (let at = from; at <= lastStart; at += 1) {
    if (anchor !== '') {
      at = text.indexOf(anchor, at);
      if (at === -1 || at > lastStart) return -1;
    }
    if (matchesPart(text, part, at)) return at;
  }
  return -1;
}

function matchesPart(text: string, part: string, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) {
    const wanted = part.charAt(index);
    const character = text.charAt(at + index);
    if (
      wanted === '#'
        ? !/[0-9]/.test(character)
        : wanted === ' '
          ? !/\s/.test(character)
          : wanted !== character
    ) {
      return false;
    }
  }
  return true;
}

/** Whether a word may begin or end there: not both sides are letters. A star needs no such place. */
function isBoundary(text: string, index: number, isStar: boolean): boolean {
  const [before, after] = [text.charAt(index - 1), text.charAt(index)];
  if (isStar || !letter.test(before) || !letter.test(after)) return true;
  return unspaced.test(before) || unspaced.test(after);
}

function isBlank(character: string): boolean {
  return character === filler || /\s/.test(character);
}

/** A word that a star takes whole leaves the sentence its full stop. */
function withoutPunctuation(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && '.,;:!?)]}"\''.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

function runStart(text: string, from: number, limit: number): number {
  let start = from;
  while (start > limit && !isBlank(text.charAt(start - 1))) start -= 1;
  return start;
}

function runEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBlank(text.charAt(end))) end += 1;
  return end;
}

function sameLengthLowerCase(text: string): string {
  const lowerCase = text.toLowerCase();
  if (lowerCase.length === text.length) return lowerCase;
  return text.replace(/[A-Z\u0080-\uffff]/g, character => {
    const small = character.toLowerCase();
    return small.length === 1 ? small : character;
  });
}
