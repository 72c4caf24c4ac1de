import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Gate,
  type GatePolicy,
  isHalfOpen,
  opened,
  openGate,
  opensAt,
  shut,
} from '../../../../src/core/outbox/gate.ts';
import { longestRetryAfterMs } from '../../../../src/core/outbox/retry-after.ts';

const now = Date.UTC(2026, 0, 2);
const policy: GatePolicy = {
  firstWindowMs: 2_000,
  growth: 2,
  longestWindowMs: 60_000,
  longestWindowWhenManyMs: 200_000,
  shortestWaitWhenManyMs: 400_000,
};
/** From this failure in a row on, the outage is taken to last. */
const manyFailures = 10;

interface Failed {
  gate: Gate;
  at: number;
}

/** A try that starts when the gate lets it, and fails at once. */
function failedAgain({ gate, at }: Failed, jitter: number, retryAfterMs: number | null = null): Failed {
  const startedAt = opensAt(gate, policy, at) + 1;
  return { gate: shut(gate, policy, { startedAt, retryAfterMs }, startedAt, jitter), at: startedAt };
}

function failedInRow(count: number, jitter = 0): Failed {
  let last: Failed = { gate: openGate, at: now };
  for (let n = 0; n < count; n += 1) last = failedAgain(last, jitter);
  return last;
}

/** How long the gate lets nothing through after the n-th failure in a row, from the smallest to the largest draw. */
function waitAfter(failuresInRow: number): [least: number, most: number] {
  const before = failedInRow(failuresInRow - 1);
  const [least, most] = [0, 1].map(jitter => {
    const { gate, at } = failedAgain(before, jitter);
    return opensAt(gate, policy, at) - at;
  });
  return [least ?? -1, most ?? -1];
}

describe('a gate that was never shut', () => {
  it('holds nothing back', () => {
    expect(opensAt(openGate, policy, now)).toBe(now);
    expect(isHalfOpen(openGate)).toBe(false);
  });
});

describe('a gate that is shut', () => {
  it('opens within a window that doubles with each failure in a row, up to the longest', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(waitAfter)).toEqual(
      [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000].map(most => [0, most]),
    );
  });

  it('starts with the window, and grows by the factor, of its policy', () => {
    const other: GatePolicy = { ...policy, firstWindowMs: 5_001, growth: 1.5 };
    const windows: number[] = [];
    let gate = openGate;
    for (let at = now; windows.length < 8; at += 1) {
      gate = shut(gate, other, { startedAt: at, retryAfterMs: null }, at, 0);
      windows.push(gate.windowMs);
    }
    expect(windows).toEqual([5_001, 7_501, 11_251, 16_876, 25_314, 37_971, 56_956, 60_000]);
  });

  it('has another window, and a shortest wait, from the tenth failure in a row on', () => {
    expect(waitAfter(manyFailures - 1)).toEqual([0, 60_000]);
    expect(waitAfter(manyFailures)).toEqual([400_000, 400_000 + 120_000]);
    expect(waitAfter(manyFailures + 1)).toEqual([400_000, 400_000 + 200_000]);
    expect(waitAfter(manyFailures + 50)).toEqual([400_000, 400_000 + 200_000]);
  });

  it('waits for what the server asked for, and then some of the window', () => {
    const { gate, at } = failedAgain({ gate: openGate, at: now }, 0.5, 30_000);
    expect(opensAt(gate, policy, at)).toBe(at + 30_000 + 1_000);
    // What was asked for and the shortest wait run at the same time.
    const many = failedAgain(failedInRow(manyFailures), 0, 30_000);
    expect(opensAt(many.gate, policy, many.at)).toBe(many.at + 400_000);
    const longer = failedAgain(failedInRow(manyFailures), 0, 500_000);
    expect(opensAt(longer.gate, policy, longer.at)).toBe(longer.at + 500_000);
  });

  it('is half open from then on, until a request is answered', () => {
    const { gate, at } = failedInRow(3, 0.5);
    const opens = opensAt(gate, policy, at);
    expect(opensAt(gate, policy, opens)).toBe(opens);
    expect(isHalfOpen(gate)).toBe(true);
    expect(isHalfOpen(opened(gate))).toBe(false);
    expect(opensAt(opened(gate), policy, at)).toBe(at);
  });
});

