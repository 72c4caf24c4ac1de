import {
  allBlocksLimitCharacters,
  blockLimit,
  blockLimitCharacters,
  secretFieldLimit,
  wordLimit,
} from '../core/redaction/page-word-limits.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import { isBoundedData } from './bounded-data.ts';
import { z } from './zod.ts';

/** What the content script says about the words in sight. The page's renderer may be hostile. */

/** CSS px; farther away than any window reaches. */
const farPx = 1_000_000;
const place = z.number().check(z.gte(-farPx), z.lte(farPx));
const side = z.number().check(z.gte(0), z.lte(farPx));
const rect = { x: place, y: place, width: side, height: side };
const offset = z.int().check(z.gte(0), z.lte(blockLimitCharacters));

const pageWordsSchema: z.ZodMiniType<PageWords> = z.strictObject({
  blocks: z
    .array(
      z.strictObject({
        text: z.string().check(z.maxLength(blockLimitCharacters)),
        words: z.array(z.strictObject({ ...rect, start: offset, end: offset })).check(z.maxLength(wordLimit)),
      }),
    )
    .check(z.maxLength(blockLimit)),
  secretFields: z.array(z.strictObject(rect)).check(z.maxLength(secretFieldLimit)),
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
    const isInside = block.words.every(({ start, end }) => start < end && end <= block.text.length);
    if (!isInside) return null;
    block.text = block.text.toWellFormed().replace(unsafe, character => (character === '\n' ? '\n' : ' '));
  }
  return page;
}
