import { type Rect, union } from '../image/geometry.ts';
import type { PageWords, WordBlock } from './page-words.ts';
import { viewsOf } from './text-view.ts';
import { type Stretch, wordViewsOf } from './word-views.ts';

/** Longest text that can be looked for, and most texts at once. */
export const phraseLimitCharacters = 500;
const phraseLimit = 50;

/** Scripts that write without blanks: a name in them has letters on both sides. */
const unspaced = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const letter = `(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}_])`;
/** In a name or an address an underscore parts words, as do all marks, or nothing: `jane_doe`, `jane-doe`, `janedoe`. */
const nameLetter = letter.replace('_', '');
const nameGap = '[\\s\\p{P}\\p{S}]*';
/** A name or an address within a text: letters with a mark and no blank between. */
const nameLike = /[\p{L}\p{M}\p{N}][\p{P}\p{S}]+[\p{L}\p{M}\p{N}]/u;

/** How a text is read: as words of people, as a name or an address, or as words with such among them. */
export type WordReading = 'words' | 'name' | 'text';

/**
 * Where a text stands in a picture, in its px: one rectangle for each line of it, the blanks between its words included. Upper and lower case are the
 * same, any blanks are one, and only whole words count; it may go over several words of a block, not over blocks.
 */
export function placesOfWords(page: PageWords, phrase: string): Rect[] {
  return page.blocks.flatMap(block =>
    stretchesOfWords(block.text, [phrase]).flatMap(found => boxesOf(block, found)),
  );
}

/** How often it stands in a text, by the same rules; a text is Markdown, and what is percent-encoded in it is decoded. */
export function countWords(text: string, phrase: string, reading: WordReading = 'words'): number {
  return stretchesOfWords(text, [phrase], reading).length;
}

/** The text with each occurrence, by the same rules, replaced. */
export function maskWords(
  text: string,
  phrases: readonly string[],
  mask: string,
  reading: WordReading = 'words',
): string {
  return replaced(text, stretchesOfWords(text, phrases, reading), mask);
}

/**
 * Where the phrases stand in a text, by the same rules: in order and apart. In names and addresses, also as those are made of
 * words: with any mark or none between, and without what ASCII has not (`juergen-mueller`).
 */
export function stretchesOfWords(
  text: string,
  phrases: readonly string[],
  reading: WordReading = 'words',
): Stretch[] {
  const words = phrases.flatMap(phrase => [phrase, phrase.normalize('NFC'), phrase.normalize('NFD')]);
  const asWords = patternsOf(words, wordsPattern);
  const inWords = found(text, asWords);
  if (reading === 'words') return apart(inWords);
  const asName = patternsOf(phrases.flatMap(namesOf), namePattern);
  if (asName.length === 0) return apart(inWords);
  const names = reading === 'name' ? [{ text, at: 0 }] : namesIn(text);
  const inNames = names.flatMap(name =>
    found(name.text, asName).map(({ start, end }) => ({ start: start + name.at, end: end + name.at })),
  );
  return apart([...inWords, ...inNames]);
}

function patternsOf(phrases: readonly string[], patternOf: (phrase: string) => RegExp | null): RegExp[] {
  return [...new Set(phrases)].map(patternOf).filter(pattern => pattern !== null);
}

function found(text: string, patterns: readonly RegExp[]): Stretch[] {
  if (patterns.length === 0) return [];
  return wordViewsOf(text).flatMap(view =>
    patterns.flatMap(pattern => occurrences(view.text, pattern).map(view.inOriginal)),
  );
}

function namesIn(text: string): { text: string; at: number }[] {
  return Array.from(text.matchAll(/\S+/g), ({ index, 0: name }) => ({ text: name, at: index })).filter(name =>
    nameLike.test(name.text),
  );
}

/** As it is written, with its letters apart from their marks, without those marks, and as German does without them. */
function namesOf(phrase: string): string[] {
  const apartFromMarks = phrase.normalize('NFD');
  const german = phrase
    .normalize('NFC')
    .replace(/[äöü]/gi, umlaut => `${umlaut.normalize('NFD').charAt(0)}e`)
    .replaceAll('ß', 'ss');
  return [
    phrase,
    phrase.normalize('NFC'),
    apartFromMarks,
    apartFromMarks.replace(/\p{M}/gu, ''),
    german.normalize('NFD').replace(/\p{M}/gu, ''),
  ];
}

