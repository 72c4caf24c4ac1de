import { type Rect, union } from '../image/geometry.ts';
import { type Mark, markLimit } from '../marks/mark.ts';
import { findSecrets } from './find-secrets.ts';
import type { PageWords, PlacedWord, WordBlock } from './page-words.ts';
import type { RedactionRules } from './redaction-rules.ts';
import type { SecretKind } from './secret-kind.ts';

/** A place that should not be seen, in the units of the words. */
export interface SecretPlace {
  kind: SecretKind;
  rect: Rect;
}

/** Around the words, for what letters reach beyond their boxes. In the units of the words. */
const margin = 2;

/** The text of a block this short may be the name of what stands in the next: `Password` in the cell before. */
const nameLimitCharacters = 40;

/** Where secrets stand: for each, one box a line around all words that it touches. And the fields that hold one. */
export function secretsInWords(page: PageWords, rules: RedactionRules): SecretPlace[] {
  const places = page.blocks.flatMap((block, index) =>
    findInBlock(block, page.blocks[index - 1]?.text ?? '', rules).flatMap(({ kind, start, end }) =>
      lines(block.words.filter(word => word.start < end && word.end > start)).map(rect => ({ kind, rect })),
    ),
  );
  const fields = rules.kinds.includes('password') ? page.secretFields : [];
  return [...places, ...fields.map(rect => ({ kind: 'password' as const, rect }))].map(({ kind, rect }) => ({
    kind,
    rect: {
      x: rect.x - margin,
      y: rect.y - margin,
      width: rect.width + 2 * margin,
      height: rect.height + 2 * margin,
    },
  }));
}

/** The same as marks for the picture that the words were read from, never more than a picture may have. */
export function proposedRedactions(page: PageWords, rules: RedactionRules, newId: () => string): Mark[] {
  return atMost(secretsInWords(page, rules), markLimit).map(({ kind, rect }) => ({
    id: newId(),
    tool: 'redact',
    rect,
    found: kind,
  }));
}

/** In the block's text, and as the value of what the block before names. */
function findInBlock(block: WordBlock, before: string, rules: RedactionRules) {
  const found = findSecrets(block.text, rules);
  const name = before.trim().replace(/[:：]$/, '');
  if (found.length > 0 || name === '' || name.length > nameLimitCharacters) return found;
  const prefix = `${name}: `;
  return findSecrets(prefix + block.text, rules)
    .map(({ kind, start, end }) => ({ kind, start: start - prefix.length, end: end - prefix.length }))
    .filter(({ start }) => start >= 0);
}

/** Words that stand side by side make one box; a wide gap or another line begins the next. */
function lines(words: readonly PlacedWord[]): Rect[] {
  const boxes: Rect[] = [];
  for (const { x, y, width, height } of words) {
    const word = { x, y, width, height };
    const last = boxes.at(-1);
    if (last && isBeside(last, word)) boxes[boxes.length - 1] = union(last, word);
    else boxes.push(word);
  }
  return boxes;
}

function isBeside(one: Rect, other: Rect): boolean {
  const shared = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const low = Math.min(one.height, other.height);
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width);
  return shared > 0.5 * low && gap < 2 * low;
}

/** Neighbours share a box where there are too many: rather too much is covered than something not. */
function atMost(places: readonly SecretPlace[], limit: number): SecretPlace[] {
  const size = Math.ceil(places.length / limit);
  if (size <= 1) return [...places];
  const merged: SecretPlace[] = [];
  for (const [index, place] of places.entries()) {
    const last = merged.at(-1);
    if (last && index % size !== 0) last.rect = union(last.rect, place.rect);
    else merged.push({ ...place });
  }
  return merged;
}
