import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  idleLimiter,
  type Lane,
  type LimiterState,
  slotAt,
  take,
} from '../../../../src/core/outbox/rate-limit.ts';

const start = Date.UTC(2026, 0, 2);
const lanes = {
  ticket: { windowMs: 1_000, limit: 30, intervalMs: 40, burst: 5 },
  reply: { windowMs: 60_000, limit: 60, intervalMs: 1_100, burst: 3 },
} as const;
const laneNames: Lane[] = ['ticket', 'reply'];

/** When `count` requests go that are all due at `start`. */
function greedy(lane: Lane, count: number): number[] {
  const times: number[] = [];
  let state = idleLimiter;
  let now = start;
  for (let n = 0; n < count; n += 1) {
    now = slotAt(state, lane, now);
    state = take(state, lane, now);
    times.push(now - start);
  }
  return times;
}

describe('the pace', () => {
  it('of tickets is five at once, then one each 40 ms', () => {
    expect(greedy('ticket', 8)).toEqual([0, 0, 0, 0, 0, 40, 80, 120]);
  });

  it('of replies is three at once, then one each 1.1 s', () => {
    expect(greedy('reply', 6)).toEqual([0, 0, 0, 1_100, 2_200, 3_300]);
  });

  it('uses most of the limit: 30 tickets in the first second, 57 replies in the first minute', () => {
    expect(greedy('ticket', 60).filter(ms => ms <= 1_000)).toHaveLength(30);
    expect(greedy('reply', 120).filter(ms => ms <= 60_000)).toHaveLength(57);
  });

  it('of one lane does not slow the other', () => {
    let state = idleLimiter;
    for (let n = 0; n < 5; n += 1) state = take(state, 'ticket', start);
    expect(slotAt(state, 'ticket', start)).toBe(start + 40);
    expect(slotAt(state, 'reply', start)).toBe(start);
  });

  it('gives the burst back after a pause', () => {
    let state = idleLimiter;
    for (let n = 0; n < 5; n += 1) state = take(state, 'ticket', start);
    for (let n = 0; n < 5; n += 1) {
      expect(slotAt(state, 'ticket', start + 200)).toBe(start + 200);
      state = take(state, 'ticket', start + 200);
    }
    expect(slotAt(state, 'ticket', start + 200)).toBe(start + 240);
  });
});

describe('a clock that was put back', () => {
  it.each(laneNames)('years does not block the %s lane, and gives no second burst', lane => {
    let state = idleLimiter;
    for (let n = 0; n < lanes[lane].burst; n += 1) state = take(state, lane, start);
    const earlier = start - 10 * 365 * 86_400_000;
    expect(slotAt(state, lane, earlier)).toBe(earlier);
    state = take(state, lane, earlier);
    expect(slotAt(state, lane, earlier)).toBe(earlier + lanes[lane].intervalMs);
  });

  it.each(laneNames)('by any time blocks the %s lane for at most its burst', lane => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), aheadMs => {
        const state: LimiterState = { ...idleLimiter, [lane]: { tatMs: start + aheadMs } };
        const { burst, intervalMs } = lanes[lane];
        expect(slotAt(state, lane, start)).toBeLessThanOrEqual(start + burst * intervalMs);
      }),
    );
  });
});

it('a take before its slot leaves the lane full, not free', () => {
  let state = idleLimiter;
  for (let n = 0; n < 50; n += 1) state = take(state, 'ticket', start);
  expect(slotAt(state, 'ticket', start)).toBe(start + 40);
});

/** What happens between two requests. `real` time runs on; only `jump` moves the clock against it. */
type Step =
  | { name: 'eager' }
  | { name: 'pause'; ms: number }
  | { name: 'restart' }
  | { name: 'jump'; ms: number };

const usualStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Step>({ name: 'eager' }) },
  { weight: 2, arbitrary: fc.nat({ max: 3_000 }).map((ms): Step => ({ name: 'pause', ms })) },
  { weight: 1, arbitrary: fc.constant<Step>({ name: 'restart' }) },
);
const jumpMs = fc.oneof(
  fc.integer({ min: -400, max: 400 }),
  fc.integer({ min: -3_600_000, max: 3_600_000 }),
  fc.integer({ min: -3e11, max: 3e11 }),
);
const stepWithJumps = fc.oneof(
  { weight: 30, arbitrary: usualStep },
  { weight: 1, arbitrary: jumpMs.map((ms): Step => ({ name: 'jump', ms })) },
);

interface Run {
  /** Real time of each request, ascending. */
  sentAt: number[];
  jumpsForwardAt: number[];
  jumpsBackAt: number[];
}

function run(lane: Lane, steps: readonly Step[]): Run {
  const done: Run = { sentAt: [], jumpsForwardAt: [], jumpsBackAt: [] };
  let state = idleLimiter;
  let real = 0;
  let offset = start;
  for (const step of steps) {
    if (step.name === 'jump') {
      offset += step.ms;
      (step.ms > 0 ? done.jumpsForwardAt : done.jumpsBackAt).push(real);
      continue;
    }
    if (step.name === 'restart') state = JSON.parse(JSON.stringify(state));
    if (step.name === 'pause') real += step.ms;
    real = slotAt(state, lane, real + offset) - offset;
    state = take(state, lane, real + offset);
    done.sentAt.push(real);
  }
  return done;
}

function countWithin(times: readonly number[], from: number, to: number): number {
  return times.filter(time => time >= from && time <= to).length;
}

/** Asserts `limitIn(from, to)` for the closed window that begins at each request. */
function assertWindows(
  sentAt: readonly number[],
  windowMs: number,
  limitIn: (from: number, to: number) => number,
) {
  let end = 0;
  for (const [begin, from] of sentAt.entries()) {
    while (end < sentAt.length && (sentAt[end] ?? 0) <= from + windowMs) end += 1;
    if (end - begin > limitIn(from, from + windowMs)) {
      expect.fail(`${end - begin} requests within ${windowMs} ms from ${from}`);
    }
  }
}

describe.each(laneNames)('never more than the limit in any window: %s', lane => {
  const { windowMs, limit, burst } = lanes[lane];

  it('with pauses and restarts (100,000 requests)', () => {
    const steps = fc.array(usualStep, { minLength: 1_000, maxLength: 1_000, size: 'max' });
    fc.assert(
      fc.property(steps, steps => assertWindows(run(lane, steps).sentAt, windowMs, () => limit)),
      { numRuns: 100 },
    );
  });

  // Nobody can tell a clock put forward from a pause, so such a jump can bring one burst; one put back can
  // bring one request. Inside one worker `now` should come from a clock that does not jump.
  it('but for one burst a jump forward and one request a jump back (100,000 steps)', () => {
    const most = lane === 'ticket' ? 30 : 57;
    const steps = fc.array(stepWithJumps, { minLength: 1_000, maxLength: 1_000, size: 'max' });
    fc.assert(
      fc.property(steps, steps => {
        const { sentAt, jumpsForwardAt, jumpsBackAt } = run(lane, steps);
        assertWindows(
          sentAt,
          windowMs,
          (from, to) =>
            most + burst * countWithin(jumpsForwardAt, from, to) + countWithin(jumpsBackAt, from, to),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('and no request ever waits longer than the burst takes, however the clock jumps', () => {
    const steps = fc.array(stepWithJumps, { minLength: 200, maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(steps, steps => {
        const { sentAt } = run(
          lane,
          steps.filter(step => step.name !== 'pause'),
        );
        for (const [n, time] of sentAt.entries()) {
          expect(time - (sentAt[n - 1] ?? 0)).toBeLessThanOrEqual(burst * lanes[lane].intervalMs);
        }
      }),
    );
  });
});
