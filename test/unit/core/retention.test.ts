import { describe, expect, test } from 'vitest';
import { type AgeMark, dayMs, nextAgeMark } from '../../../src/core/retention.ts';

const start = Date.UTC(2026, 0, 2);
const hourMs = 3_600_000;
const tenYearsMs = 3_650 * dayMs;

/** Looks at these instants, one after the other; answers at which of them what is old may go. */
function removals(...instants: number[]): boolean[] {
  let mark: AgeMark | null = null;
  return instants.map(now => {
    mark = nextAgeMark(mark, now);
    return mark.removesFrom <= now;
  });
}

describe('what is old may go', () => {
  test('at every look of a clock that runs, a day after the first one', () => {
    expect(removals(start, start + hourMs, start + dayMs, start + dayMs + 1, start + 5 * dayMs)).toEqual([
      ...[false, false],
      ...[true, true, true],
    ]);
  });

  test('not for a day after a clock was put forward by years', () => {
    const forward = start + dayMs + tenYearsMs;
    expect(removals(start, start + dayMs, forward, forward + dayMs - 1, forward + dayMs)).toEqual([
      ...[false, true],
      ...[false, false, true],
    ]);
  });

  test('never by a clock that was put forward and back again within the day', () => {
    const wrong = start + dayMs + tenYearsMs;
    const right = start + dayMs + hourMs;
    const looks = removals(start, start + dayMs, wrong, wrong + hourMs, right, right + hourMs, right + dayMs);
    expect(looks).toEqual([false, true, false, false, false, false, true]);
  });

  test('also where the browser is opened once a month: at every second time', () => {
    const monthly = [0, 30, 60, 90, 120].map(days => start + days * dayMs);
    expect(removals(...monthly)).toEqual([false, true, false, true, false]);
  });

  test('though the clock is corrected by seconds', () => {
    expect(removals(start, start + dayMs, start + dayMs - 5_000, start + dayMs + 1)).toEqual([
      ...[false, true],
      // It is a little before the day is over again.
      ...[false, true],
    ]);
  });
});
