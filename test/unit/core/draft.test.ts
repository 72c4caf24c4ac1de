import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendToBody,
  clip,
  type Draft,
  emptyDraft,
  isUntouched,
  oneLine,
  sourceSpecificId,
} from '../../../src/core/draft.ts';

describe('an untouched draft', () => {
  test('is an empty one, and one with nothing but blanks', () => {
    expect(isUntouched(emptyDraft('d', 0))).toBe(true);
    expect(isUntouched({ ...emptyDraft('d', 0), body: ' \n', title: '\t' })).toBe(true);
  });

  test('stays one when only the page was noted and choices were made', () => {
    const page: Draft['page'] = { page_url: 'https://example.com/' };
    const draft: Draft = { ...emptyDraft('d', 0, 'reply'), page, category: 'Bug', omittedDetails: ['os'] };
    expect(isUntouched(draft)).toBe(true);
  });

  test.each<Partial<Draft>>([
    { title: 'x' },
    { body: 'x' },
    { customerEmail: 'x' },
    { customerName: 'x' },
    { replyTarget: 'x' },
    { attachments: [{ kind: 'image-url', id: 'i', url: 'https://example.com/a.png' }] },
  ])('is none with %o', changes => {
    expect(isUntouched({ ...emptyDraft('d', 0), ...changes })).toBe(false);
  });
});

test('the id at Assembly depends on the draft and its kind alone', () => {
  expect(sourceSpecificId({ id: 'abc', kind: 'ticket' })).toBe('cap_abc');
  expect(sourceSpecificId({ id: 'abc', kind: 'reply' })).toBe('capr_abc');
});

test.each([
  ['', 'quote\n'],
  ['  \n', 'quote\n'],
  ['a', 'a\n\nquote\n'],
  ['a\n', 'a\n\nquote\n'],
  ['a\n\n\n', 'a\n\nquote\n'],
])('a quote goes below %j with one blank line between', (body, expected) => {
  expect(appendToBody(body, 'quote')).toBe(expected);
});

test.each([
  ['  two\n lines\t', 'two lines'],
  ['safe\u202egnp.exe', 'safegnp.exe'],
  ['nul\u0000l', 'null'],
  ['\ud800', '\ufffd'],
])('%j in one safe line is %j', (text, expected) => {
  expect(oneLine(text)).toBe(expected);
});

describe('clipping', () => {
  test('keeps what fits as it is', () => {
    expect(clip('abc', 3)).toBe('abc');
  });

  test('cuts with an ellipsis inside the limit, without a blank before it', () => {
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('abc def', 5)).toBe('abc…');
  });

  test('never cuts a character that people see as one', () => {
    expect(clip('a👩‍👩‍👧‍👦b', 5)).toBe('a…');
    expect(clip('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…');
  });

  test('never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const clipped = clip(text, limit);
        return clipped.length <= limit && clipped.isWellFormed() === text.isWellFormed();
      }),
    );
  });
});
