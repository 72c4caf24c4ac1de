import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cropWords,
  mapWords,
  mergedWordLimit,
  mergeKnownWords,
  mergeWords,
} from '../../../../src/core/redaction/merge-words.ts';
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

test('labels that read alike come out as often as they are in the page, however it is cut into frames', () => {
  const frameHeights = fc.integer({ min: 25, max: 400 });
  fc.assert(
    fc.property(frameHeights, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), (...page) => {
      const [frameHeight, columns, rows] = page;
      const all = Array.from({ length: columns * rows }, (_, index) => ({
        text: 'Edit',
        words: [word(0, Math.floor(index / columns) * 24, (index % columns) * 44)],
      }));
      const frames: PageWords[] = [];
      for (let top = 0; top < rows * 24; top += frameHeight) {
        const isShown = ({ y, height }: PlacedWord) => y < top + frameHeight && y + height > top;
        frames.push(words(...all.filter(block => block.words.every(isShown))));
      }
      expect(mergeWords(frames).blocks).toEqual(all);
    }),
  );
});

test('frames whose words are not known take nothing from the others, and it is said', () => {
  const known = words({ text: 'here', words: [word(0, 90)] });
  expect(mergeKnownWords([null, known, null])).toEqual({ ...known, isCut: true });
  expect(mergeKnownWords([known])).toEqual(known);
  expect(mergeKnownWords([null, null])).toBeNull();
  expect(mergeKnownWords([])).toBeNull();
});

test('a large word and the thin piece of it that the next frame shows are one', () => {
  const large = { start: 0, end: 4, x: 5, y: 100, width: 900, height: 300 };
  const piece = { ...large, y: 396, height: 5 };
  const { blocks } = mergeWords([
    words({ text: 'HUGE', words: [large] }),
    words({ text: 'HUGE', words: [piece] }),
  ]);
  expect(blocks).toEqual([{ text: 'HUGE', words: [{ ...large, height: 301 }] }]);
});

test('what is over the limit of words is left out and said; its secret fields stay', () => {
  const field = { x: 0, y: 0, width: 9, height: 9 };
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => ({ text: 'Edit', words: [word(0, (from + row) * 24)] }));
  const full = mergeWords([words(...rows(0, mergedWordLimit))]);
  expect([full.blocks.length, full.isCut]).toEqual([mergedWordLimit, false]);
  const over = mergeWords([
    words(...rows(0, mergedWordLimit)),
    { ...words(...rows(mergedWordLimit, 1)), secretFields: [field] },
  ]);
  expect([over.blocks.length, over.isCut]).toEqual([mergedWordLimit, true]);
  expect(over.secretFields).toEqual([field]);
});

const manyWords = 20_000;
test.each<[string, (frame: number, index: number) => PageWords['blocks'][number]]>([
  ['each like all others', (frame, row) => ({ text: 'Edit', words: [word(0, (frame * 900 + row) * 24)] })],
  ['all in one place', (_, row) => ({ text: 'Edit', words: [word(0, 0, row / 1_000)] })],
  ['never seen whole', (frame, row) => ({ text: 'Edit all', words: [word(0, frame * 9_000 + row)] })],
  ['all different', (frame, row) => ({ text: `Edit ${frame} ${row}`, words: [word(0, row * 24)] })],
])('60 frames of 20,000 words are merged in less than a second: %s', (_name, blockAt) => {
  const different = Array.from({ length: 5 }, (_, frame) => ({
    ...words(...Array.from({ length: manyWords }, (_word, index) => blockAt(frame, index))),
    secretFields: Array.from({ length: 1_000 }, (_field, index) => ({ x: index, y: 0, width: 1, height: 1 })),
  }));
  const frames = Array.from({ length: 60 }, (_, frame) => different[frame % 5] ?? words());
  const before = process.cpuUsage();
  expect(mergeWords(frames).isCut).toBe(true);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});

test('long paragraphs and fields in one place are merged as fast', () => {
  const text = 'word '.repeat(4_000);
  const lines = Array.from({ length: 4_000 }, (_, line) => word(line * 5, Math.floor(line / 20) * 24));
  const fields = Array.from({ length: 1_000 }, (_, index) => ({ x: 0, y: 2 * index, width: 1, height: 1 }));
  const frame = {
    ...words(...Array.from({ length: 5 }, () => ({ text, words: lines }))),
    secretFields: fields,
  };
  const before = process.cpuUsage();
  const merged = mergeWords(Array.from({ length: 60 }, () => frame));
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
  expect(merged.blocks.map(block => block.words.length)).toEqual([4_000, 4_000, 4_000, 4_000, 4_000]);
  expect(merged.secretFields).toHaveLength(1_000);
});
