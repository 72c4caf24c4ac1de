import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import { longestBackoffMs } from '../../../../src/core/outbox/backoff.ts';
import { type Gate, openGate } from '../../../../src/core/outbox/gate.ts';
import type { Job, JobState } from '../../../../src/core/outbox/job.ts';
import { idlePace, type Pace, paceAfterStart } from '../../../../src/core/outbox/pace.ts';
import { plan, waits } from '../../../../src/core/outbox/plan.ts';
import { idleLimiter, type Lane, slotAt, slower, take } from '../../../../src/core/outbox/rate-limit.ts';
import { makeReply, makeTicket, makeTicketOf, states, withFiles } from './make-job.ts';

const now = 1_000_000;

function waitingUntil(until: number): JobState {
  return { name: 'waiting', until, failure: { kind: 'unreachable' } };
}

function paused(failure: Failure): JobState {
  return { name: 'paused', failure };
}

/** The pace after `count` requests of a lane at `now`. */
function used(lane: Lane, count: number, pace: Pace = idlePace): Pace {
  let after = pace;
  for (let n = 0; n < count; n += 1) after = paceAfterStart(after, lane, now);
  return after;
}

/** The pace once no request of the lane may go at `now` any more. */
function full(lane: Lane, pace: Pace = idlePace): Pace {
  let after = pace;
  while (slotAt(after.limiter[lane], lane, now) === now) after = used(lane, 1, after);
  return after;
}

function planned(jobs: Job[], pace: Pace = idlePace): { next: string | null; wakeAt: number | null } {
  const { next, wakeAt } = plan(jobs, pace, now);
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
    expect(planned([ticket, reply], full('ticket')).next).toBe('capr_1');
    expect(planned([reply, ticket], full('reply')).next).toBe('cap_1');
  });

  it('tell when their next slot is', () => {
    const both = full('ticket', full('reply'));
    const slots = {
      ticket: slotAt(both.limiter.ticket, 'ticket', now),
      reply: slotAt(both.limiter.reply, 'reply', now),
    };
    expect(planned([ticket], both)).toEqual({ next: null, wakeAt: slots.ticket });
    expect(planned([reply], both)).toEqual({ next: null, wakeAt: slots.reply });
    const first = Math.min(slots.ticket, slots.reply);
    expect(planned([reply, ticket], both)).toEqual({ next: null, wakeAt: first });
  });

  it('do not shorten a wait', () => {
    const jobs = [makeTicket({ state: waitingUntil(now + 9_000) })];
    expect(planned(jobs, full('ticket')).wakeAt).toBe(now + 9_000);
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
    expect(planned([makeTicket({ state: waitingUntil(now + tenYearsMs) })]).next).toBe('cap_1');
    const longest = now + longestBackoffMs;
    expect(planned([makeTicket({ state: waitingUntil(longest) })])).toEqual({ next: null, wakeAt: longest });
    expect(planned([makeTicket({ state: waitingUntil(longest + 1) })]).next).toBe('cap_1');
  });
});

describe('any outbox at any pace', () => {
  const instant = fc.integer({ min: now - 5_000, max: now + 5_000 });
  const state: fc.Arbitrary<JobState> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ name: fc.constant('queued'), since: instant, isUrgent: fc.boolean() }),
    },
    { weight: 2, arbitrary: instant.map(waitingUntil) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<JobState>(
        states.sending,
        states.paused,
        states.attention,
        states.unknown,
        states.sent,
      ),
    },
  );
  const changes = fc.record({ state, createdAt: fc.nat({ max: 9 }), failuresInRow: fc.nat({ max: 3 }) });
  const kind = fc.constantFrom('ticket', 'ticket of a customer', 'ticket with files', 'to 0', 'to 1', 'away');
  const jobs = fc.array(fc.tuple(kind, changes), { maxLength: 12 }).map(list =>
    list.map(([kind, changes], n) => {
      const ticket = { ...changes, id: `cap_${n}` };
      switch (kind) {
        case 'ticket':
          return makeTicket(ticket);
        case 'ticket of a customer':
          return makeTicketOf('grace@example.com', ticket);
        case 'ticket with files':
          return withFiles(makeTicket(ticket));
        case 'away':
          return makeReply('cap_x', { ...changes, id: `capr_${n}` });
        default:
          return makeReply(`cap_${kind.slice(3)}`, { ...changes, id: `capr_${n}` });
      }
    }),
  );
  // A wait that was written before the clock was put back years counts as over.
  const gate: fc.Arbitrary<Gate> = fc.oneof(
    fc.constant(openGate),
    fc.record({
      since: instant,
      until: fc.oneof(instant, fc.constant(0), fc.constant(now + 3e11)),
      failuresInRow: fc.nat({ max: 12 }),
      windowMs: fc.nat({ max: 900_000 }),
    }),
  );
  const limiter = (lane: Lane) =>
    fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 2 })).map(([takes, halvings]) => {
      let state = idleLimiter;
      for (let n = 0; n < halvings; n += 1) state = slower(state);
      for (let n = 0; n < takes; n += 1) state = take(state, lane, now);
      return state;
    });
  const pace: fc.Arbitrary<Pace> = fc.record({
    outage: gate,
    limiter: fc.record({ ticket: limiter('ticket'), reply: limiter('reply') }),
    refusals: fc.record({ ticket: gate, reply: gate }),
  });
  const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('has something to do at wakeAt and nothing before', () => {
    fc.assert(
      fc.property(jobs, pace, fraction, (jobs, pace, r) => {
        const { next, wakeAt } = plan(jobs, pace, now);
        if (next !== null) {
          expect(wakeAt).toBe(now);
          return;
        }
        if (wakeAt === null) {
          expect(plan(jobs, pace, now + 86_400_000).next).toBeNull();
          return;
        }
        expect(wakeAt).toBeGreaterThan(now);
        expect(plan(jobs, pace, now + Math.floor(r * (wakeAt - now))).next).toBeNull();
        const then = plan(jobs, pace, wakeAt);
        if (then.next !== null) return;
        // Only what is on its way can still be in the way: there is no second look without an answer.
        expect(jobs.some(job => job.state.name === 'sending')).toBe(true);
        if (then.wakeAt !== null) expect(then.wakeAt).toBeGreaterThan(wakeAt);
      }),
      { numRuns: 5_000 },
    );
  });

  it('says of each job that could go what it waits for', () => {
    fc.assert(
      fc.property(jobs, pace, (jobs, pace) => {
        const { next, wakeAt } = plan(jobs, pace, now);
        const all = waits(jobs, pace, now);
        const goingByThemselves = jobs.filter(({ state }) => ['queued', 'waiting'].includes(state.name));
        expect([...all.keys()].sort()).toEqual(goingByThemselves.map(({ id }) => id).sort());
        const ready = [...all].filter(([, wait]) => wait.reason === 'none');
        expect(ready.map(([id]) => id).includes(next?.id ?? '')).toBe(next !== null);
        expect(ready.length > 0).toBe(next !== null);
        for (const [, { reason, until }] of all) {
          if (reason === 'none') expect(until).toBe(now);
          else if (until !== null) expect(until).toBeGreaterThan(now);
        }
        const instants = [...all.values()].flatMap(({ until }) => until ?? []);
        expect(wakeAt).toBe(instants.length === 0 ? null : Math.min(...instants));
      }),
      { numRuns: 2_000 },
    );
  });
});