/** The text with a mask in place of each stretch, or of those that overlap. */
export function replaced(text: string, stretches: readonly Stretch[], mask: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of apart(stretches)) {
    parts.push(text.slice(at, start), mask);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/**
 * The words whose middle lies under a rectangle, those of one block as one text, without the marks around them
 * (quotes, commas, brackets). A text that is longer than can be looked for is left out.
 */
export function wordsUnder(page: PageWords, rect: Rect): string[] {
  const phrases = page.blocks.map(({ text, words }) => {
    const starts = new Set<number>();
    const under = words.filter(word => {
      if (starts.has(word.start) || !holdsMiddle(rect, word)) return false;
      starts.add(word.start);
      return true;
    });
    return bare(under.map(({ start, end }) => text.slice(start, end)).join(' '));
  });
  const found = phrases.filter(phrase => phrase !== '' && phrase.length <= phraseLimitCharacters);
  return [...new Set(found)].slice(0, phraseLimit);
}

/** In order, those that overlap as one. */
function apart(stretches: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const stretch of stretches.toSorted((one, other) => one.start - other.start)) {
    const last = kept.at(-1);
    if (last && stretch.start < last.end) last.end = Math.max(last.end, stretch.end);
    else kept.push({ ...stretch });
  }
  return kept;
}

function occurrences(text: string, pattern: RegExp): Stretch[] {
  return Array.from(text.matchAll(pattern), match => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function boxesOf({ words }: WordBlock, { start, end }: Stretch): Rect[] {
  const boxes: Rect[] = [];
  for (const word of words) {
    if (word.start >= end || word.end <= start) continue;
    const { x, y, width, height } = word;
    const box = { x, y, width, height };
    const last = boxes.at(-1);
    if (last && isBeside(last, box)) boxes[boxes.length - 1] = union(last, box);
    else boxes.push(box);
  }
  return boxes;
}

/** On the same line, with no more than a wide blank between. */
function isBeside(one: Rect, other: Rect): boolean {
  const least = Math.min(one.height, other.height);
  const overlap = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width);
  return overlap > least / 2 && gap <= 2 * least;
}

/** Null for a text that nothing can be found by. */
function wordsPattern(phrase: string): RegExp | null {
  const parts = (viewsOf(bare(phrase))[0]?.text ?? '').split(/\s+/u).filter(part => part !== '');
  const whole = parts.join(' ');
  if (whole.length > phraseLimitCharacters || !/[\p{L}\p{N}]/u.test(whole)) return null;
  const body = parts.map(escaped).join('\\s+');
  const before = new RegExp(`^${letter}`, 'u').test(whole) ? `(?<!${letter})` : '';
  const after = new RegExp(`${letter}$`, 'u').test(whole) ? `(?!${letter})` : '';
  return new RegExp(before + body + after, 'giu');
}

/** The same for a name or an address. */
function namePattern(phrase: string): RegExp | null {
  const parts = (viewsOf(phrase)[0]?.text ?? '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const whole = parts.join('');
  if (whole === '' || whole.length > phraseLimitCharacters) return null;
  const before = new RegExp(`^${letter}`, 'u').test(whole) ? `(?<!${nameLetter})` : '';
  const after = new RegExp(`${letter}$`, 'u').test(whole) ? `(?!${nameLetter})` : '';
  return new RegExp(before + parts.join(nameGap) + after, 'giu');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A hyphen and an apostrophe inside are part of it; what only stands around it is not. */
function bare(words: string): string {
  const around = '[\\s"\'“”„‘’«»‹›.,;:!?()\\[\\]{}<>|·•–—]+';
  return words.replace(new RegExp(`^${around}|${around}$`, 'gu'), '');
}

function holdsMiddle(rect: Rect, word: Rect): boolean {
  const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}
