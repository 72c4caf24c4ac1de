import { intersection, type Rect, union } from '../image/geometry.ts';
import type { PageWords, PlacedWord, WordBlock } from './page-words.ts';

/** The words with every place mapped; what the map answers null for is dropped, and blocks without words with it. */
export function mapWords(words: PageWords, map: (place: Rect) => Rect | null): PageWords {
  const blocks = words.blocks.flatMap(({ text, words: placed }) => {
    const kept = placed.flatMap(word => {
      const place = map(word);
      return place ? [{ ...place, start: word.start, end: word.end }] : [];
    });
    return kept.length > 0 ? [{ text, words: kept }] : [];
  });
  const secretFields = words.secretFields.flatMap(field => map(field) ?? []);
  return { blocks, secretFields, isCut: words.isCut };
}

/** The words that lie in `crop` at least partly, with places from its corner and inside of it. */
export function cropWords(words: PageWords, crop: Rect): PageWords {
  return mapWords(words, place => {
    const { x, y, width, height } = place;
    const inside = intersection({ x, y, width, height }, crop);
    return inside && { ...inside, x: inside.x - crop.x, y: inside.y - crop.y };
  });
}

/**
 * Words of several frames of one page as one list; all places in px of the same picture. A word that a seam cuts
 * stands in both frames and comes out once; a paragraph that a seam cuts becomes one block again.
 */
export function mergeWords(frames: readonly PageWords[]): PageWords {
  const merged: PageWords = { blocks: [], secretFields: [], isCut: frames.some(({ isCut }) => isCut) };
  const byText = new Map<string, WordBlock[]>();
  for (const frame of frames) {
    // Blocks of one frame are never the same block, however alike they are.
    const taken = new Set<WordBlock>();
    for (const block of frame.blocks) {
      const alike = byText.get(block.text) ?? [];
      const same = alike.find(other => !taken.has(other) && isSameBlock(other, block));
      const target = same ?? { text: block.text, words: [] };
      for (const word of block.words) addWord(target, word);
      taken.add(target);
      if (same) continue;
      merged.blocks.push(target);
      byText.set(block.text, [...alike, target]);
    }
    for (const field of frame.secretFields) {
      const at = merged.secretFields.findIndex(other => isSamePlace(other, field));
      const known = merged.secretFields[at];
      if (known) merged.secretFields[at] = union(known, field);
      else merged.secretFields.push({ ...field });
    }
  }
  return merged;
}

/** Either they share a word, or each shows words of the text that the other does not. */
function isSameBlock(one: WordBlock, other: WordBlock): boolean {
  if (other.words.some(word => one.words.some(known => isSameWord(known, word)))) return true;
  const starts = new Set(one.words.map(({ start }) => start));
  return other.words.every(({ start }) => !starts.has(start));
}

function addWord(block: WordBlock, word: PlacedWord): void {
  const at = block.words.findIndex(known => isSameWord(known, word));
  const known = block.words[at];
  if (known) block.words[at] = { ...union(known, word), start: word.start, end: word.end };
  else block.words.push({ ...word });
}

function isSameWord(one: PlacedWord, other: PlacedWord): boolean {
  return one.start === other.start && one.end === other.end && isSamePlace(one, other);
}

// Rounding and a part hidden behind the frame's edge move the edges of a word, but not most of it.
function isSamePlace(one: Rect, other: Rect): boolean {
  const shared = intersection(one, other);
  const smaller = Math.min(one.width * one.height, other.width * other.height);
  return shared !== null && shared.width * shared.height > smaller / 2;
}
