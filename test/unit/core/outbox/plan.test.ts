import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import { longestBackoffMs } from '../../../../src/core/outbox/backoff.ts';
import { type Gate, openGate } from '../../../../src/core/outbox/gate.ts';
import type { Job, JobState } from '../../../../src/core/outbox/job.ts';
import {
  idlePace,
  type Pace,
  paceAfterSharedWake,
  paceAfterStart,
} from '../../../../src/core/outbox/pace.ts';
import { plan, waits } from '../../../../src/core/outbox/plan.ts';
import { idleLimiter, type Lane, slotAt, slower, take } from '../../../../src/core/outbox/rate-limit.ts';
import { mayTakeLong, type WaitReason } from '../../../../src/core/outbox/wait.ts';
import { makeReply, makeTicket, makeTicketOf, states, withFiles } from './make-job.ts';

const now = 1_000_000;

function waitingUntil(until: number): JobState {
  return { name: 'waiting', until, failure: { kind: 'unreachable' } };
}

function paused(failure: Failure): JobState {
  return { name: 'paused', failure };
}

function queuedAt(since: number, isUrgent = false): JobState {
  return { name: 'queued', since, isUrgent };
}

/** A gate that was shut five seconds ago. */
function shutUntil(until: number): Gate {
  return { since: now - 5_000, until, failuresInRow: 3, windowMs: 8_000 };
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
    const jobs = [3, 1, 2].map(order => makeTicket({ id: `cap_${order}`, order }));
    expect(planned(jobs)).toEqual({ next: 'cap_1', wakeAt: now });
  });

  it('the same one of two of the same number each time', () => {
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
      const jobs = [makeTicket({ id: 'cap_1', order: 1, state }), makeTicket({ id: 'cap_2', order: 2 })];
      expect(planned(jobs).next).toBe('cap_2');
    }
  });
});

