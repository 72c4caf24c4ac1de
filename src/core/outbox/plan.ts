import { longestBackoffMs } from './backoff.ts';
import type { Job, JobStateName } from './job.ts';
import { ownTicket } from './own-ticket.ts';
import { type LimiterState, slotAt } from './rate-limit.ts';

interface Plan {
  /** The job to start now. */
  next: Job | null;
  /**
   * The earliest instant, epoch ms, at which planning again can bring something if nothing else happens:
   * `now` with a `next`, null when only an event (an answer, a key, a click) can help.
   */
  wakeAt: number | null;
}

/** Older replies in these states go first. `attention` and `unknown` are parked with a person and hold nobody up. */
const holdsLaterReplies: readonly JobStateName[] = ['queued', 'waiting', 'sending', 'paused'];

/** When the job itself may go, whatever its lane says; null when no time makes it due. */
function dueAt({ state, request, failuresInRow }: Job, now: number): number | null {
  if (state.name === 'queued') return now;
  if (state.name !== 'waiting') return null;
  // A wait longer than any we give was written before the clock was put back: it says nothing any more.
  return state.until > now + longestBackoffMs(request.kind, failuresInRow) ? now : state.until;
}

/** The jobs in order of age that need no other job to go first. */
function unblocked(jobs: readonly Job[]): Job[] {
  const heldTargets = new Set<string>();
  const byAge = jobs.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return byAge.filter(job => {
    if (job.request.kind === 'ticket') return true;
    const { parameter, value } = job.request.target;
    const target = `${parameter}=${value}`;
    const isHeld = heldTargets.has(target);
    if (holdsLaterReplies.includes(job.state.name)) heldTargets.add(target);
    const ticket = ownTicket(job, jobs);
    return !isHeld && (ticket === null || ticket.state.name === 'sent');
  });
}

/**
 * What to send next: the oldest job that is due and has a slot in its lane. No job holds up another, with two
 * exceptions: replies to one target go in order, and a reply to a ticket of this outbox waits until that
 * ticket is sent. `jobs` is the whole outbox in any order, with what an earlier run left in `sending` recovered
 * (`run-lost`) and, while nothing can be sent, all of it paused (`queue-paused`).
 */
export function plan(jobs: readonly Job[], limiter: LimiterState, now: number): Plan {
  let wakeAt: number | null = null;
  for (const job of unblocked(jobs)) {
    const due = dueAt(job, now);
    if (due === null) continue;
    const startAt = Math.max(due, slotAt(limiter, job.request.kind, now));
    if (startAt <= now) return { next: job, wakeAt: now };
    wakeAt = Math.min(wakeAt ?? startAt, startAt);
  }
  return { next: null, wakeAt };
}
