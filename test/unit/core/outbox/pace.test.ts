import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import { postponeMs } from '../../../../src/core/outbox/backoff.ts';
import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import { isHalfOpen, opensAt } from '../../../../src/core/outbox/gate.ts';
import type { Job } from '../../../../src/core/outbox/job.ts';
import {
  idlePace,
  outagePolicy,
  type Pace,
  paceAfter,
  paceAfterLookup,
  paceAfterSharedWake,
  paceAfterStart,
  paceOnNewClock,
  refusalPolicies,
} from '../../../../src/core/outbox/pace.ts';
import { type Lane, slotAt } from '../../../../src/core/outbox/rate-limit.ts';
import { makeReply, makeTicket } from './make-job.ts';

const now = Date.UTC(2026, 0, 2);
const laneNames: Lane[] = ['ticket', 'reply'];
const otherLane = { ticket: 'reply', reply: 'ticket' } as const;

const sent: Outcome = { verdict: 'sent', ticketNumber: null, historyId: null };

function retry(failure: Failure, retryAfterMs: number | null = null): Outcome {
  return { verdict: 'retry', failure, retryAfterMs, mayHaveArrived: true };
}

const refused = retry({ kind: 'too-many-requests', retryAfterMs: null });
const down = retry({ kind: 'server-error', status: 503, detail: 'down' });

/** A job of the lane whose try began at `since`. */
function sending(lane: Lane, since: number): Job {
  const state = { name: 'sending', since, runId: 'run-a' } as const;
  return lane === 'ticket' ? makeTicket({ state }) : makeReply('cap_0', { state });
}

/** The pace after one more try, which begins as soon as nothing holds it back and ends at once. */
function afterTry(
  { pace, at }: { pace: Pace; at: number },
  lane: Lane,
  outcome: Outcome,
  jitter = 0.5,
): { pace: Pace; at: number } {
  const due = Math.max(
    opensAt(pace.outage, outagePolicy, at),
    opensAt(pace.refusals[lane], refusalPolicies[lane], at),
  );
  const begun = slotAt(pace.limiter[lane], lane, due + 1);
  const job = sending(lane, begun);
  return { pace: paceAfter(paceAfterStart(pace, lane, begun), job, outcome, begun, jitter), at: begun };
}

function afterTries(lane: Lane, outcomes: readonly Outcome[], jitter = 0.5): { pace: Pace; at: number } {
  let last = { pace: idlePace, at: now };
  for (const outcome of outcomes) last = afterTry(last, lane, outcome, jitter);
  return last;
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** How long a lane waits after its n-th refusal in a row, with the largest draw. */
function refusalWindow(lane: Lane, inRow: number): number {
  const { pace, at } = afterTries(lane, times(inRow, refused), 0.999_999_999);
  return opensAt(pace.refusals[lane], refusalPolicies[lane], at) - at + 1;
}

describe.each(laneNames)('a refusal (429) of the lane: %s', lane => {
  it('halves its rate, each time that it comes anew, and leaves the other lane alone', () => {
    const shares = [1, 2, 3].map(count => afterTries(lane, times(count, refused)).pace.limiter[lane].share);
    expect(shares).toEqual([1 / 2, 1 / 4, 1 / 8]);
    const { pace } = afterTries(lane, [refused]);
    expect(pace.limiter[otherLane[lane]]).toEqual(idlePace.limiter[otherLane[lane]]);
    expect(pace.refusals[otherLane[lane]]).toEqual(idlePace.refusals[otherLane[lane]]);
    expect(isHalfOpen(pace.refusals[lane])).toBe(true);
  });

  it('is one refusal when the tries were under way together', () => {
    const first = paceAfter(idlePace, sending(lane, now - 90), refused, now, 0.5);
    let pace = first;
    for (const ms of [0, 5, 80]) {
      pace = paceAfter(pace, sending(lane, now - 80 + ms), refused, now + ms, 0.5);
    }
    expect(pace).toEqual(first);
  });

  it('is no outage: it was answered', () => {
    const { pace } = afterTries(lane, [down, down, refused]);
    expect(isHalfOpen(pace.outage)).toBe(false);
  });

  it('ends with a success, and the rate comes back by steps', () => {
    let last = afterTries(lane, times(3, refused));
    const shares: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      last = afterTry(last, lane, sent);
      expect(isHalfOpen(last.pace.refusals[lane])).toBe(false);
      shares.push(last.pace.limiter[lane].share);
    }
    expect(shares[0]).toBeLessThan(0.25);
    expect(new Set(shares.slice(0, 10)).size).toBe(10);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
  });

  it.each(['attention', 'pause-queue'] as const)('does not end with an answer that is %s', verdict => {
    const { pace } = afterTry(afterTries(lane, [refused]), lane, { verdict, failure: { kind: 'no-key' } });
    expect(isHalfOpen(pace.refusals[lane])).toBe(true);
    expect(pace.limiter[lane].share).toBe(1 / 2);
  });

  it('waits for what the server asked for', () => {
    const told = retry({ kind: 'too-many-requests', retryAfterMs: 50_000 }, 50_000);
    const { pace, at } = afterTries(lane, [told], 0);
    expect(opensAt(pace.refusals[lane], refusalPolicies[lane], at)).toBe(at + 50_000);
  });

  it('waits within windows that grow up to the longest', () => {
    const windows = Array.from({ length: 24 }, (_, n) => refusalWindow(lane, n + 1));
    const { longestWindowMs, longestWindowWhenManyMs, shortestWaitWhenManyMs } = refusalPolicies[lane];
    for (const [n, windowMs] of windows.entries()) {
      const longestMs = n + 1 < 10 ? longestWindowMs : longestWindowWhenManyMs + shortestWaitWhenManyMs;
      if (n > 0) expect(windowMs).toBeGreaterThanOrEqual(windows[n - 1] ?? 0);
      expect(windowMs).toBeLessThanOrEqual(longestMs);
    }
    const { firstWindowMs, growth } = refusalPolicies[lane];
    expect(windows.slice(0, 2)).toEqual([firstWindowMs, firstWindowMs * growth]);
    expect(windows.at(-1)).toBe(longestWindowWhenManyMs + shortestWaitWhenManyMs);
  });
});