describe('lanes', () => {
  const ticket = makeTicket({ id: 'cap_1', order: 1 });
  const reply = makeReply('cap_0', { id: 'capr_1', order: 2 });

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
  const reply = makeReply('cap_1', { id: 'capr_1', order: 2 });

  it.each(['sending', 'attention', 'paused', 'waiting'] as const)('wait while it is %s', name => {
    const state = name === 'paused' ? paused({ kind: 'host-access-missing' }) : states[name];
    const ticket = makeTicket({ id: 'cap_1', state: name === 'waiting' ? waitingUntil(now + 70) : state });
    expect(planned([reply, ticket])).toEqual({ next: null, wakeAt: name === 'waiting' ? now + 70 : null });
  });

  it('wait even when they are older', () => {
    const ticket = makeTicket({ id: 'cap_1', order: 3 });
    expect(planned([reply, ticket]).next).toBe('cap_1');
  });

  it('go when it is sent, or gone', () => {
    expect(planned([reply, makeTicket({ id: 'cap_1', state: states.sent })]).next).toBe('capr_1');
    expect(planned([reply]).next).toBe('capr_1');
  });

  it('do not make other replies wait', () => {
    const other = makeReply('cap_7', { id: 'capr_2', order: 3 });
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
  const second = makeReply('cap_0', { id: 'capr_2', order: 2 });
  const third = makeReply('cap_0', { id: 'capr_3', order: 3 });
  const elsewhere = makeReply('cap_9', { id: 'capr_4', order: 4 });

  it.each(['sending', 'waiting', 'paused'] as const)(
    'go in order: the next one waits while one is %s',
    name => {
      const blocked = {
        sending: states.sending,
        waiting: waitingUntil(now + 5),
        paused: paused({ kind: 'host-access-missing' }),
      };
      const first = makeReply('cap_0', { id: 'capr_1', order: 1, state: blocked[name] });
      expect(planned([third, second, first])).toEqual({
        next: null,
        wakeAt: name === 'waiting' ? now + 5 : null,
      });
      expect(planned([third, second, first, elsewhere]).next).toBe('capr_4');
    },
  );

  it.each(['sent', 'attention', 'unknown'] as const)('do not wait for one that is %s', name => {
    const first = makeReply('cap_0', { id: 'capr_1', order: 1, state: states[name] });
    expect(planned([third, second, first]).next).toBe('capr_2');
  });
});

describe('several at once', () => {
  const tickets = (count: number, state: JobState) =>
    Array.from({ length: count }, (_, n) =>
      makeTicket({ id: `cap_${state.name}_${n}`, order: 10 + n, state }),
    );

  it('six, however many are due', () => {
    const due = makeTicket({ id: 'cap_1' });
    expect(planned([due, ...tickets(5, states.sending)]).next).toBe('cap_1');
    expect(planned([due, ...tickets(6, states.sending)])).toEqual({ next: null, wakeAt: null });
  });

  it('fewer when the run says so', () => {
    const due = makeTicket({ id: 'cap_1' });
    expect(plan([due, ...tickets(1, states.sending)], idlePace, now, 1).next).toBeNull();
    expect(plan([due, ...tickets(1, states.sending)], idlePace, now, 2).next?.id).toBe('cap_1');
    expect(plan([due], idlePace, now, 1).next?.id).toBe('cap_1');
  });

  it('two with files; others go past them', () => {
    const withPictures = tickets(2, states.sending).map(withFiles);
    const picture = withFiles(makeTicket({ id: 'cap_1', order: 1 }));
    const words = makeTicket({ id: 'cap_2', order: 2 });
    const answer = withFiles(makeReply('cap_0', { id: 'capr_3', order: 3 }));
    expect(planned([picture, ...withPictures.slice(1)]).next).toBe('cap_1');
    expect(planned([picture, answer, ...withPictures])).toEqual({ next: null, wakeAt: null });
    expect(planned([picture, words, ...withPictures]).next).toBe('cap_2');
  });

  it('not two tickets of one customer; others go past them', () => {
    const first = makeTicketOf('grace@example.com', { id: 'cap_1', state: states.sending });
    const second = makeTicketOf('Grace@Example.com', { id: 'cap_2' });
    expect(planned([first, second])).toEqual({ next: null, wakeAt: null });
    expect(planned([first, second, makeTicketOf('ada@example.com', { id: 'cap_3' })]).next).toBe('cap_3');
    expect(planned([first, makeTicket({ id: 'cap_4' })]).next).toBe('cap_4');
    expect(planned([first, makeReply('cap_9', { id: 'capr_5' })]).next).toBe('capr_5');
    expect(planned([{ ...first, state: waitingUntil(now + 5) }, second]).next).toBe('cap_2');
  });

  it('replies to tickets that are not one', () => {
    const first = makeReply('cap_8', { id: 'capr_1', state: states.sending });
    expect(planned([first, makeReply('cap_9', { id: 'capr_2' })]).next).toBe('capr_2');
  });
});

describe('a job that fails again and again', () => {
  it('comes after all others that are due', () => {
    const jobs = [
      makeTicket({ id: 'cap_1', order: 1, failuresInRow: 4, state: waitingUntil(now - 9_000) }),
      makeTicket({ id: 'cap_2', order: 2, failuresInRow: 1, state: waitingUntil(now) }),
      makeTicket({ id: 'cap_3', order: 3, failuresInRow: 1, state: waitingUntil(now) }),
    ];
    expect(planned(jobs).next).toBe('cap_2');
    expect(planned([...jobs, makeTicket({ id: 'cap_4', order: 4 })]).next).toBe('cap_4');
  });
});

describe('an outage', () => {
  const shutAt = now - 5_000;
  const pace: Pace = { ...idlePace, outage: shutUntil(now + 8_000) };
  const probing: Pace = { ...idlePace, outage: shutUntil(now) };

  it('holds back tickets and replies that were filed before it', () => {
    const jobs = [makeTicket({ state: queuedAt(shutAt - 1) }), makeReply('cap_9', { id: 'capr_1' })];
    expect(planned(jobs, pace)).toEqual({ next: null, wakeAt: now + 8_000 });
    expect(planned([makeTicket({ state: waitingUntil(now) })], pace)).toEqual({
      next: null,
      wakeAt: now + 8_000,
    });
  });

  it.each([true, false])('does not hold back what is pressed in it (urgent: %s)', isUrgent => {
    expect(planned([makeTicket({ state: queuedAt(now - 1, isUrgent) })], pace).next).toBe('cap_1');
  });

  it('is tried by one request at a time, whatever its lane', () => {
    const probe = makeTicket({ id: 'cap_1', state: states.sending });
    const others = [
      makeTicket({ id: 'cap_2', state: waitingUntil(now) }),
      makeReply('cap_9', { id: 'capr_3' }),
    ];
    expect(planned(others, probing).next).not.toBeNull();
    expect(planned([probe, ...others], probing)).toEqual({ next: null, wakeAt: null });
    const pressed = makeTicket({ id: 'cap_4', state: queuedAt(now - 1) });
    expect(planned([probe, ...others, pressed], probing).next).toBe('cap_4');
  });
});

describe('a refusal', () => {
  const refused = (until: number, lane: Lane = 'ticket'): Pace => ({
    ...idlePace,
    refusals: { ...idlePace.refusals, [lane]: shutUntil(until) },
  });

  it('holds back its lane alone', () => {
    const reply = makeReply('cap_9', { id: 'capr_1' });
    expect(planned([makeTicket(), reply], refused(now + 8_000)).next).toBe('capr_1');
    expect(planned([makeTicket(), reply], refused(now + 8_000, 'reply')).next).toBe('cap_1');
  });

  it('holds back what is pressed in it too, but for "Send now"', () => {
    const pressed = (isUrgent: boolean) => [makeTicket({ state: queuedAt(now - 1, isUrgent) })];
    expect(planned(pressed(false), refused(now + 8_000))).toEqual({ next: null, wakeAt: now + 8_000 });
    expect(planned(pressed(true), refused(now + 8_000)).next).toBe('cap_1');
    expect(
      planned([makeTicket({ state: queuedAt(now - 5_001, true) })], refused(now + 8_000)).next,
    ).toBeNull();
  });

  it('is tried by one request of the lane at a time, even "Send now"', () => {
    const probe = makeTicket({ id: 'cap_1', state: states.sending });
    const urgent = makeTicket({ id: 'cap_2', state: queuedAt(now - 1, true) });
    const reply = makeReply('cap_9', { id: 'capr_3' });
    expect(planned([probe, urgent], refused(now))).toEqual({ next: null, wakeAt: null });
    expect(planned([probe, urgent, reply], refused(now)).next).toBe('capr_3');
  });

  it('that is only a shared wake-up does not hold back what is pressed after it', () => {
    const woken = paceAfterSharedWake(idlePace, 900, now - 5_000, 0.9);
    expect(planned([makeTicket({ state: queuedAt(now - 5_001) })], woken).next).toBeNull();
    expect(planned([makeTicket({ state: queuedAt(now - 1) })], woken).next).toBe('cap_1');
  });
});

describe('what a job waits for', () => {
  const reasonOf = (job: Job, others: Job[] = [], pace: Pace = idlePace) =>
    waits([...others, job], pace, now).get(job.id);
  const outage: Pace = { ...idlePace, outage: shutUntil(now + 8_000) };
  const refusal: Pace = {
    ...idlePace,
    refusals: { ticket: shutUntil(now + 8_000), reply: shutUntil(now + 9_000) },
  };
  const reply = makeReply('cap_0', { id: 'capr_2', order: 2 });

  it('nothing', () => expect(reasonOf(makeTicket())).toEqual({ reason: 'none', until: now }));

  it('its back-off', () => {
    const job = makeTicket({ state: waitingUntil(now + 7) });
    expect(reasonOf(job)).toEqual({ reason: 'back-off', until: now + 7 });
  });

  it('the outage', () => {
    expect(reasonOf(makeTicket(), [], outage)).toEqual({ reason: 'outage', until: now + 8_000 });
  });

  it('the refusal of its lane', () => {
    expect(reasonOf(makeTicket(), [], refusal)).toEqual({ reason: 'refusal', until: now + 8_000 });
    expect(reasonOf(reply, [], refusal)).toEqual({ reason: 'refusal', until: now + 9_000 });
  });

  it('a slot of the limiter', () => {
    const pace = full('ticket');
    const until = slotAt(pace.limiter.ticket, 'ticket', now);
    expect(reasonOf(makeTicket(), [], pace)).toEqual({ reason: 'slot', until });
  });

  it('its turn after a shared wake-up', () => {
    const woken = paceAfterSharedWake(idlePace, 900, now, 0.5);
    const { until } = woken.refusals.ticket;
    expect(reasonOf(makeTicket(), [], woken)).toEqual({ reason: 'slot', until });
  });

  it('the end of other requests', () => {
    const many = Array.from({ length: 6 }, (_, n) => makeTicket({ id: `cap_${n}`, state: states.sending }));
    expect(reasonOf(makeTicket({ id: 'cap_9' }), many)).toEqual({ reason: 'slot', until: null });
    const probing = { ...idlePace, outage: shutUntil(now) };
    expect(reasonOf(makeTicket({ id: 'cap_9' }), many.slice(5), probing)).toEqual({
      reason: 'slot',
      until: null,
    });
  });

  it('an earlier reply', () => {
    const first = makeReply('cap_0', { id: 'capr_1', order: 1, state: waitingUntil(now + 5) });
    expect(reasonOf(reply, [first])).toEqual({ reason: 'earlier-reply', until: null });
  });

  it('its own ticket', () => {
    expect(reasonOf(reply, [makeTicket({ id: 'cap_0' })])).toEqual({ reason: 'own-ticket', until: null });
  });

  it('another ticket of the same customer', () => {
    const first = makeTicketOf('grace@example.com', { id: 'cap_1', state: states.sending });
    expect(reasonOf(makeTicketOf('grace@example.com', { id: 'cap_2' }), [first])).toEqual({
      reason: 'same-customer',
      until: null,
    });
  });

  it('the last of several that have a time', () => {
    const job = makeTicket({ state: waitingUntil(now + 8_500) });
    expect(reasonOf(job, [], outage)).toEqual({ reason: 'back-off', until: now + 8_500 });
    const both = { ...outage, refusals: refusal.refusals };
    expect(reasonOf(reply, [], both)).toEqual({ reason: 'refusal', until: now + 9_000 });
  });

  it.each(['sending', 'paused', 'attention', 'unknown', 'sent'] as const)('nothing that comes: %s', name => {
    expect(reasonOf(makeTicket({ state: states[name] }))).toBeUndefined();
  });
});

describe('a wait that may take long', () => {
  it.each<[WaitReason, boolean]>([
    ['none', false],
    ['slot', false],
    ['same-customer', false],
    ['back-off', true],
    ['outage', true],
    ['refusal', true],
    ['earlier-reply', true],
    ['own-ticket', true],
  ])('%s: %s', (reason, isLong) => expect(mayTakeLong({ reason, until: null })).toBe(isLong));

  it('is none for a job that waits for nothing', () => expect(mayTakeLong(null)).toBe(false));
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
  const changes = fc.record({ state, order: fc.nat({ max: 9 }), failuresInRow: fc.nat({ max: 3 }) });
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
      for (let n = 0; n < halvings; n += 1) state = slower(state, now);
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
