import { describe, expect, test } from 'vitest';
import { appendToBody } from '../../../src/core/draft.ts';
import { mergeText } from '../../../src/core/merge-text.ts';

test.each([
  ['nobody changed anything', 'a', 'a', 'a', 'a'],
  ['only the store changed', 'a', 'a', 'b', 'b'],
  ['only the field changed', 'a', 'ab', 'a', 'ab'],
  ['the field changed, and the store was given the same words', 'a', 'ab', 'ab', 'ab'],
  ['the store has an earlier state of the field', '', 'typed more', 'typed', 'typed more'],
  ['both changed in the middle: typed words win', 'a b c', 'a X c', 'a Y c', 'a X c'],
  ['the store was emptied', 'a', 'ab', '', 'ab'],
  ['the field was emptied', 'a', '', 'a', ''],
])('%s', (_, base, local, stored, merged) => {
  expect(mergeText(base, local, stored)).toBe(merged);
});

describe('an addition at the end of the stored text', () => {
  test.each([
    ['into an empty field', '', '', '> quote\n'],
    ['below typed words', '', 'typed', 'typed\n\n> quote\n'],
    ['below words typed after what was there', 'before', 'before and more', 'before and more\n\n> quote\n'],
    ['although what was there was changed', 'before', 'after', 'after\n\n> quote\n'],
    ['with one blank line between, whatever the field ends with', 'a', 'ab\n\n\n', 'ab\n\n> quote\n'],
  ])('is taken over %s', (_, base, local, merged) => {
    expect(mergeText(base, local, appendToBody(base, '> quote'))).toBe(merged);
  });

  test('is taken over once', () => {
    const stored = appendToBody('a', '> quote');
    const merged = mergeText('a', 'ab', stored);
    expect(mergeText(stored, merged, stored)).toBe(merged);
  });

  test('is taken over though the base ended with blanks that the addition replaced', () => {
    expect(mergeText('a \n', 'ab', 'a\n\n> quote\n')).toBe('ab\n\n> quote\n');
  });
});

describe('an addition in the middle of the stored text, as a template takes it', () => {
  const base = 'Said:\n\n\n\nWanted:';
  const stored = 'Said:\n\n> one\n> two\n\nWanted:';

  test.each([
    ['behind words typed before it', 'Mine. Said:\n\n\n\nWanted:', 'Mine. Said:\n\n> one\n> two\n\nWanted:'],
    ['before words typed behind it', `${base} x`, 'Said:\n\n> one\n> two\n\nWanted: x'],
    ['below, where its place is gone', 'typed', 'typed\n\n> one\n> two\n'],
    ['once', stored, stored],
  ])('is taken over %s', (_, local, merged) => {
    expect(mergeText(base, local, stored)).toBe(merged);
  });

  test('is none when it may be what was typed there and stored before', () => {
    expect(mergeText('ab', 'axxb', 'axb')).toBe('axxb');
    expect(mergeText('a\nb', 'a\nx\ny\nz\nb', 'a\nx\ny\nb')).toBe('a\nx\ny\nz\nb');
  });
});

describe('when the base was never stored, and its words are of the field alone', () => {
  test.each([
    ['begun and', 'begun and typed', 'begun\n\n> quote\n', 'begun and typed\n\n> quote\n'],
    ['a', 'ab', '> quote\n', 'ab\n\n> quote\n'],
    ['begun\n\nand', 'begun\n\nand typed', 'begun\n\n> quote\n', 'begun\n\nand typed\n\n> quote\n'],
  ])('%j, typed on to %j over %j: a quote stays below', (base, local, stored, merged) => {
    expect(mergeText(base, local, stored)).toBe(merged);
  });

  test.each([
    ['a b', 'a b c', 'a > x'],
    ['a secret', 'a secret told', 'a ███\n'],
    ['a b', 'a b\n\n> quote\n', 'a\n\n> quote\n'],
  ])(
    '%j, typed on to %j over %j: what is no quote on its own, or is there, is not put below',
    (base, local, stored) => {
      expect(mergeText(base, local, stored)).toBe(local);
    },
  );
});
