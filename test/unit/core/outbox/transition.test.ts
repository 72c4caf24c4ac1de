import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import type { Job, JobStateName } from '../../../../src/core/outbox/job.ts';
import { type JobEvent, transition } from '../../../../src/core/outbox/transition.ts';
import { makeReply, makeTicket, states } from './make-job.ts';

const now = 10_000;
const half = () => 0.5;
const stateNames: JobStateName[] = ['queued', 'sending', 'waiting', 'paused', 'attention', 'unknown', 'sent'];
const unreachable: Failure = { kind: 'unreachable' };
const keyRefused: Failure = { kind: 'key-refused', status: 401, detail: 'Invalid API key' };

const events = {
  start: { name: 'start', runId: 'run-b' },
  sent: { name: 'settle', outcome: { verdict: 'sent', ticketNumber: 'ASM-9', historyId: null } },
  retry: { name: 'settle', outcome: { verdict: 'retry', failure: unreachable, retryAfterMs: 7_000 } },
  'pause-queue': { name: 'settle', outcome: { verdict: 'pause-queue', failure: keyRefused } },
  attention: { name: 'settle', outcome: { verdict: 'attention', failure: unreachable } },
  unknown: { name: 'settle', outcome: { verdict: 'unknown', failure: unreachable } },
  'run-lost': { name: 'run-lost', liveRunId: 'run-b' },
  'run-lost, of the live run': { name: 'run-lost', liveRunId: 'run-a' },
  'send-now': { name: 'send-now' },
  'queue-paused': { name: 'queue-paused', failure: keyRefused },
  'queue-resumed': { name: 'queue-resumed' },
} as const satisfies Record<string, JobEvent>;

describe('every event in every state', () => {
  // What is not listed leaves the job as it is, the same object.
  const table: Record<
    keyof typeof events,
    Partial<Record<JobStateName, [ticket: JobStateName, reply: JobStateName]>>
  > = {
    start: { queued: ['sending', 'sending'], waiting: ['sending', 'sending'] },
    sent: { sending: ['sent', 'sent'] },
    retry: { sending: ['waiting', 'waiting'] },
    'pause-queue': { sending: ['paused', 'paused'] },
    attention: { sending: ['attention', 'attention'] },
    unknown: { sending: ['waiting', 'unknown'] },
    'run-lost': { sending: ['waiting', 'unknown'] },
    'run-lost, of the live run': {},
    'send-now': {
      waiting: ['queued', 'queued'],
      paused: ['queued', 'queued'],
      attention: ['queued', 'queued'],
      unknown: ['queued', 'queued'],
    },
    'queue-paused': { queued: ['paused', 'paused'], waiting: ['paused', 'paused'] },
    'queue-resumed': { paused: ['queued', 'queued'] },
  };
  const cases = Object.entries(events).flatMap(([name, event]) =>
    stateNames.map(state => ({ name: name as keyof typeof events, event, state })),
  );

  it.each(cases)('$name in $state', ({ name, event, state }) => {
    const expected = table[name][state];
    for (const [job, after] of [
      [makeTicket({ state: states[state] }), expected?.[0]],
      [makeReply('cap_0', { state: states[state] }), expected?.[1]],
    ] as const) {
      const next = transition(job, event, now, half);
      if (after === undefined) expect(next).toBe(job);
      else expect(next.state.name).toBe(after);
    }
  });
});

describe('what goes into the new state', () => {
  const sending = makeTicket({ attempts: 3, failuresInRow: 2, state: states.sending });

  it('start: a try is counted, with its run and time', () => {
    const next = transition(makeTicket({ attempts: 3, failuresInRow: 2 }), events.start, now, half);
    expect(next).toMatchObject({ attempts: 4, failuresInRow: 2 });
    expect(next.state).toEqual({ name: 'sending', since: now, runId: 'run-b' });
  });

  it('sent: number and time', () => {
    const next = transition(sending, events.sent, now, half);
    expect(next).toMatchObject({ attempts: 3, failuresInRow: 0 });
    expect(next.state).toEqual({ name: 'sent', at: now, ticketNumber: 'ASM-9', historyId: null });
  });

  it('retry: what the server asked for plus half of the third window', () => {
    const next = transition(sending, events.retry, now, half);
    expect(next).toMatchObject({ attempts: 3, failuresInRow: 3 });
    expect(next.state).toEqual({ name: 'waiting', until: now + 7_000 + 4_000, failure: unreachable });
  });

  it('a lost run: soon, and later each time that it happens in a row', () => {
    const first = makeTicket({ attempts: 1, state: states.sending });
    expect(transition(first, events['run-lost'], now, half).state).toEqual({
      name: 'waiting',
      until: now + 1_000,
      failure: { kind: 'interrupted' },
    });
    const tenth = makeTicket({ attempts: 10, failuresInRow: 9, state: states.sending });
    expect(transition(tenth, events['run-lost'], now, half).state).toMatchObject({ until: now + 450_000 });
  });

  it.each(['pause-queue', 'attention'] as const)('%s: the failure; the row of retries ends', name => {
    const next = transition(sending, events[name], now, half);
    expect(next.failuresInRow).toBe(0);
    expect(next.state).toEqual({ name: next.state.name, failure: events[name].outcome.failure });
  });

  it('send-now keeps the row of retries, so that the next wait is no shorter', () => {
    const waiting = makeTicket({ failuresInRow: 6, state: states.waiting });
    expect(transition(waiting, events['send-now'], now, half)).toMatchObject({ failuresInRow: 6 });
  });
});

