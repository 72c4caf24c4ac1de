import { longestBackoffMs } from './backoff.ts';
import { type Gate, type GatePolicy, isHalfOpen, opensAt } from './gate.ts';
import type { Job, JobStateName } from './job.ts';
import { ownTicket } from './own-ticket.ts';
import { outagePolicy, type Pace, refusalPolicies } from './pace.ts';
import { slotAt } from './rate-limit.ts';
import type { Wait, WaitReason } from './wait.ts';

interface Plan {
  /** The job to start now. */
  next: Job | null;
  /**
   * The earliest instant, epoch ms, at which planning again can bring something if nothing else happens:
   * `now` with a `next`, null when only an event (an answer, a key, a click) can help.
   */
  wakeAt: number | null;
}

/** Requests that may be on their way at once: what HTTP/1.1 allows to one host. */
const defaultRequestLimit = 6;
/** Those with files are few, because their bytes are in memory: up to ten pictures of 4 MB each. */
const requestWithFilesLimit = 2;

/** Older replies in these states go first. `attention` and `unknown` are parked with a person and hold nobody up. */
const holdsLaterReplies: readonly JobStateName[] = ['queued', 'waiting', 'sending', 'paused'];

/** What the other jobs of the outbox mean for each job. */
interface Surroundings {
  jobs: readonly Job[];
  requestLimit: number;
  onTheirWay: readonly Job[];
  /** For each reply target, the oldest reply that holds up the later ones. */
  firstReplies: ReadonlyMap<string, Job>;
}

function surroundings(jobs: readonly Job[], requestLimit: number): Surroundings {
  const firstReplies = new Map<string, Job>();
  for (const job of jobs) {
    const target = targetOf(job);
    if (target === null || !holdsLaterReplies.includes(job.state.name)) continue;
    const first = firstReplies.get(target);
    if (!first || byOrder(job, first) < 0) firstReplies.set(target, job);
  }
  return {
    jobs,
    requestLimit,
    onTheirWay: jobs.filter(({ state }) => state.name === 'sending'),
    firstReplies,
  };
}

function byOrder(a: Job, b: Job): number {
  return a.order - b.order || (a.id < b.id ? -1 : 1);
}

function targetOf({ request }: Job): string | null {
  return request.kind === 'reply' ? `${request.target.parameter}=${request.target.value}` : null;
}

function customerOf({ request }: Job): string | null {
  return request.kind === 'ticket' ? (request.customer?.email.toLowerCase() ?? null) : null;
}

function hasFiles({ request }: Job): boolean {
  return (request.kind === 'ticket' ? request.images : request.files).length > 0;
}

/** The other job that has to go first, if any. */
function held(job: Job, { jobs, onTheirWay, firstReplies }: Surroundings): WaitReason | null {
  const target = targetOf(job);
  if (target !== null) {
    if (firstReplies.get(target)?.id !== job.id) return 'earlier-reply';
    const ticket = ownTicket(job, jobs);
    return ticket === null || ticket.state.name === 'sent' ? null : 'own-ticket';
  }
  const customer = customerOf(job);
  if (customer === null) return null;
  return onTheirWay.some(other => customerOf(other) === customer) ? 'same-customer' : null;
}

/** Whether the gate holds back a job: not one that was pressed since the gate was shut. */
function holdsBack(gate: Gate, { state }: Job, isOverriddenBy: 'any press' | 'send-now'): boolean {
  if (state.name !== 'queued' || state.since < gate.since) return true;
  return isOverriddenBy === 'send-now' && !state.isUrgent;
}

/** What the job waits for at `now`; null for a job that does not go by itself, or is on its way. */
function waitOf(job: Job, around: Surroundings, pace: Pace, now: number): Wait | null {
  const { state, request } = job;
  if (state.name !== 'queued' && state.name !== 'waiting') return null;
  const other = held(job, around);
  if (other !== null) return { reason: other, until: null };

  const lane = request.kind;
  const refusals = pace.refusals[lane];
  let wait: Wait = { reason: 'none', until: now };
  const atLeast = (until: number, reason: WaitReason) => {
    if (until > (wait.until ?? now)) wait = { reason, until };
  };
  // A wait longer than any we give was written before the clock was put back: it says nothing any more.
  if (state.name === 'waiting' && state.until <= now + longestBackoffMs) atLeast(state.until, 'back-off');
  const gates: [Gate, GatePolicy, WaitReason, 'any press' | 'send-now'][] = [
    [pace.outage, outagePolicy, 'outage', 'any press'],
    isHalfOpen(refusals)
      ? [refusals, refusalPolicies[lane], 'refusal', 'send-now']
      : // Shut without a refusal: the first tries after a shared wake-up are spread.
        [refusals, refusalPolicies[lane], 'slot', 'any press'],
  ];
  for (const [gate, policy, reason, override] of gates) {
    if (holdsBack(gate, job, override)) atLeast(opensAt(gate, policy, now), reason);
  }
  atLeast(slotAt(pace.limiter[lane], lane, now), 'slot');
  if ((wait.until ?? now) > now) return wait;

  const { onTheirWay, requestLimit } = around;
  const rivals = onTheirWay.filter(({ request: sent }) => sent.kind === lane);
  const isBlockedByProbe =
    (isHalfOpen(pace.outage) && onTheirWay.length > 0 && holdsBack(pace.outage, job, 'any press')) ||
    (isHalfOpen(refusals) && rivals.length > 0);
  const isFull =
    onTheirWay.length >= requestLimit ||
    (hasFiles(job) && onTheirWay.filter(hasFiles).length >= requestWithFilesLimit);
  return isBlockedByProbe || isFull ? { reason: 'slot', until: null } : wait;
}

/**
 * What to send next: of the jobs that may go now, the one with the fewest failures in a row, then the oldest, so
 * that no job holds up another. Exceptions: replies to one target go in order, a reply to a ticket of this outbox
 * waits until that ticket is sent, and tickets of one customer do not go at once. `jobs` is the whole outbox in
 * any order, with what an earlier run left in `sending` recovered (`run-lost`) and, while nothing can be sent, all
 * of it paused (`queue-paused`). At most `requestLimit` requests are on their way at once.
 */
export function plan(
  jobs: readonly Job[],
  pace: Pace,
  now: number,
  requestLimit: number = defaultRequestLimit,
): Plan {
  const around = surroundings(jobs, requestLimit);
  let next: Job | null = null;
  let wakeAt: number | null = null;
  for (const job of jobs) {
    const wait = waitOf(job, around, pace, now);
    if (wait === null || wait.until === null) continue;
    if (wait.until > now) wakeAt = Math.min(wakeAt ?? wait.until, wait.until);
    else if (next === null || goesBefore(job, next)) next = job;
  }
  return next ? { next, wakeAt: now } : { next, wakeAt };
}

function goesBefore(a: Job, b: Job): boolean {
  return (a.failuresInRow - b.failuresInRow || byOrder(a, b)) < 0;
}

/** What each job that goes by itself waits for at `now`, by id. `jobs` is the whole outbox. */
export function waits(jobs: readonly Job[], pace: Pace, now: number): Map<string, Wait> {
  const around = surroundings(jobs, defaultRequestLimit);
  const all = new Map<string, Wait>();
  for (const job of jobs) {
    const wait = waitOf(job, around, pace, now);
    if (wait) all.set(job.id, wait);
  }
  return all;
}
