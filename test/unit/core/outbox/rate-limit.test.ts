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

const start = Date.UTC(2026, 0, 2);
const laneNames: Lane[] = ['ticket', 'reply'];
/** What the vendor allows in any window. */
const vendorLimits = {
  ticket: { windowMs: 1_000, most: 30 },
  reply: { windowMs: 60_000, most: 60 },
} as const;

/** When `count` requests go, after `start`, that are all due at `start`. */
function greedy(lane: Lane, count: number, limiter: Limiter = idleLimiter): number[] {
  const times: number[] = [];
  let state = limiter;
  let now = start;
  for (let n = 0; n < count; n += 1) {
    now = slotAt(state, lane, now);
    state = take(state, lane, now);
    times.push(now - start);
  }
  return times;
}

function usedUp(lane: Lane): Limiter {
  let state = idleLimiter;
  for (let n = 0; n < paceOf[lane].burst; n += 1) state = take(state, lane, start);
  return state;
}

/** The pace of a lane, measured. */
function measured(lane: Lane) {
  const times = greedy(lane, 100);
  const burst = times.filter(ms => ms === 0).length;
  return { burst, intervalMs: times[burst] ?? 0 };
}
const paceOf = { ticket: measured('ticket'), reply: measured('reply') };

describe.each(laneNames)('the pace of the lane: %s', lane => {
  const { burst, intervalMs } = paceOf[lane];

  it('is a few at once, then one each interval', () => {
    expect(burst).toBeGreaterThan(1);
    expect(greedy(lane, burst + 20).slice(burst)).toEqual(
      Array.from({ length: 20 }, (_, n) => (n + 1) * intervalMs),
    );
  });

  it('uses most of the limit, and never more', () => {
    const { windowMs, most } = vendorLimits[lane];
    const sent = greedy(lane, 2 * most).filter(ms => ms < windowMs).length;
    expect(sent).toBeLessThanOrEqual(most);
    expect(sent).toBeGreaterThanOrEqual(0.8 * most);
  });

  it('gives the burst back after a pause', () => {
    const later = start + burst * intervalMs;
    let state = usedUp(lane);
    for (let n = 0; n < burst; n += 1) {
      expect(slotAt(state, lane, later)).toBe(later);
      state = take(state, lane, later);
    }
    expect(slotAt(state, lane, later)).toBe(later + intervalMs);
  });

  it('keeps a lane full, not free, after a take before its slot', () => {
    let state = usedUp(lane);
    for (let n = 0; n < 50; n += 1) state = take(state, lane, start);
    expect(slotAt(state, lane, start)).toBe(start + intervalMs);
  });
});

describe.each(laneNames)('a new clock: %s', lane => {
  const { burst, intervalMs } = paceOf[lane];

  it('lets one request go at once, and gives no second burst', () => {
    const state = withoutBurst(idleLimiter, lane, start);
    const times = greedy(lane, burst + 2, state);
    expect(times).toEqual(Array.from({ length: burst + 2 }, (_, n) => n * intervalMs));
  });

  it('does not forget what was sent just before', () => {
    const state = withoutBurst(usedUp(lane), lane, start);
    expect(slotAt(state, lane, start)).toBe(start + intervalMs);
  });

  it('that was put back years blocks nothing, and gives no second burst', () => {
    const earlier = start - 10 * 365 * 86_400_000;
    for (let state of [usedUp(lane), withoutBurst(usedUp(lane), lane, earlier)]) {
      expect(slotAt(state, lane, earlier)).toBe(earlier);
      state = take(state, lane, earlier);
      expect(slotAt(state, lane, earlier)).toBe(earlier + intervalMs);
    }
  });

  it('whatever it shows, blocks for at most as long as the burst takes', () => {
    const ahead = fc.oneof(fc.integer({ min: -5_000_000, max: 5_000_000 }), fc.integer());
    fc.assert(
      fc.property(ahead, fc.boolean(), (aheadMs, isKnown) => {
        const stored: Limiter = { ...idleLimiter, tatMs: start + aheadMs };
        const state = isKnown ? withoutBurst(stored, lane, start) : stored;
        expect(slotAt(state, lane, start)).toBeLessThanOrEqual(start + burst * intervalMs);
      }),
    );
  });
});

describe.each(laneNames)('the share of the rate: %s', lane => {
  const { intervalMs } = paceOf[lane];
  const gapsAt = (limiter: Limiter) => {
    const times = greedy(lane, 40, limiter);
    return (times[39] ?? 0) - (times[38] ?? 0);
  };

  it('halves, down to a smallest that still sends', () => {
    let state = slower(idleLimiter, start);
    expect(gapsAt(state)).toBe(2 * intervalMs);
    state = slower(state, start);
    expect(gapsAt(state)).toBe(4 * intervalMs);
    for (let n = 0; n < 100; n += 1) state = slower(state, start);
    expect(gapsAt(state)).toBeLessThanOrEqual(60_000);
  });

  it('comes back by steps, to the whole and no further', () => {
    let state = slower(slower(slower(idleLimiter, start), start), start);
    const shares = [state.share];
    while (state.share < 1 && shares.length < 100) {
      state = faster(state, start);
      shares.push(state.share);
    }
    expect(state.share).toBe(1);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(faster(state, start).share).toBe(1);
  });

  it('changes what a used slot takes, and not how many are free', () => {
    const freeOf = (limiter: Limiter) => {
      let [state, free] = [limiter, 0];
      for (; slotAt(state, lane, start) <= start + 1; free += 1) state = take(state, lane, start);
      return free;
    };
    for (let state = usedUp(lane), n = 0; n < 20; n += 1) {
      state = n % 3 === 0 ? faster(state, start) : slower(state, start);
      expect(freeOf(state)).toBe(0);
      expect(freeOf({ ...state, tatMs: 0 })).toBe(paceOf[lane].burst);
    }
  });
});
