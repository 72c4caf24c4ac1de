import '../../support/fake-browser.ts';
import { expect, test } from 'vitest';
import { agoText } from '../../../src/ui/ago-text.ts';

const now = new Date(2026, 5, 10, 12, 0).getTime();
const at = (...date: [year: number, month: number, day: number, hour: number, minute: number]) =>
  new Date(...date).getTime();

test.each([
  [at(2026, 5, 10, 12, 5), 'just now'],
  [at(2026, 5, 10, 11, 59), '1 minute ago'],
  [at(2026, 5, 10, 11, 1), '59 minutes ago'],
  [at(2026, 5, 10, 11, 0), '1 hour ago'],
  [at(2026, 5, 10, 0, 30), '11 hours ago'],
  [at(2026, 5, 9, 23, 59), 'yesterday'],
  [at(2026, 5, 9, 0, 1), 'yesterday'],
  [at(2026, 5, 8, 23, 59), '2 days ago'],
  [at(2026, 4, 27, 12, 0), '2 weeks ago'],
  [at(2026, 2, 10, 12, 0), '3 months ago'],
  [at(2023, 5, 10, 12, 0), '3 years ago'],
])('%d is %s', (instantMs, words) => {
  expect(agoText(instantMs, now)).toBe(words);
});

test('what was in the evening before is no whole day ago in the night', () => {
  expect(agoText(at(2026, 5, 9, 23, 0), at(2026, 5, 10, 1, 0))).toBe('2 hours ago');
});
