import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  faster,
  idleLimiter,
  type Lane,
  type Limiter,
  slotAt,
  slower,
  take,
  withoutBurst,
} from '../../../../src/core/outbox/rate-limit.ts';
import { Chance } from '../../../integration/crashes/chance.ts';

const start = Date.UTC(2026, 0, 2);
const tenYearsMs = 10 * 365 * 86_400_000;
/** What the vendor allows in any window. */
const vendorLimits = {
  ticket: { windowMs: 1_000, most: 30 },
  reply: { windowMs: 60_000, most: 60 },
} as const;
/** A worker needs as long to start. */
const startMs = 300;
/** Nobody sets the clock more often. */
const clockIsSetEveryMs = 20_000;
/** A step of the clock that may go unnoticed. */
const unnoticedMs = 20;

interface Course {
  /** Real time of each request, ascending; it runs on whatever the clock is set to. */
  sentAt: number[];
  /** As a part of what the whole burst takes at the rate of that moment. */
  longestWait: number;
}

/** How long the burst of a lane takes at the full rate. */
function burstMs(lane: Lane): number {
  let limiter = idleLimiter;
  let burst = 0;
  while (slotAt(limiter, lane, start) === start) {
    limiter = take(limiter, lane, start);
    burst += 1;
  }
  return burst * (slotAt(limiter, lane, start) - start);
}

/**
 * An outbox with no end of requests, through restarts, pauses, refusals, and a clock that is set while it works or
 * sleeps. The answers are there at once: nothing but the limiter holds a request back.
 */
function course(lane: Lane, seed: number, steps: number): Course {
  const chance = new Chance(seed);
  // How often things happen is drawn too: rarely for a steady stream, often for one that never gets going.
  const often = (most: number) => chance.next() ** 2 * most;
  const rates = { restart: often(0.1), clock: often(0.1), pause: often(0.1), refusal: often(0.3) };
  const fullBurstMs = burstMs(lane);
  const sentAt: number[] = [];
  let longestWait = 0;
  let real = 0;
  let offset = start;
  let wasSetAt = Number.NEGATIVE_INFINITY;
  let limiter: Limiter = idleLimiter;

  const setClock = (range: number): boolean => {
    if (real - wasSetAt < clockIsSetEveryMs) return false;
    wasSetAt = real;
    offset += chance.whole(-range, range);
    return true;
  };
  while (sentAt.length < steps) {
    if (chance.isTrue(rates.restart)) {
      real += chance.whole(startMs, 2 * startMs);
      if (chance.isTrue(0.5)) setClock(chance.pick([1_000, 3_600_000, tenYearsMs]));
      limiter = withoutBurst(JSON.parse(JSON.stringify(limiter)), lane, real + offset);
    }
    if (chance.isTrue(rates.clock)) {
      const range = chance.pick([unnoticedMs, 1_000, tenYearsMs]);
      if (setClock(range) && range > unnoticedMs) limiter = withoutBurst(limiter, lane, real + offset);
    }
    if (chance.isTrue(rates.pause)) real += chance.whole(0, 5_000);
    const slot = slotAt(limiter, lane, real + offset) - offset;
    // A slot is a whole millisecond.
    longestWait = Math.max(longestWait, ((slot - real - 1) * limiter.share) / fullBurstMs);
    real = slot;
    limiter = take(limiter, lane, real + offset);
    sentAt.push(real);
    limiter = (chance.isTrue(rates.refusal) ? slower : faster)(limiter, real + offset);
  }
  return { sentAt, longestWait };
}

/** The most requests in any window [t, t + windowMs). */
function mostWithin(sentAt: readonly number[], windowMs: number): number {
  let most = 0;
  let end = 0;
  for (const [begin, from] of sentAt.entries()) {
    while (end < sentAt.length && (sentAt[end] ?? 0) < from + windowMs) end += 1;
    most = Math.max(most, end - begin);
  }
  return most;
}

describe.each<Lane>(['ticket', 'reply'])(
  '500,000 requests, whatever happens to worker and clock: %s',
  lane => {
    const { windowMs, most } = vendorLimits[lane];

    it('never exceed the limit of the vendor, and none waits longer than the burst takes', () => {
      fc.assert(
        fc.property(fc.integer(), seed => {
          const { sentAt, longestWait } = course(lane, seed, 5_000);
          expect(mostWithin(sentAt, windowMs)).toBeLessThanOrEqual(most);
          expect(longestWait).toBeLessThanOrEqual(1);
        }),
        { numRuns: 100 },
      );
    }, 30_000);
  },
);