describe('any history of a job', () => {
  const failure = fc.constantFrom<Failure>(unreachable, keyRefused, { kind: 'timed-out' });
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Outcome>(events.sent.outcome) },
    {
      weight: 3,
      arbitrary: fc.record({
        verdict: fc.constant('retry'),
        failure,
        retryAfterMs: fc.option(fc.integer({ min: 1_000, max: 3_600_000 })),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ verdict: fc.constantFrom('pause-queue', 'attention', 'unknown'), failure }),
    },
  );
  const run = fc.constantFrom('run-a', 'run-b');
  const event: fc.Arbitrary<JobEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ name: fc.constant('start'), runId: run }) },
    { weight: 4, arbitrary: fc.record({ name: fc.constant('settle'), outcome }) },
    {
      weight: 2,
      arbitrary: fc.record({ name: fc.constant('run-lost'), liveRunId: run }),
    },
    { weight: 2, arbitrary: fc.constantFrom<JobEvent>({ name: 'queue-resumed' }, { name: 'send-now' }) },
    { weight: 1, arbitrary: fc.record({ name: fc.constant('queue-paused'), failure }) },
  );
  const step = fc.record({
    event,
    now: fc.nat({ max: 4e12 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });

  function check(before: Job, after: Job, { event, now }: { event: JobEvent; now: number }): void {
    expect({ ...after, attempts: 0, failuresInRow: 0, state: null }).toEqual({
      ...before,
      attempts: 0,
      failuresInRow: 0,
      state: null,
    });
    expect(stateNames).toContain(after.state.name);
    expect(JSON.parse(JSON.stringify(after))).toEqual(after);
    if (before.state.name === 'sent') expect(after).toBe(before);
    // Only a start that took effect counts as a try, and nothing takes a try back.
    const started = event.name === 'start' && after !== before;
    expect(after.attempts).toBe(before.attempts + (started ? 1 : 0));
    expect(after.failuresInRow).toBeGreaterThanOrEqual(0);
    if (after.state.name === 'sent' && after !== before) {
      expect(event).toMatchObject({ name: 'settle', outcome: { verdict: 'sent' } });
      expect(before.state.name).toBe('sending');
    }
    if (after.state.name === 'unknown') expect(after.request.kind).toBe('reply');
    // A reply that may have been sent leaves that state only by the person.
    if (before.state.name === 'unknown' && after !== before) expect(event.name).toBe('send-now');
    if (after.state.name === 'waiting' && after !== before) {
      expect(after.state.until).toBeGreaterThanOrEqual(now);
      expect(after.state.until).toBeLessThanOrEqual(now + 7_200_000);
    }
  }

  it('keeps the job, counts its tries up only, and ends in "sent" for good', () => {
    const seen = new Set<JobStateName>();
    const job = fc.constantFrom(makeTicket(), makeReply('cap_0'));
    fc.assert(
      fc.property(job, fc.array(step, { maxLength: 60 }), (job, steps) => {
        let current = job;
        for (const step of steps) {
          const after = transition(current, step.event, step.now, () => step.random);
          check(current, after, step);
          seen.add(after.state.name);
          current = after;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(seen.size).toBe(stateNames.length);
  });

  it('never changes the job that was passed in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stateNames), step, (name, { event, now, random }) => {
        const job = Object.freeze(makeTicket({ state: states[name] }));
        const before = JSON.stringify(job);
        transition(job, event, now, () => random);
        expect(JSON.stringify(job)).toBe(before);
      }),
    );
  });
});
