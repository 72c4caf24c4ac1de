import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, backoffWindowMs, longestBackoffMs } from '../../../../src/core/outbox/backoff.ts';

describe('the window after the n-th failure in a row', () => {
  it.each([
    [1, 2_000, 2_000],
    [2, 4_000, 4_000],
    [3, 8_000, 8_000],
    [7, 128_000, 128_000],
    [8, 150_000, 256_000],
    [9, 150_000, 512_000],
    [10, 900_000, 1_024_000],
    [11, 900_000, 2_048_000],
    [12, 900_000, 3_600_000],
    [5_000, 900_000, 3_600_000],
  ])('%i: %i ms for a ticket, %i ms for a reply', (failuresInRow, ticketMs, replyMs) => {
    expect(backoffWindowMs('ticket', failuresInRow)).toBe(ticketMs);
    expect(backoffWindowMs('reply', failuresInRow)).toBe(replyMs);
  });
});

describe('the delay', () => {
  it('is drawn from the whole window', () => {
    const third = { kind: 'ticket', failuresInRow: 3, retryAfterMs: null } as const;
    expect(backoffMs(third, () => 0)).toBe(0);
    expect(backoffMs(third, () => 0.5)).toBe(4_000);
    expect(backoffMs(third, () => 0.999999)).toBe(7_999);
  });

  it('comes on top of what the server asked for', () => {
    const told = { kind: 'reply', failuresInRow: 1, retryAfterMs: 120_000 } as const;
    expect(backoffMs(told, () => 0)).toBe(120_000);
    expect(backoffMs(told, () => 0.5)).toBe(121_000);
  });

  it('stays between what the server asked for and the longest wait', () => {
    const kind = fc.constantFrom('ticket', 'reply');
    const told = fc.option(fc.integer({ min: -10, max: 3_600_000 }));
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        kind,
        fc.integer({ min: 0, max: 3_000 }),
        told,
        fraction,
        (kind, failuresInRow, retryAfterMs, r) => {
          const delayMs = backoffMs({ kind, failuresInRow, retryAfterMs }, () => r);
          expect(Number.isInteger(delayMs)).toBe(true);
          expect(delayMs).toBeGreaterThanOrEqual(Math.max(0, retryAfterMs ?? 0));
          expect(delayMs).toBeLessThanOrEqual(longestBackoffMs(kind, failuresInRow));
        },
      ),
    );
  });
});