describe('the windows of refusals', () => {
  it('grow further for replies, which share 60 a minute; to an hour at most', () => {
    expect(refusalWindow('reply', 20)).toBeLessThanOrEqual(3_600_000);
    expect(refusalWindow('reply', 20)).toBeGreaterThan(refusalWindow('ticket', 20));
    expect(refusalWindow('ticket', 9)).toBeLessThanOrEqual(300_000);
  });
});

describe('an outage', () => {
  const troubles: Outcome[] = [
    down,
    retry({ kind: 'unreachable' }),
    retry({ kind: 'timed-out' }),
    retry({ kind: 'unreadable-answer', status: 200 }),
    { verdict: 'postpone', failure: { kind: 'unreachable' } },
    { verdict: 'unknown', failure: { kind: 'timed-out' } },
  ];

  it.each(troubles)('is shared by the lanes: $verdict $failure.kind', outcome => {
    for (const lane of laneNames) {
      const { pace } = afterTries(lane, [outcome]);
      expect(isHalfOpen(pace.outage)).toBe(true);
      expect(pace.refusals).toEqual(idlePace.refusals);
      expect(pace.limiter[lane].share).toBe(1);
    }
  });

  it.each([sent, refused, { verdict: 'attention', failure: { kind: 'rejected', status: 400, detail: '' } }])(
    'is over with any answer: $verdict',
    outcome => {
      const { pace } = afterTry(afterTries('ticket', times(3, down)), 'reply', outcome as Outcome);
      expect(isHalfOpen(pace.outage)).toBe(false);
    },
  );

  it.each<Outcome>([
    { verdict: 'attention', failure: { kind: 'attachment-missing' } },
    { verdict: 'attention', failure: { kind: 'attachment-altered' } },
    { verdict: 'pause-queue', failure: { kind: 'no-key' } },
  ])('is not over with what was stopped before it was sent: $failure.kind', outcome => {
    const before = afterTries('ticket', times(3, down));
    expect(afterTry(before, 'reply', outcome).pace.outage).toEqual(before.pace.outage);
  });

  it('is not that this computer is offline, which holds all back for a while, without a probe', () => {
    const { pace, at } = afterTries('ticket', [{ verdict: 'postpone', failure: { kind: 'offline' } }]);
    expect(opensAt(pace.outage, outagePolicy, at)).toBe(at + postponeMs);
    expect(isHalfOpen(pace.outage)).toBe(false);
  });

  it.each<Failure>([{ kind: 'attachment-missing' }, { kind: 'storage-unavailable' }])(
    'is not what keeps a request on this computer: $kind',
    failure => {
      const { pace } = afterTries('ticket', [{ verdict: 'postpone', failure }]);
      expect(pace.outage).toEqual(idlePace.outage);
    },
  );

  it('that lasts is looked at a few times an hour', () => {
    const { pace, at } = afterTries('ticket', times(20, down), 0);
    const waitMs = opensAt(pace.outage, outagePolicy, at) - at;
    expect(waitMs).toBeGreaterThanOrEqual(600_000);
    expect(waitMs).toBeLessThanOrEqual(1_800_000);
  });
});

