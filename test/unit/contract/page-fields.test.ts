import { expect, test } from 'vitest';
import { parseFieldAnswers } from '../../../src/contract/page-fields.ts';

const answer = { value: 'a', isInvalid: false };

test('an answer to each question is taken, on one line', () => {
  expect(
    parseFieldAnswers(
      [
        { ...answer, value: 'a\u202e\n b' },
        { value: null, isInvalid: true },
      ],
      2,
    ),
  ).toEqual([
    { value: 'a b', isInvalid: false },
    { value: null, isInvalid: true },
  ]);
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['a text', 'x'],
  ['too few', []],
  ['too many', [answer, answer]],
  ['a long value', [{ ...answer, value: 'x'.repeat(1_001) }]],
  ['a number', [{ ...answer, value: 1 }]],
  ['a key more', [{ ...answer, more: 1 }]],
  ['a key less', [{ value: 'a' }]],
  ['a list in a list', [[answer]]],
  ['very many', Array(10_000).fill(answer)],
])('%s is no answer', (_, input) => {
  expect(parseFieldAnswers(input, 1)).toBeNull();
});
