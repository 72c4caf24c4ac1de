import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  backoffWindowMs,
  longestBackoffMs,
  longestWindowMs,
} from '../../../../src/core/outbox/backoff.ts';
import { longestRetryAfterMs } from '../../../../src/core/outbox/retry-after.ts';

const firstMs = backoffWindowMs(1);

describe('the window after the n-th failure in a row', () => {
  it('is 2 s at first', () => {
    expect(firstMs).toBe(2_000);
    expect(backoffWindowMs(0)).toBe(firstMs);
  });

  it.each([2, 3, 4, 5, 6, 7, 12, 50, 5_000])('doubles up to the longest: the %i-th', failuresInRow => {
    expect(backoffWindowMs(failuresInRow)).toBe(
      Math.min(longestWindowMs, firstMs * 2 ** (failuresInRow - 1)),
    );
  });

  it('lets a server that is back be noticed within minutes', () => {
    expect(longestWindowMs).toBeLessThanOrEqual(300_000);
  });
});

describe('the delay', () => {
  it('is drawn from the whole window', () => {
    expect(backoffMs(3, null, 0)).toBe(0);
    expect(backoffMs(3, null, 0.5)).toBe(2 * firstMs);
    expect(backoffMs(3, null, 0.999999)).toBe(4 * firstMs - 1);
  });

  it('comes on top of what the server asked for', () => {
    expect(backoffMs(1, 120_000, 0)).toBe(120_000);
    expect(backoffMs(1, 120_000, 0.5)).toBe(120_000 + firstMs / 2);
  });

  it('stays between what the server asked for and the longest wait', () => {
    const told = fc.option(fc.integer({ min: -10, max: longestRetryAfterMs }));
    const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), told, jitter, (failuresInRow, retryAfterMs, jitter) => {
        const delayMs = backoffMs(failuresInRow, retryAfterMs, jitter);
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(Math.max(0, retryAfterMs ?? 0));
        expect(delayMs).toBeLessThanOrEqual(longestBackoffMs);
      }),
    );
  });
});
