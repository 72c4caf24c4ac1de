import '../../support/fake-browser.ts';

import { expect, test } from 'vitest';
import { nextTryText } from '../../../src/ui/next-try-text.ts';

const now = Date.UTC(2024, 5, 10, 18, 34);

test.each([
  [12_000, 'Next try in 12 s.'],
  [11_999, 'Next try in 12 s.'],
  [11_001, 'Next try in 12 s.'],
  [11_000, 'Next try in 11 s.'],
  [1, 'Next try in 1 s.'],
  [0, 'Next try now.'],
  [-60_000, 'Next try now.'],
  [89_000, 'Next try in 89 s.'],
  [89_001, 'Next try in 2 min.'],
  [120_000, 'Next try in 2 min.'],
  [120_001, 'Next try in 3 min.'],
  [3_600_000, 'Next try in 60 min.'],
])('%i ms ahead: %s', (aheadMs, words) => {
  expect(nextTryText(now + aheadMs, now)).toBe(words);
});
