import { type Rect, union } from '../image/geometry.ts';
import type { PageWords, WordBlock } from './page-words.ts';

/** Longest text that can be looked for, and most texts at once. */
export const phraseLimitCharacters = 500;
export const phraseLimit = 50;

/** Scripts that write without blanks: a name in them has letters on both sides. */
const unspaced = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const letter = `(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}_])`;

/**
 * Where a text stands in a picture, in its px: one rectangle for each line of it, the blanks between its words included. Upper and lower case are the
 * same, any blanks are one, and only whole words count; it may go over several words of a block, not over blocks.
 */
export function placesOfWords(page: PageWords, phrase: string): Rect[] {
  const pattern = wordsPattern(phrase);
  if (!pattern) return [];
  return page.blocks.flatMap(block =>
    occurrences(block.text, pattern).flatMap(found => boxesOf(block, found)),
  );
}

/** How often it stands in a text, by the same rules. */
export function countWords(text: string, phrase: string): number {
  const pattern = wordsPattern(phrase);
  return pattern ? occurrences(text, pattern).length : 0;
}

/** The text with each occurrence, by the same rules, replaced. */
export function maskWords(text: string, phrases: readonly string[], mask: string): string {
  return phrases.reduce((masked, phrase) => {
    const pattern = wordsPattern(phrase);
    return pattern ? masked.replace(pattern, () => mask) : masked;
  }, text);
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

interface Stretch {
  start: number;
  end: number;
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
  const parts = bare(phrase).split(/\s+/u);
  const whole = parts.join(' ');
  if (whole.length > phraseLimitCharacters || !/[\p{L}\p{N}]/u.test(whole)) return null;
  const body = parts.map(escaped).join('\\s+');
  const before = new RegExp(`^${letter}`, 'u').test(whole) ? `(?<!${letter})` : '';
  const after = new RegExp(`${letter}$`, 'u').test(whole) ? `(?!${letter})` : '';
  return new RegExp(before + body + after, 'giu');
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
