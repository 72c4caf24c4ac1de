import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import type { Job, JobState } from '../../../../src/core/outbox/job.ts';
import { plan } from '../../../../src/core/outbox/plan.ts';
import { idleLimiter, type LimiterState, take } from '../../../../src/core/outbox/rate-limit.ts';
import { makeReply, makeTicket, states } from './make-job.ts';

const now = 1_000_000;

function waitingUntil(until: number): JobState {
  return { name: 'waiting', until, failure: { kind: 'unreachable' } };
}

function paused(failure: Failure): JobState {
  return { name: 'paused', failure };
}

/** The limiter after `count` requests of a lane at `at`. */
function used(lane: 'ticket' | 'reply', count: number, at: number = now): LimiterState {
  let state = idleLimiter;
  for (let n = 0; n < count; n += 1) state = take(state, lane, at);
  return state;
}

function planned(
  jobs: Job[],
  limiter: LimiterState = idleLimiter,
): { next: string | null; wakeAt: number | null } {
  const { next, wakeAt } = plan(jobs, limiter, now);
  return { next: next?.id ?? null, wakeAt };
}

describe('which job is next', () => {
  it('none in an empty outbox', () => {
    expect(planned([])).toEqual({ next: null, wakeAt: null });
  });

  it('the oldest, in whatever order they come', () => {
    const jobs = [3, 1, 2].map(age => makeTicket({ id: `cap_${age}`, createdAt: age }));
    expect(planned(jobs)).toEqual({ next: 'cap_1', wakeAt: now });
  });

  it('the same one of two of the same age each time', () => {
    const jobs = [makeTicket({ id: 'cap_b' }), makeTicket({ id: 'cap_a' })];
    expect(planned(jobs).next).toBe('cap_a');
    expect(planned(jobs.toReversed()).next).toBe('cap_a');
  });

  it('a waiting one from its time on', () => {
    expect(planned([makeTicket({ state: waitingUntil(now) })]).next).toBe('cap_1');
    expect(planned([makeTicket({ state: waitingUntil(now + 1) })])).toEqual({ next: null, wakeAt: now + 1 });
  });

  it.each(['sending', 'attention', 'unknown', 'sent'] as const)('never one that is %s', name => {
    expect(planned([makeTicket({ state: states[name] })])).toEqual({ next: null, wakeAt: null });
  });

  it('a younger one while an older one waits, is parked or is being sent', () => {
    for (const state of [waitingUntil(now + 9_000), states.sending, states.attention, states.unknown]) {
      const jobs = [
        makeTicket({ id: 'cap_1', createdAt: 1, state }),
        makeTicket({ id: 'cap_2', createdAt: 2 }),
      ];
      expect(planned(jobs).next).toBe('cap_2');
    }
  });
});

describe('lanes', () => {
  const ticket = makeTicket({ id: 'cap_1', createdAt: 1 });
  const reply = makeReply('cap_0', { id: 'capr_1', createdAt: 2 });

  it('that are full make only their own jobs wait', () => {
    expect(planned([ticket, reply], used('ticket', 5)).next).toBe('capr_1');
    expect(planned([reply, ticket], used('reply', 3)).next).toBe('cap_1');
  });

  it('tell when their next slot is', () => {
    expect(planned([ticket], used('ticket', 5))).toEqual({ next: null, wakeAt: now + 40 });
    expect(planned([reply], used('reply', 3))).toEqual({ next: null, wakeAt: now + 1_100 });
    const limiter = { ...used('ticket', 5), reply: used('reply', 3).reply };
    expect(planned([reply, ticket], limiter)).toEqual({ next: null, wakeAt: now + 40 });
  });

  it('do not shorten a wait', () => {
    expect(planned([makeTicket({ state: waitingUntil(now + 500) })], used('ticket', 5)).wakeAt).toBe(
      now + 500,
    );
  });
});

describe('replies to a ticket of this outbox', () => {
  const reply = makeReply('cap_1', { id: 'capr_1', createdAt: 2 });

  it.each(['sending', 'attention', 'paused', 'waiting'] as const)('wait while it is %s', name => {
    const state = name === 'paused' ? paused({ kind: 'host-access-missing' }) : states[name];
    const ticket = makeTicket({ id: 'cap_1', state: name === 'waiting' ? waitingUntil(now + 70) : state });
    expect(planned([reply, ticket])).toEqual({ next: null, wakeAt: name === 'waiting' ? now + 70 : null });
  });

  it('wait even when they are older', () => {
    const ticket = makeTicket({ id: 'cap_1', createdAt: 3 });
    expect(planned([reply, ticket]).next).toBe('cap_1');
  });

  it('go when it is sent, or gone', () => {
    expect(planned([reply, makeTicket({ id: 'cap_1', state: states.sent })]).next).toBe('capr_1');
    expect(planned([reply]).next).toBe('capr_1');
  });

  it('do not make other replies wait', () => {
    const other = makeReply('cap_7', { id: 'capr_2', createdAt: 3 });
    const ticket = makeTicket({ id: 'cap_1', state: states.attention });
    expect(planned([reply, ticket, other]).next).toBe('capr_2');
  });

  it('are not those with an Assembly id of the same text', () => {
    if (reply.request.kind !== 'reply') throw new Error('not a reply');
    const byId: Job = {
      ...reply,
      request: { ...reply.request, target: { parameter: 'id', value: 'cap_1' } },
    };
    expect(planned([byId, makeTicket({ id: 'cap_1', state: states.attention })]).next).toBe('capr_1');
  });
});

