import type { Rect } from '../core/image/geometry.ts';
import {
  allBlocksLimitCharacters,
  blockLimit,
  blockLimitCharacters,
  secretFieldLimit,
  wordLimit,
} from '../core/redaction/page-word-limits.ts';
import type { PageWords, PlacedWord } from '../core/redaction/page-words.ts';
import { isBoundedData } from './bounded-data.ts';
import { z } from './zod.ts';

/** What the content script says about the words in sight. The page's renderer may be hostile. */

/** CSS px; farther away than any window reaches. */
const farPx = 1_000_000;
const rectKeys = ['x', 'y', 'width', 'height'] as const;

// By hand: there are thousands, and a schema takes ten times as long for each.
const rect = z.custom<Rect>(value => hasNumbers(value, rectKeys) && isRect(value));
const wordKeys = [...rectKeys, 'start', 'end'] as const;
const word = z.custom<PlacedWord>(
  value =>
    hasNumbers(value, wordKeys) &&
    isRect(value) &&
    Number.isInteger(value.start) &&
    Number.isInteger(value.end),
);

const pageWordsSchema: z.ZodMiniType<PageWords> = z.strictObject({
  blocks: z
    .array(
      z.strictObject({
        text: z.string().check(z.maxLength(blockLimitCharacters)),
        words: z.array(word).check(z.maxLength(wordLimit)),
      }),
    )
    .check(z.maxLength(blockLimit)),
  secretFields: z.array(rect).check(z.maxLength(secretFieldLimit)),
  isCut: z.boolean(),
});

const dataLimits = {
  levels: 5,
  // A word is itself and six numbers; a block itself, its text and its list; a field itself and four numbers.
  values: 7 * wordLimit + 3 * blockLimit + 5 * secretFieldLimit + 8,
  characters: allBlocksLimitCharacters + blockLimitCharacters,
};

/** Controls, what turns the direction of text and what has no width; all of one UTF-16 unit. */
const unsafe = /[\p{Cc}\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * Reads words that came from a page. Never throws; anything but the exact shape is null. In the texts, what must not be shown becomes a
 * blank (a line's end stays one), so that all offsets stay.
 */
export function parsePageWords(input: unknown): PageWords | null {
  if (!isBoundedData(input, dataLimits)) return null;
  const parsed = pageWordsSchema.safeParse(input);
  if (!parsed.success) return null;
  const page = parsed.data;
  const wordCount = page.blocks.reduce((sum, block) => sum + block.words.length, 0);
  if (wordCount > wordLimit) return null;
  for (const block of page.blocks) {
    const isInside = block.words.every(
      ({ start, end }) => start >= 0 && start < end && end <= block.text.length,
    );
    if (!isInside) return null;
    block.text = block.text.toWellFormed().replace(unsafe, character => (character === '\n' ? '\n' : ' '));
  }
  return page;
}

/** An object with these keys and no others, each a number. */
function hasNumbers<Key extends string>(value: unknown, keys: readonly Key[]): value is Record<Key, number> {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return (
    entries.length === keys.length &&
    entries.every(([key, number]) => keys.some(known => known === key) && Number.isFinite(number))
  );
}

function isRect({ x, y, width, height }: Record<'x' | 'y' | 'width' | 'height', number>): boolean {
  return (
    Math.abs(x) <= farPx &&
    Math.abs(y) <= farPx &&
    width >= 0 &&
    width <= farPx &&
    height >= 0 &&
    height <= farPx
  );
}