describe('a wake-up that others share', () => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const opens = (pace: Pace, lane: Lane) => opensAt(pace.refusals[lane], refusalPolicies[lane], now) - now;

  it('spreads the first try of one person over some seconds', () => {
    for (const lane of laneNames) {
      const [first, middle, last] = [0, 0.5, 0.999_999].map(jitter =>
        opens(paceAfterSharedWake(idlePace, 1, now, jitter), lane),
      );
      expect(first).toBe(0);
      expect(last).toBeGreaterThanOrEqual(1_000);
      expect(last).toBeLessThan(5_000);
      expect(middle).toBe(Math.ceil((last ?? 0) / 2));
    }
  });

  it('spreads those of many over twice the time that they need at the limit of their key', () => {
    const half = paceAfterSharedWake(idlePace, 900, now, 0.5);
    expect(opens(half, 'ticket')).toBe(30_000);
    expect(opens(half, 'reply')).toBe(900_000);
    // A few tickets need less time than is always taken.
    const one = paceAfterSharedWake(idlePace, 1, now, 0.5);
    expect(opens(paceAfterSharedWake(idlePace, 10, now, 0.5), 'ticket')).toBe(opens(one, 'ticket'));
  });

  it('spreads them over an hour at most, however many share: a longer wait would not be believed', () => {
    for (const lane of laneNames) {
      const last = opens(paceAfterSharedWake(idlePace, 100_000, now, 0.999_999), lane);
      expect(last).toBeGreaterThan(3_590_000);
      expect(last).toBeLessThanOrEqual(3_600_000);
    }
  });

  it('spreads them over the window of a refusal that is not forgotten', () => {
    const { pace } = afterTries('ticket', [...times(6, refused), sent]);
    const { windowMs } = pace.refusals.ticket;
    expect(windowMs).toBeGreaterThan(20_000);
    expect(opens(paceAfterSharedWake(pace, 1, now, 0.5), 'ticket')).toBe(windowMs / 2);
  });

  it('never shortens a refusal, nor lets what was pressed in it pass for pressed later', () => {
    const { pace, at } = afterTries('reply', times(8, refused), 0.9);
    const before = pace.refusals.reply;
    fc.assert(
      fc.property(draw, fc.integer({ min: 1, max: 100 }), (jitter, sharedBy) => {
        const woken = paceAfterSharedWake(pace, sharedBy, at + 500, jitter).refusals.reply;
        expect(woken.until).toBeGreaterThanOrEqual(before.until);
        expect({ ...woken, until: 0 }).toEqual({ ...before, until: 0 });
      }),
    );
  });

  it('ends the wait of an outage, whose next try is still a probe', () => {
    const { pace, at } = afterTries('ticket', times(12, down));
    const woken = paceAfterSharedWake(pace, 1, at, 0.5);
    expect(opensAt(woken.outage, outagePolicy, at)).toBe(at);
    expect(isHalfOpen(woken.outage)).toBe(true);
  });

  it('leaves the limiter alone', () => {
    expect(paceAfterSharedWake(idlePace, 40, now, 0.5).limiter).toEqual(idlePace.limiter);
  });
});

describe('a new clock', () => {
  it('that was put back to before the gate was shut opens it, and the next try is a probe', () => {
    const { pace, at } = afterTries('reply', [refused], 0.9);
    const after = paceOnNewClock(pace, at - 1);
    expect(opensAt(after.refusals.reply, refusalPolicies.reply, at - 1)).toBe(at - 1);
    expect(isHalfOpen(after.refusals.reply)).toBe(true);
  });

  it('takes the burst of both lanes, and nothing else that can be believed', () => {
    const { pace, at } = afterTries('ticket', [down, refused]);
    const after = paceOnNewClock(pace, at);
    expect({ ...after, limiter: null }).toEqual({ ...pace, limiter: null });
    for (const lane of laneNames) {
      const once = paceAfterStart(paceOnNewClock(idlePace, now), lane, now);
      expect(slotAt(once.limiter[lane], lane, now)).toBeGreaterThan(now);
    }
  });

  it('that was put back ends every wait that is longer than any, for good, and forgets no failure', () => {
    const { pace, at } = afterTries('ticket', [down, refused]);
    const earlier = at - 10 * 365 * 86_400_000;
    const after = paceOnNewClock(pace, earlier);
    for (const [gate, before] of [
      [after.outage, pace.outage],
      [after.refusals.ticket, pace.refusals.ticket],
    ] as const) {
      expect(gate).toMatchObject({ until: 0, failuresInRow: before.failuresInRow });
      expect(gate.since).toBeLessThanOrEqual(earlier);
    }
  });
});

describe('a lookup', () => {
  const tooMany = (retryAfterMs: number | null): Failure => ({ kind: 'too-many-requests', retryAfterMs });

  it.each([null, 50_000])('that is refused (429, Retry-After %s) shuts the gate as a ticket does', waitMs => {
    const ofTicket = paceAfter(
      idlePace,
      sending('ticket', now - 5),
      retry(tooMany(waitMs), waitMs),
      now,
      0.5,
    );
    expect(paceAfterLookup(idlePace, now - 5, tooMany(waitMs), now, 0.5)).toEqual(ofTicket);
  });

  it('that was under way with a refused ticket is one refusal with it', () => {
    const first = paceAfter(idlePace, sending('ticket', now - 90), refused, now, 0.5);
    expect(paceAfterLookup(first, now - 80, tooMany(null), now + 5, 0.5)).toEqual(first);
  });

  it('changes nothing by any other end: tickets neither wait for it nor are hurried by it', () => {
    const { pace, at } = afterTries('ticket', [down, refused]);
    const others: (Failure | null)[] = [
      null,
      { kind: 'unreachable' },
      { kind: 'timed-out' },
      { kind: 'server-error', status: 500, detail: '' },
      { kind: 'key-refused', status: 401, detail: '' },
    ];
    for (const failure of others) expect(paceAfterLookup(pace, at, failure, at, 0.5)).toBe(pace);
  });
});
