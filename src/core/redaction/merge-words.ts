import { intersection, type Rect, union } from '../image/geometry.ts';
import type { PageWords, PlacedWord } from './page-words.ts';
import { createPlaceIndex } from './place-index.ts';

/** So many words are taken over all frames of a picture; the rest is left out and said (`isCut`). */
export const mergedWordLimit = 60_000;
// Of the paragraphs that are not seen whole yet and read alike, so many of the newest are remembered.
const unfinishedLimit = 400;

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
 * What is known of a picture from what each of its frames showed, null where that could not be read. What is missing
 * is said by `isCut`; null where nothing is known at all.
 */
export function mergeKnownWords(frames: readonly (PageWords | null)[]): PageWords | null {
  const known = frames.flatMap(frame => frame ?? []);
  if (known.length === 0) return null;
  const merged = mergeWords(known);
  return { ...merged, isCut: merged.isCut || known.length < frames.length };
}

type Seen = PlacedWord & { block: Growing };

/** A block that is being put together. */
interface Growing {
  words: Seen[];
  /** Where its words start. */
  starts: Set<number>;
}

/** All blocks of one text. */
interface Alike {
  text: string;
  id: number;
  /** Those of the frames before that have words still to come. */
  unfinished: Growing[];
  /** How many words the text has; null until it is needed. */
  wordCount: number | null;
}

/**
 * Words of several frames of one page as one list; all places in px of the same picture. A word that a seam cuts
 * stands in both frames and comes out once; a paragraph that a seam cuts becomes one block again.
 */
export function mergeWords(frames: readonly PageWords[]): PageWords {
  const byText = new Map<string, Alike>();
  const grown: { text: string; block: Growing }[] = [];
  const places = createPlaceIndex<Seen>();
  let isCut = frames.some(frame => frame.isCut);
  let room = mergedWordLimit;

  for (const frame of frames) {
    // Blocks of one frame are never the same block, however alike they are.
    const taken = new Map<Growing, Alike>();
    for (const { text, words } of frame.blocks) {
      const fitting = words.slice(0, room);
      isCut ||= fitting.length < words.length;
      room -= fitting.length;
      if (fitting.length === 0) continue;
      const alike = byText.get(text);
      const known = alike && (sharing(alike, fitting) ?? continued(alike, fitting));
      const of = alike ?? { text, id: byText.size, unfinished: [], wordCount: null };
      if (!alike) byText.set(text, of);
      const block = known ?? { words: [], starts: new Set<number>() };
      if (!known) grown.push({ text, block });
      for (const word of fitting) addWord(block, nameOf(of, word), word);
      taken.set(block, of);
    }
    for (const [block, alike] of taken) {
      if (alike.unfinished.length > 0 && isWhole(alike, block)) continue;
      alike.unfinished.push(block);
      if (alike.unfinished.length > unfinishedLimit) alike.unfinished.shift();
    }

    function sharing(alike: Alike, words: readonly PlacedWord[]): Growing | undefined {
      for (const word of words) {
        const seen = places.find(nameOf(alike, word), word, ({ block }) => !taken.has(block));
        if (!seen) continue;
        forget(alike, seen.block);
        return seen.block;
      }
      return undefined;
    }
  }

  function addWord(block: Growing, name: string, word: PlacedWord): void {
    const known = places.find(name, word, other => other.block === block);
    if (known) {
      places.move(name, known, union(known, word));
      return;
    }
    const { x, y, width, height, start, end } = word;
    const seen = { x, y, width, height, start, end, block };
    block.words.push(seen);
    block.starts.add(start);
    places.add(name, seen);
  }

  const blocks = grown.map(({ text, block }) => ({ text, words: block.words.map(plainWord) }));
  return { blocks, secretFields: mergeFields(frames), isCut };
}

/** One of the frames before that shows other words of the text: the paragraph goes on here. It is unfinished no more. */
function continued(alike: Alike, words: readonly PlacedWord[]): Growing | undefined {
  const block = alike.unfinished.find(({ starts }) => words.every(({ start }) => !starts.has(start)));
  if (block) forget(alike, block);
  return block;
}

function forget(alike: Alike, block: Growing): void {
  const at = alike.unfinished.indexOf(block);
  if (at >= 0) alike.unfinished.splice(at, 1);
}

function isWhole(alike: Alike, { starts }: Growing): boolean {
  alike.wordCount ??= alike.text.match(/\S+/g)?.length ?? 0;
  return starts.size >= alike.wordCount;
}

function nameOf({ id }: Alike, { start, end }: PlacedWord): string {
  return `${id} ${start} ${end}`;
}

function plainWord({ x, y, width, height, start, end }: PlacedWord): PlacedWord {
  return { x, y, width, height, start, end };
}

function mergeFields(frames: readonly PageWords[]): Rect[] {
  const merged: Rect[] = [];
  const places = createPlaceIndex<Rect>();
  for (const field of frames.flatMap(({ secretFields }) => secretFields)) {
    const known = places.find('', field, () => true);
    if (known) places.move('', known, union(known, field));
    else {
      const added = { ...field };
      merged.push(added);
      places.add('', added);
    }
  }
  return merged;
}
