import { describe, expect, test } from 'vitest';
import {
  appendToBody,
  type Draft,
  emptyDraft,
  isUntouched,
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
    { companyText: 'x' },
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
