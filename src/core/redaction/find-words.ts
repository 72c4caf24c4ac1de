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
export function countWords(text: string, phrase: string): number {
  return stretchesOfWords(text, [phrase]).length;
}

/** The text with each occurrence, by the same rules, replaced. */
export function maskWords(text: string, phrases: readonly string[], mask: string): string {
  return replaced(text, stretchesOfWords(text, phrases), mask);
}

/** Where the phrases stand in a text, by the same rules: in order and apart. */
export function stretchesOfWords(text: string, phrases: readonly string[]): Stretch[] {
  const patterns = phrases.map(wordsPattern).filter(pattern => pattern !== null);
  if (patterns.length === 0) return [];
  return apart(
    wordViewsOf(text).flatMap(view =>
      patterns.flatMap(pattern => occurrences(view.text, pattern).map(view.inOriginal)),
    ),
  );
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
