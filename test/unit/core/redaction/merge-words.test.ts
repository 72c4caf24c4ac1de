import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropWords, mapWords, mergeWords } from '../../../../src/core/redaction/merge-words.ts';
import type { PageWords, PlacedWord } from '../../../../src/core/redaction/page-words.ts';

function word(start: number, y: number, x = 10): PlacedWord {
  return { start, end: start + 4, x, y, width: 40, height: 20 };
}

function words(...blocks: PageWords['blocks']): PageWords {
  return { blocks, secretFields: [], isCut: false };
}

test('a word that a seam cuts stands in both frames and comes out once', () => {
  const above = words({ text: 'card 4242', words: [word(0, 80), word(5, 100)] });
  // The same line in the next frame, a pixel off, and the line below.
  const below = words({ text: 'card 4242', words: [word(5, 101), word(10, 120)] });
  const { blocks } = mergeWords([above, below]);
  expect(blocks).toHaveLength(1);
  expect(blocks[0]?.words.map(({ start, y, height }) => [start, y, height])).toEqual([
    [0, 80, 20],
    [5, 100, 21],
    [10, 120, 20],
  ]);
});

test('a paragraph whose lines fall on both sides of a seam is one again', () => {
  const { blocks } = mergeWords([
    words({ text: 'one two', words: [word(0, 80)] }),
    words({ text: 'one two', words: [word(4, 100)] }),
  ]);
  expect(blocks.map(block => block.words.length)).toEqual([2]);
});

test('blocks that only read alike stay apart', () => {
  const rows = words({ text: 'Edit', words: [word(0, 10)] }, { text: 'Edit', words: [word(0, 40)] });
  const more = words({ text: 'Edit', words: [word(0, 70)] });
  expect(mergeWords([rows, more]).blocks).toHaveLength(3);
});

test('a secret field that two frames show is one, as large as both', () => {
  const field = { x: 0, y: 90, width: 100, height: 20 };
  const merged = mergeWords([
    { ...words(), secretFields: [field] },
    { ...words(), secretFields: [{ ...field, y: 91 }], isCut: true },
  ]);
  expect(merged).toMatchObject({ secretFields: [{ y: 90, height: 21 }], isCut: true });
});

test('a crop keeps what lies in it partly, from its corner; a word on a cut is in both parts', () => {
  const all = words({ text: 'here', words: [word(0, 90)] });
  const top = cropWords(all, { x: 0, y: 0, width: 200, height: 100 });
  const bottom = cropWords(all, { x: 0, y: 100, width: 200, height: 100 });
  expect(top.blocks[0]?.words[0]).toMatchObject({ y: 90, height: 10 });
  expect(bottom.blocks[0]?.words[0]).toMatchObject({ y: 0, height: 10 });
  expect(cropWords(all, { x: 0, y: 200, width: 200, height: 100 }).blocks).toEqual([]);
});

test('what is mapped to nothing is dropped, and a block without words with it', () => {
  const all = words({ text: 'a b', words: [word(0, 0), word(2, 50)] }, { text: 'c', words: [word(0, 99)] });
  const kept = mapWords(all, place => (place.y < 60 ? place : null));
  expect(kept.blocks.map(({ text }) => text)).toEqual(['a b']);
});

test('however a page is cut into frames, each of its words comes out once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 21, max: 300 }), fc.integer({ min: 1, max: 60 }), (frameHeight, lines) => {
      const text = 'word '.repeat(lines);
      const all = Array.from({ length: lines }, (_, line) => word(line * 5, line * 24));
      const frames: PageWords[] = [];
      for (let top = 0; top < lines * 24; top += frameHeight) {
        const shown = all.filter(({ y, height }) => y < top + frameHeight && y + height > top);
        frames.push(words(...(shown.length > 0 ? [{ text, words: shown }] : [])));
      }
      const merged = mergeWords(frames);
      expect(merged.blocks).toHaveLength(1);
      expect(merged.blocks[0]?.words).toEqual(all);
    }),
  );
});