describe('replies to one target', () => {
  const second = makeReply('cap_0', { id: 'capr_2', createdAt: 2 });
  const third = makeReply('cap_0', { id: 'capr_3', createdAt: 3 });
  const elsewhere = makeReply('cap_9', { id: 'capr_4', createdAt: 4 });

  it.each(['sending', 'waiting', 'paused'] as const)(
    'go in order: the next one waits while one is %s',
    name => {
      const blocked = {
        sending: states.sending,
        waiting: waitingUntil(now + 5),
        paused: paused({ kind: 'host-access-missing' }),
      };
      const first = makeReply('cap_0', { id: 'capr_1', createdAt: 1, state: blocked[name] });
      expect(planned([third, second, first])).toEqual({
        next: null,
        wakeAt: name === 'waiting' ? now + 5 : null,
      });
      expect(planned([third, second, first, elsewhere]).next).toBe('capr_4');
    },
  );

  it.each(['sent', 'attention', 'unknown'] as const)('do not wait for one that is %s', name => {
    const first = makeReply('cap_0', { id: 'capr_1', createdAt: 1, state: states[name] });
    expect(planned([third, second, first]).next).toBe('capr_2');
  });
});

describe('clocks', () => {
  it('a wait longer than any that is given counts as over: the clock was put back', () => {
    const tenYearsMs = 10 * 365 * 86_400_000;
    expect(planned([makeTicket({ failuresInRow: 1, state: waitingUntil(now + tenYearsMs) })]).next).toBe(
      'cap_1',
    );
    const longest = now + 3_600_000 + 2_000;
    expect(planned([makeTicket({ failuresInRow: 1, state: waitingUntil(longest) })])).toEqual({
      next: null,
      wakeAt: longest,
    });
    expect(planned([makeTicket({ failuresInRow: 1, state: waitingUntil(longest + 1) })]).next).toBe('cap_1');
  });
});

describe('any outbox', () => {
  const state: fc.Arbitrary<JobState> = fc.oneof(
    fc.constantFrom<JobState>(states.queued, states.sending, states.attention, states.unknown, states.sent),
    fc.integer({ min: -5_000, max: 5_000 }).map(ms => waitingUntil(now + ms)),
    fc.constant(paused({ kind: 'host-access-missing' })),
  );
  const changes = fc.record({ state, createdAt: fc.nat({ max: 9 }) });
  const jobs = fc
    .array(fc.tuple(fc.constantFrom('ticket', 'to 0', 'to 1', 'elsewhere'), changes), { maxLength: 12 })
    .map(list =>
      list.map(([kind, changes], n) => {
        if (kind === 'ticket') return makeTicket({ ...changes, id: `cap_${n}` });
        const target = kind === 'elsewhere' ? 'cap_x' : `cap_${kind.slice(3)}`;
        return makeReply(target, { ...changes, id: `capr_${n}` });
      }),
    );
  // As far ahead as requests can bring it: the whole burst.
  const limiter = fc
    .record({ ticket: fc.integer({ min: -100, max: 200 }), reply: fc.integer({ min: -100, max: 3_300 }) })
    .map(
      ({ ticket, reply }): LimiterState => ({
        ticket: { tatMs: now + ticket },
        reply: { tatMs: now + reply },
      }),
    );

  it('has something to do at wakeAt and nothing before', () => {
    fc.assert(
      fc.property(
        jobs,
        limiter,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (jobs, limiter, r) => {
          const { next, wakeAt } = plan(jobs, limiter, now);
          if (next !== null) {
            expect(wakeAt).toBe(now);
            return;
          }
          if (wakeAt === null) {
            expect(plan(jobs, limiter, now + 3_600_000).next).toBeNull();
            return;
          }
          expect(wakeAt).toBeGreaterThan(now);
          expect(plan(jobs, limiter, now + Math.floor(r * (wakeAt - now))).next).toBeNull();
          expect(plan(jobs, limiter, wakeAt).next).not.toBeNull();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is sent whole, each job once, replies in order and after their ticket', () => {
    fc.assert(
      fc.property(jobs, jobs => {
        let clock = now;
        let limiter = idleLimiter;
        // All that a person or an answer would bring is there: nothing stays parked.
        let left = jobs.map(job => ({ ...job, state: states.queued as JobState }));
        const order: Job[] = [];
        // A round waits or sends, so that a plan that goes round in circles fails instead of hanging.
        for (let round = 0; round <= 2 * jobs.length; round += 1) {
          const { next, wakeAt } = plan(left, limiter, clock);
          if (next === null && wakeAt === null) break;
          clock = wakeAt ?? clock;
          if (next === null) continue;
          limiter = take(limiter, next.request.kind, clock);
          order.push(next);
          left = left.map(job => (job.id === next.id ? { ...job, state: states.sent } : job));
        }
        expect(order.map(job => job.id).sort()).toEqual(jobs.map(job => job.id).sort());
        for (const [n, job] of order.entries()) {
          const { request } = job;
          if (request.kind === 'ticket') continue;
          const after = order.slice(n + 1);
          expect(after.some(later => later.id === request.target.value)).toBe(false);
          const isOvertaken = after.some(
            later =>
              later.request.kind === 'reply' &&
              later.request.target.value === request.target.value &&
              later.createdAt < job.createdAt,
          );
          expect(isOvertaken).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