describe('tries that were under way together', () => {
  const first = shut(openGate, policy, { startedAt: now - 900, retryAfterMs: null }, now, 0.5);

  it('and fail together count as one failure', () => {
    let gate = first;
    for (const later of [0, 1, 500]) {
      gate = shut(gate, policy, { startedAt: now - 800 + later, retryAfterMs: null }, now + later, 0.9);
    }
    expect(gate).toEqual(first);
    // One that began in the millisecond in which the gate was shut was not held back by it.
    expect(shut(first, policy, { startedAt: now, retryAfterMs: null }, now + 50, 0.9)).toEqual(first);
  });

  it('still lengthen the wait when one is told to wait longer', () => {
    const told = (ms: number) => shut(first, policy, { startedAt: now - 1, retryAfterMs: ms }, now + 100, 0);
    expect(told(90_000)).toEqual({ ...first, until: now + 100 + 90_000 });
    expect(told(1)).toEqual(first);
  });

  it('are told from the next probe, which counts anew', () => {
    const next = shut(first, policy, { startedAt: now + 1, retryAfterMs: null }, now + 50, 0.5);
    expect(next).toMatchObject({ failuresInRow: 2, since: now + 50 });
  });
});

describe('success', () => {
  it('leaves some of the window, so that the next failure waits longer than the very first', () => {
    const { gate } = failedInRow(6);
    expect(opened(gate).windowMs).toBeGreaterThan(0);
    expect(opened(gate).windowMs).toBeLessThan(gate.windowMs);
    const again = shut(opened(gate), policy, { startedAt: now, retryAfterMs: null }, now, 0.999);
    const fresh = shut(openGate, policy, { startedAt: now, retryAfterMs: null }, now, 0.999);
    expect(again.failuresInRow).toBe(1);
    expect(again.until).toBeGreaterThan(fresh.until);
  });

  it('forgets it after a while', () => {
    let { gate } = failedInRow(12);
    let successes = 0;
    while (gate.windowMs > 0) {
      gate = opened(gate);
      successes += 1;
      expect(successes).toBeLessThan(50);
    }
  });
});

describe('a clock that is set', () => {
  const gate = failedInRow(3, 0.5).gate;

  it.each([-10, 10])('by %i years does not keep the gate shut', years => {
    const then = now + years * 365 * 86_400_000;
    expect(opensAt(gate, policy, then)).toBe(then);
  });

  it('back does not hide that the next failure is a new one', () => {
    const earlier = now - 86_400_000;
    const next = shut(gate, policy, { startedAt: earlier, retryAfterMs: null }, earlier + 50, 0.5);
    expect(next).toMatchObject({ since: earlier + 50, failuresInRow: gate.failuresInRow + 1 });
  });
});

describe('any history of a gate', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const step = fc.record({
    afterMs: fc.integer({ min: -3e11, max: 3e11 }),
    lasted: fc.nat({ max: 300_000 }),
    retryAfterMs: fc.option(fc.integer({ min: 1_000, max: longestRetryAfterMs })),
    jitter: draw,
    isAnswered: fc.boolean(),
  });

  it('never keeps it shut for longer than what was asked for and the longest window', () => {
    const longestMs =
      longestRetryAfterMs +
      policy.shortestWaitWhenManyMs +
      Math.max(policy.longestWindowMs, policy.longestWindowWhenManyMs);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        let gate = openGate;
        let clock = now;
        for (const { afterMs, lasted, retryAfterMs, jitter, isAnswered } of steps) {
          clock = Math.max(0, clock + afterMs);
          const failed = { startedAt: Math.max(0, clock - lasted), retryAfterMs };
          gate = isAnswered ? opened(gate) : shut(gate, policy, failed, clock, jitter);
          const opens = opensAt(gate, policy, clock);
          expect(opens).toBeGreaterThanOrEqual(clock);
          expect(opens).toBeLessThanOrEqual(clock + longestMs);
          expect(Object.values(gate).every(value => Number.isInteger(value) && value >= 0)).toBe(true);
          expect(isHalfOpen(gate)).toBe(!isAnswered);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
