import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../src/core/failure.ts';
import { backoffWindowMs, longestBackoffMs, postponeMs } from '../../../../src/core/outbox/backoff.ts';
import type { Outcome } from '../../../../src/core/outbox/classify.ts';
import type { Job, JobStateName } from '../../../../src/core/outbox/job.ts';
import { type JobEvent, transition } from '../../../../src/core/outbox/transition.ts';
import { makeReply, makeTicket, states } from './make-job.ts';

const now = 10_000;
const stateNames: JobStateName[] = ['queued', 'sending', 'waiting', 'paused', 'attention', 'unknown', 'sent'];
const unreachable: Failure = { kind: 'unreachable' };
const keyRefused: Failure = { kind: 'key-refused', status: 401, detail: 'Invalid API key' };

/** What came of the try that `states.sending` is in. */
function settle<O extends Outcome>(outcome: O) {
  return { name: 'settle', runId: states.sending.runId, outcome, jitter: 0.5 } as const;
}

const sentOutcome: Outcome = { verdict: 'sent', ticketNumber: 'ASM-9', historyId: null };

const events = {
  start: { name: 'start', runId: 'run-b' },
  sent: settle(sentOutcome),
  retry: settle({ verdict: 'retry', failure: unreachable, retryAfterMs: 7_000, mayHaveArrived: true }),
  postpone: settle({ verdict: 'postpone', failure: { kind: 'offline' } }),
  'pause-queue': settle({ verdict: 'pause-queue', failure: keyRefused }),
  attention: settle({ verdict: 'attention', failure: unreachable }),
  unknown: settle({ verdict: 'unknown', failure: unreachable }),
  'sent, of another run': { ...settle(sentOutcome), runId: 'run-b' },
  'run-lost': { name: 'run-lost', liveRunId: 'run-b', browserEnded: false, jitter: 0.5 },
  'run-lost, of the live run': { name: 'run-lost', liveRunId: 'run-a', browserEnded: false, jitter: 0.5 },
  'ticket-gone': { name: 'ticket-gone', problem: 'target-discarded' },
  'ticket-back': { name: 'ticket-back' },
  'send-now': { name: 'send-now' },
  'network-back': { name: 'network-back' },
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
    postpone: { sending: ['waiting', 'waiting'] },
    'pause-queue': { sending: ['paused', 'paused'] },
    attention: { sending: ['attention', 'attention'] },
    unknown: { sending: ['waiting', 'unknown'] },
    'sent, of another run': {},
    'run-lost': { sending: ['waiting', 'unknown'] },
    'run-lost, of the live run': {},
    'ticket-gone': { queued: ['attention', 'attention'], waiting: ['attention', 'attention'] },
    'ticket-back': {},
    'send-now': {
      queued: ['queued', 'queued'],
      waiting: ['queued', 'queued'],
      paused: ['queued', 'queued'],
      attention: ['queued', 'queued'],
      unknown: ['queued', 'queued'],
    },
    'network-back': { waiting: ['waiting', 'waiting'] },
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
      const next = transition(job, event, now);
      if (after === undefined) expect(next).toBe(job);
      else expect(next.state.name).toBe(after);
    }
  });
});

