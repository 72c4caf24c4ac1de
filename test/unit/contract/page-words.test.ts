import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePageWords } from '../../../src/contract/page-words.ts';
import { blockLimitCharacters, wordLimit } from '../../../src/core/redaction/page-word-limits.ts';
import type { PageWords } from '../../../src/core/redaction/page-words.ts';

const rect = { x: 1.5, y: -2, width: 30, height: 12 };
const good: PageWords = {
  blocks: [{ text: 'two words', words: [{ ...rect, start: 0, end: 3 }] }],
  secretFields: [rect],
  isCut: false,
};
const withBlock = (block: object) => ({ ...good, blocks: [{ ...good.blocks[0], ...block }] });

describe('parsePageWords', () => {
  test('takes words as they are', () => {
    expect(parsePageWords(structuredClone(good))).toEqual(good);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [good]],
    ['a key that nobody asked for', { ...good, more: 1 }],
    ['a word with more', withBlock({ words: [{ ...rect, start: 0, end: 3, more: 1 }] })],
    ['a word behind the text', withBlock({ words: [{ ...rect, start: 0, end: 10 }] })],
    ['a word without characters', withBlock({ words: [{ ...rect, start: 3, end: 3 }] })],
    ['a place that is no number', withBlock({ words: [{ ...rect, x: Number.NaN, start: 0, end: 3 }] })],
    [
      'a place without end',
      withBlock({ words: [{ ...rect, width: Number.POSITIVE_INFINITY, start: 0, end: 3 }] }),
    ],
    ['a side below nothing', { ...good, secretFields: [{ ...rect, width: -1 }] }],
    ['too long a text', withBlock({ text: 'x'.repeat(blockLimitCharacters + 1) })],
    [
      'too many words',
      {
        ...good,
        blocks: Array(2).fill({ text: 'x', words: Array(wordLimit).fill({ ...rect, start: 0, end: 1 }) }),
      },
    ],
    ['a huge list', { ...good, blocks: Array(1_000_000).fill(1) }],
    ['an object with a class', { ...good, blocks: [new Date()] }],
    ['__proto__', JSON.parse(`{"__proto__": {}, ${JSON.stringify(good).slice(1)}`)],
  ])('refuses %s', (_what, input) => {
    expect(parsePageWords(input)).toBeNull();
  });

  test('what must not be shown becomes a blank, and all offsets stay', () => {
    const parsed = parsePageWords(withBlock({ text: 'a\u202eb\u0000c\nd\ud800' }));
    expect(parsed?.blocks[0]?.text).toBe('a b c\nd\ufffd');
  });

  test('takes as many words as there may be in a moment', () => {
    const words = Array.from({ length: wordLimit }, () => ({ ...rect, start: 0, end: 1 }));
    const start = performance.now();
    expect(parsePageWords({ ...good, blocks: [{ text: 'x', words }] })).not.toBeNull();
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('does not throw and does not pollute, whatever it is given', () => {
    const almost = fc
      .tuple(fc.constantFrom('blocks', 'secretFields', 'isCut'), fc.anything())
      .map(([name, odd]) => ({ ...structuredClone(good), [name]: odd }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almost), input => {
        const parsed = parsePageWords(input);
        if (parsed !== null) expect(Object.keys(parsed).sort()).toEqual(Object.keys(good).sort());
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);
});
