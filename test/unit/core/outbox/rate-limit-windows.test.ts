import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
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

interface Course {
  /** Real time of each request, ascending; it runs on whatever the clock is set to. */
  sentAt: number[];
  longestWaitMs: number;
}

/** An outbox with no end of requests, through restarts, pauses and a clock that is set while it works or sleeps. */
function course(lane: Lane, seed: number, steps: number): Course {
  const chance = new Chance(seed);
  // How often things happen is drawn too: rarely for a steady stream, often for one that never gets going.
  const [restarts, jumps, pauses] = [0.1, 0.1, 0.1].map(most => chance.next() ** 2 * most);
  const sentAt: number[] = [];
  let longestWaitMs = 0;
  let real = 0;
  let offset = start;
  let wasSetAt = Number.NEGATIVE_INFINITY;
  let limiter: Limiter = idleLimiter;
  for (let n = chance.whole(0, 2); n > 0; n -= 1) limiter = slower(limiter, start);

  const maySetClock = () => {
    if (real - wasSetAt < clockIsSetEveryMs) return;
    wasSetAt = real;
    const range = chance.pick([1_000, 3_600_000, tenYearsMs]);
    offset += chance.whole(-range, range);
  };
  while (sentAt.length < steps) {
    if (chance.isTrue(restarts ?? 0)) {
      real += chance.whole(startMs, 2 * startMs);
      if (chance.isTrue(0.5)) maySetClock();
      limiter = withoutBurst(JSON.parse(JSON.stringify(limiter)), lane, real + offset);
    }
    if (chance.isTrue(jumps ?? 0)) {
      maySetClock();
      limiter = withoutBurst(limiter, lane, real + offset);
    }
    if (chance.isTrue(pauses ?? 0)) real += chance.whole(0, 5_000);
    const slot = slotAt(limiter, lane, real + offset) - offset;
    longestWaitMs = Math.max(longestWaitMs, slot - real);
    real = slot;
    limiter = take(limiter, lane, real + offset);
    sentAt.push(real);
  }
  return { sentAt, longestWaitMs };
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

/** How long the burst of a lane takes, measured at the smallest rate that is drawn above. */
function burstMs(lane: Lane): number {
  let limiter = slower(slower(idleLimiter, start), start);
  let burst = 0;
  while (slotAt(limiter, lane, start) === start) {
    limiter = take(limiter, lane, start);
    burst += 1;
  }
  return burst * (slotAt(limiter, lane, start) - start);
}

describe.each<Lane>(['ticket', 'reply'])(
  '500,000 requests, whatever happens to worker and clock: %s',
  lane => {
    const { windowMs, most } = vendorLimits[lane];

    it('never exceed the limit of the vendor, and none waits longer than the burst takes', () => {
      fc.assert(
        fc.property(fc.integer(), seed => {
          const { sentAt, longestWaitMs } = course(lane, seed, 5_000);
          expect(mostWithin(sentAt, windowMs)).toBeLessThanOrEqual(most);
          expect(longestWaitMs).toBeLessThanOrEqual(burstMs(lane));
        }),
        { numRuns: 100 },
      );
    }, 30_000);
  },
);