describe('what goes into the new state', () => {
  const sending = makeTicket({ attempts: 3, failuresInRow: 2, deathsInRow: 1, state: states.sending });

  it('start: a try is counted, with its run and time', () => {
    const next = transition(makeTicket({ attempts: 3, failuresInRow: 2 }), events.start, now);
    expect(next).toMatchObject({ attempts: 4, failuresInRow: 2 });
    expect(next.state).toEqual({ name: 'sending', since: now, runId: 'run-b' });
  });

  it('sent: number and time', () => {
    const next = transition(sending, events.sent, now);
    expect(next).toMatchObject({ attempts: 3, failuresInRow: 0, deathsInRow: 0 });
    expect(next.state).toEqual({ name: 'sent', at: now, ticketNumber: 'ASM-9', historyId: null });
  });

  it('retry: what the server asked for plus half of the third window', () => {
    const next = transition(sending, events.retry, now);
    expect(next).toMatchObject({ attempts: 3, failuresInRow: 3, deathsInRow: 0 });
    const until = now + 7_000 + backoffWindowMs(3) / 2;
    expect(next.state).toEqual({ name: 'waiting', until, failure: unreachable });
  });

  it('postpone: a try that never left does not count, and nothing in a row grows by it', () => {
    const next = transition(sending, events.postpone, now);
    expect(next).toMatchObject({ attempts: 2, failuresInRow: 2, deathsInRow: 0, mayHaveArrived: false });
    const until = now + postponeMs;
    expect(next.state).toEqual({ name: 'waiting', until, failure: { kind: 'offline' } });
  });

  it('a lost run: soon, and later each time that it happens in a row', () => {
    const first = makeTicket({ attempts: 1, state: states.sending });
    const failure: Failure = { kind: 'interrupted' };
    const dueAfter = (failures: number) => now + backoffWindowMs(failures) / 2;
    expect(transition(first, events['run-lost'], now).state).toEqual({
      name: 'waiting',
      until: dueAfter(1),
      failure,
    });
    const fourth = makeTicket({ attempts: 4, failuresInRow: 3, state: states.sending });
    expect(transition(fourth, events['run-lost'], now).state).toMatchObject({ until: dueAfter(4) });
  });

  it.each([
    ['pause-queue', 0],
    ['attention', 0],
  ] as const)('%s: the failure; %i in a row, and no death', (name, failuresInRow) => {
    const next = transition(sending, events[name], now);
    expect(next).toMatchObject({ failuresInRow, deathsInRow: 0 });
    expect(next.state).toEqual({ name: next.state.name, failure: events[name].outcome.failure });
  });

  it('send-now: urgent from now on; it keeps the row of retries, so that the next wait is no shorter', () => {
    const next = transition(makeTicket({ failuresInRow: 6, state: states.waiting }), events['send-now'], now);
    expect(next.failuresInRow).toBe(6);
    expect(next.state).toEqual({ name: 'queued', since: now, isUrgent: true });
  });

  it.each(['target-discarded', 'target-is-draft'] as const)(
    'ticket-back: a reply that was stopped by %s is in the queue from now on, and not urgent',
    problem => {
      const stopped = transition(
        makeReply('cap_0', { state: states.queued }),
        { name: 'ticket-gone', problem },
        now - 1,
      );
      expect(stopped.state).toMatchObject({ name: 'attention', failure: { problems: [problem] } });
      expect(transition(stopped, events['ticket-back'], now).state).toEqual({
        name: 'queued',
        since: now,
        isUrgent: false,
      });
    },
  );

  it('queue-resumed: in the queue from now on, and not urgent', () => {
    const next = transition(makeTicket({ state: states.paused }), events['queue-resumed'], now);
    expect(next.state).toEqual({ name: 'queued', since: now, isUrgent: false });
  });

  it('network-back: only a wait for the network is over', () => {
    const waiting = (failure: Failure) => makeTicket({ state: { name: 'waiting', until: 90_000, failure } });
    for (const failure of [unreachable, { kind: 'offline' } as const]) {
      const next = transition(waiting(failure), events['network-back'], now);
      expect(next.state).toEqual({ name: 'waiting', until: now, failure });
    }
    const others: Failure[] = [
      { kind: 'timed-out' },
      { kind: 'interrupted' },
      { kind: 'too-many-requests', retryAfterMs: 80_000 },
      { kind: 'server-error', status: 503, detail: 'down' },
    ];
    for (const failure of others) {
      const job = waiting(failure);
      expect(transition(job, events['network-back'], now)).toBe(job);
    }
  });
});

describe('whether a try may have arrived', () => {
  const sending = makeTicket({ attempts: 1, state: states.sending });
  const retry = (mayHaveArrived: boolean) =>
    settle({ verdict: 'retry', failure: unreachable, retryAfterMs: null, mayHaveArrived });

  it('is what the answer says', () => {
    expect(transition(sending, retry(true), now).mayHaveArrived).toBe(true);
    expect(transition(sending, retry(false), now).mayHaveArrived).toBe(false);
    expect(transition(sending, events['run-lost'], now).mayHaveArrived).toBe(true);
    const reply = makeReply('cap_0', { attempts: 1, state: states.sending });
    expect(transition(reply, events.unknown, now).mayHaveArrived).toBe(true);
    expect(transition(reply, events['run-lost'], now).mayHaveArrived).toBe(true);
  });

  it('is not forgotten by a later try that did not', () => {
    const before = { ...sending, mayHaveArrived: true };
    expect(transition(before, retry(false), now).mayHaveArrived).toBe(true);
    expect(transition(before, events.postpone, now).mayHaveArrived).toBe(true);
    expect(transition(before, events.attention, now).mayHaveArrived).toBe(true);
  });
});

describe('a ticket in whose tries the worker dies', () => {
  /** `count` tries in a row that were lost with their worker. */
  function killed(job: Job, count: number, browserEnded = false): Job {
    let current = job;
    for (let n = 0; n < count; n += 1) {
      current = transition(current, events.start, now);
      current = transition(
        current,
        { name: 'run-lost', liveRunId: `run-${n}`, browserEnded, jitter: 0 },
        now,
      );
    }
    return current;
  }

  it('is tried three times, then a person decides', () => {
    expect(killed(makeTicket(), 2)).toMatchObject({ deathsInRow: 2, state: { name: 'waiting' } });
    expect(killed(makeTicket(), 3)).toMatchObject({
      attempts: 3,
      deathsInRow: 0,
      mayHaveArrived: true,
      state: { name: 'attention', failure: { kind: 'interrupted-often' } },
    });
  });

  it('is not held to account for the end of the browser', () => {
    const closedOften = killed(makeTicket(), 9, true);
    expect(closedOften).toMatchObject({ deathsInRow: 0, mayHaveArrived: true, state: { name: 'waiting' } });
    // Between deaths of the worker, closing the browser makes nothing good either.
    const { state } = killed(killed(killed(makeTicket(), 2), 1, true), 1);
    expect(state).toEqual({ name: 'attention', failure: { kind: 'interrupted-often' } });
  });

  it('is tried three times again when the person says so', () => {
    const again = transition(killed(makeTicket(), 3), events['send-now'], now);
    expect(killed(again, 2).state.name).toBe('waiting');
    expect(killed(again, 3).state.name).toBe('attention');
  });

  it('counts anew after an answer, whatever it was', () => {
    const twice = { ...killed(makeTicket(), 2), state: states.sending };
    const after = transition(twice, events.retry, now);
    expect(killed(after, 2).state.name).toBe('waiting');
  });
});

