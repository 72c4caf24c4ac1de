import { expect, test } from 'vitest';
import { isFresh, isOutdated } from '../../../../src/core/directory/answer-age.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const now = Date.UTC(2026, 0, 2);

test.each([
  ['something', 0, true],
  ['something', 10 * minuteMs - 1, true],
  ['something', 10 * minuteMs, false],
  ['nothing', minuteMs - 1, true],
  ['nothing', minuteMs, false],
  // The clock was put back: nobody knows how old it is.
  ['something', -1, false],
])('an answer that found %s, %d ms ago, is fresh: %s', (found, ageMs, expected) => {
  expect(isFresh(now - ageMs, found === 'nothing', now)).toBe(expected);
});

test.each([
  [0, false],
  [30 * dayMs - 1, false],
  [30 * dayMs, true],
  [-1, true],
])('an answer of %d ms ago is outdated: %s', (ageMs, expected) => {
  expect(isOutdated(now - ageMs, now)).toBe(expected);
});
