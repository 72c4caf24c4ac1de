import type { Failure } from '../failure.ts';
import { isHalfOpen, opensAt } from './gate.ts';
import type { Job } from './job.ts';
import { outagePolicy, type Pace, paceAfterStart, refusalPolicies } from './pace.ts';
import { waits } from './plan.ts';
import { slotAt } from './rate-limit.ts';

/** What keeps a lookup from being asked, and until when (epoch ms); null when only another request's end says. */
export interface LookupHold {
  failure: Failure;
  until: number | null;
}

/** Below what a browser allows to one host, so that a send never waits for the connection of a lookup. */
const requestLimit = 4;
const noSlot: Failure = { kind: 'too-many-requests', retryAfterMs: null };

/**
 * Whether a lookup may be asked at `now`; null: it may. It goes at the pace of tickets and after everything else: not
 * while a gate is shut by a failure or probed, not while a ticket could go, and only when a slot is left for a ticket of the next
 * moment. `jobs` is the whole outbox.
 */
export function lookupHold(jobs: readonly Job[], pace: Pace, now: number): LookupHold | null {
  const refusals = pace.refusals.ticket;
  const outageUntil = opensAt(pace.outage, outagePolicy, now);
  if (outageUntil > now) return { failure: { kind: 'unreachable' }, until: outageUntil };
  // Where nothing was refused, the gate only spreads what waited for a wake-up that many share. A lookup is asked for now.
  const refusedUntil = isHalfOpen(refusals) ? opensAt(refusals, refusalPolicies.ticket, now) : now;
  if (refusedUntil > now) {
    const failure: Failure = { kind: 'too-many-requests', retryAfterMs: refusedUntil - now };
    return { failure, until: refusedUntil };
  }
  const onTheirWay = jobs.filter(({ state }) => state.name === 'sending').length;
  const isProbed = (isHalfOpen(pace.outage) || isHalfOpen(refusals)) && onTheirWay > 0;
  const waiting = waits(jobs, pace, now);
  const isTicketDue = jobs.some(
    ({ id, request }) =>
      request.kind === 'ticket' && (waiting.get(id)?.until ?? Number.POSITIVE_INFINITY) <= now,
  );
  if (isProbed || isTicketDue || onTheirWay >= requestLimit) return { failure: noSlot, until: null };
  // A slot beside the one that it takes.
  const slot = slotAt(paceAfterStart(pace, 'ticket', now).limiter.ticket, 'ticket', now);
  return slot > now ? { failure: noSlot, until: slot } : null;
}