describe('any history of a job', () => {
  const failure = fc.constantFrom<Failure>(
    unreachable,
    keyRefused,
    { kind: 'timed-out' },
    { kind: 'offline' },
  );
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    { weight: 1, arbitrary: fc.constant<Outcome>(sentOutcome) },
    {
      weight: 3,
      arbitrary: fc.record({
        verdict: fc.constant('retry'),
        failure,
        retryAfterMs: fc.option(fc.integer({ min: 1_000, max: 3_600_000 })),
        mayHaveArrived: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        verdict: fc.constantFrom('postpone', 'pause-queue', 'attention', 'unknown'),
        failure,
      }),
    },
  );
  const run = fc.constantFrom('run-a', 'run-b');
  const jitter = fc.double({ min: 0, max: 0.999, noNaN: true });
  const event: fc.Arbitrary<JobEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ name: fc.constant('start'), runId: run }) },
    { weight: 6, arbitrary: fc.record({ name: fc.constant('settle'), runId: run, outcome, jitter }) },
    {
      weight: 2,
      arbitrary: fc.record({
        name: fc.constant('run-lost'),
        liveRunId: run,
        browserEnded: fc.boolean(),
        jitter,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<JobEvent>(
        { name: 'queue-resumed' },
        { name: 'send-now' },
        { name: 'network-back' },
        { name: 'ticket-gone', problem: 'target-is-draft' },
        { name: 'ticket-back' },
      ),
    },
    { weight: 1, arbitrary: fc.record({ name: fc.constant('queue-paused'), failure }) },
  );
  const step = fc.record({ event, now: fc.nat({ max: 4e12 }) });

  /** The job without what its history may change. */
  function intent({
    id,
    draftId,
    draftRevision,
    createdAt,
    order,
    request,
    pageUrl,
    mayHoldEarlierText,
  }: Job) {
    return { id, draftId, draftRevision, createdAt, order, request, pageUrl, mayHoldEarlierText };
  }

  function check(before: Job, after: Job, { event, now }: { event: JobEvent; now: number }): void {
    expect(intent(after)).toEqual(intent(before));
    expect(stateNames).toContain(after.state.name);
    expect(JSON.parse(JSON.stringify(after))).toEqual(after);
    if (before.state.name === 'sent') expect(after).toBe(before);
    if (after === before) return;
    // A start counts as a try; what never left takes it back, and nothing else does.
    const isPostponed = event.name === 'settle' && event.outcome.verdict === 'postpone';
    expect(after.attempts).toBe(before.attempts + (event.name === 'start' ? 1 : 0) - (isPostponed ? 1 : 0));
    expect(after.attempts).toBeGreaterThanOrEqual(0);
    expect(after.failuresInRow).toBeGreaterThanOrEqual(0);
    if (before.mayHaveArrived) expect(after.mayHaveArrived).toBe(true);
    if (after.state.name === 'sent') {
      expect(event).toMatchObject({ name: 'settle', outcome: { verdict: 'sent' } });
      expect(before.state.name).toBe('sending');
    }
    if (event.name === 'settle') expect(before.state).toMatchObject({ name: 'sending', runId: event.runId });
    if (after.state.name === 'unknown') {
      expect(after.request.kind).toBe('reply');
      expect(after.mayHaveArrived).toBe(true);
    }
    // A reply that may have been sent leaves that state only by the person.
    if (before.state.name === 'unknown') expect(event.name).toBe('send-now');
    if (after.state.name === 'waiting') {
      expect(after.state.until).toBeGreaterThanOrEqual(now);
      expect(after.state.until).toBeLessThanOrEqual(now + longestBackoffMs);
    }
  }

  it('keeps the job, counts its tries, and ends in "sent" for good', () => {
    const seen = new Set<JobStateName>();
    const job = fc.constantFrom(makeTicket(), makeReply('cap_0'));
    fc.assert(
      fc.property(job, fc.array(step, { maxLength: 60 }), (job, steps) => {
        let current = job;
        for (const step of steps) {
          const after = transition(current, step.event, step.now);
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
      fc.property(fc.constantFrom(...stateNames), step, (name, { event, now }) => {
        const job = Object.freeze(makeTicket({ state: states[name] }));
        const before = JSON.stringify(job);
        transition(job, event, now);
        expect(JSON.stringify(job)).toBe(before);
      }),
    );
  });
});
