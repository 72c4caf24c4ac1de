import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/core/outbox/job.ts';
import { lookupHold } from '../../../../src/core/outbox/lookup-turn.ts';
import {
  idlePace,
  type Pace,
  paceAfter,
  paceAfterSharedWake,
  paceAfterStart,
} from '../../../../src/core/outbox/pace.ts';
import { slotAt } from '../../../../src/core/outbox/rate-limit.ts';
import { makeReply, makeTicket, states } from './make-job.ts';

const now = Date.UTC(2026, 0, 2);
const sending = { name: 'sending', since: now - 1, runId: 'run-a' } as const;
const onItsWay = (n: number): Job => makeReply(`cap_${n}`, { id: `capr_${n}`, state: sending });

/** The pace after a ticket's try that failed. */
function after(failure: Parameters<typeof paceAfter>[2] & { verdict: 'retry' }): Pace {
  return paceAfter(idlePace, makeTicket({ state: sending }), failure, now, 0.5);
}
const retry = { verdict: 'retry', retryAfterMs: null, mayHaveArrived: false } as const;
const outage = after({ ...retry, failure: { kind: 'unreachable' } });
const refusal = after({ ...retry, failure: { kind: 'too-many-requests', retryAfterMs: null } });

describe('a lookup', () => {
  it('is asked at once while nothing else is to be sent', () => {
    expect(lookupHold([], idlePace, now)).toBeNull();
    const parked = [
      makeTicket({ state: states.attention }),
      makeTicket({ id: 'cap_2', state: states.paused }),
    ];
    expect(lookupHold(parked, idlePace, now)).toBeNull();
  });

  it.each([
    ['an outage', outage, outage.outage.until, 'unreachable'],
    ['a refusal', refusal, refusal.refusals.ticket.until, 'too-many-requests'],
  ] as const)('is not asked while the gate of %s is shut, and is once it is not', (_, pace, until, kind) => {
    expect(until).toBeGreaterThan(now);
    expect(lookupHold([], pace, now)).toMatchObject({ failure: { kind }, until });
    expect(lookupHold([], pace, until)).toBeNull();
  });

  it('is not told of too many requests because the browser was started just now', () => {
    const started = paceAfterSharedWake(idlePace, 300, now, 0.9);
    expect(started.refusals.ticket.until).toBeGreaterThan(now + 10_000);
    expect(lookupHold([], started, now)).toBeNull();
    const refusedBefore = paceAfterSharedWake(refusal, 300, now, 0.9);
    expect(lookupHold([], refusedBefore, now)).toMatchObject({ failure: { kind: 'too-many-requests' } });
  });

  it('does not go beside a probe', () => {
    const later = refusal.refusals.ticket.until;
    expect(lookupHold([makeTicket({ state: sending })], refusal, later)?.until).toBeNull();
    expect(lookupHold([makeTicket({ state: sending })], idlePace, later)).toBeNull();
  });

  it('lets every ticket go first that could go now', () => {
    const due = makeTicket({ id: 'cap_2', order: 2 });
    expect(lookupHold([due], idlePace, now)).toMatchObject({ until: null });
    // A reply that is due is planned before it, and has slots of its own.
    expect(lookupHold([makeReply('x', { id: 'capr_1' }), due], idlePace, now)).toMatchObject({ until: null });
    expect(lookupHold([makeReply('x')], idlePace, now)).toBeNull();
    const waiting = makeTicket({ state: { ...states.waiting, until: now + 1 } });
    expect(lookupHold([waiting], idlePace, now)).toBeNull();
  });

  it('leaves a slot for the ticket of the next moment', () => {
    let pace = idlePace;
    let asked = 0;
    while (lookupHold([], pace, now) === null) {
      pace = paceAfterStart(pace, 'ticket', now);
      asked += 1;
    }
    expect(asked).toBe(4);
    expect(slotAt(pace.limiter.ticket, 'ticket', now)).toBe(now);
    const { until } = lookupHold([], pace, now) ?? {};
    expect(until).toBe(now + 40);
    expect(lookupHold([], pace, now + 40)).toBeNull();
  });

  it('leaves connections for what is to be sent', () => {
    expect(lookupHold([1, 2, 3].map(onItsWay), idlePace, now)).toBeNull();
    expect(lookupHold([1, 2, 3, 4].map(onItsWay), idlePace, now)).toMatchObject({ until: null });
  });
});
