import type { Failure } from '../failure.ts';
import { longestWindowMs, postponeMs } from './backoff.ts';
import type { Outcome } from './classify.ts';
import {
  type Gate,
  type GatePolicy,
  isHalfOpen,
  onNewClock,
  opened,
  openGate,
  opensAt,
  shut,
} from './gate.ts';
import type { Job } from './job.ts';
import { faster, idleLimiter, type Lane, type Limiter, slower, take, withoutBurst } from './rate-limit.ts';

/** How fast this outbox may send at present. Stored, so that it outlives the worker. */
export interface Pace {
  /** Shut while Assembly cannot be reached or is in trouble. */
  outage: Gate;
  limiter: Record<Lane, Limiter>;
  /** Shut, for a lane, after it was told that there were too many requests (429). */
  refusals: Record<Lane, Gate>;
}

export const idlePace: Pace = {
  outage: openGate,
  limiter: { ticket: idleLimiter, reply: idleLimiter },
  refusals: { ticket: openGate, reply: openGate },
};

/** In an outage that lasts: less than one try in a quarter of an hour, so at most 100 a day. */
export const outagePolicy: GatePolicy = {
  firstWindowMs: 2_000,
  growth: 2,
  longestWindowMs,
  longestWindowWhenManyMs: longestWindowMs,
  shortestWaitWhenManyMs: 960_000,
};

/**
 * Many may share a limit, and nobody says how many: each refusal widens the window, until it is wide enough for all.
 * The figures were chosen with `npm run sim`. A first window of some seconds saves refusals that would bring
 * nothing yet, and slow growth keeps the last clients from waiting long after the others. A limiter may count
 * refused calls too; then a thousand clients drain only by waits of minutes, and their replies by up to an hour.
 */
export const refusalPolicies: Readonly<Record<Lane, GatePolicy>> = {
  ticket: {
    firstWindowMs: 8_000,
    growth: 1.8,
    longestWindowMs,
    longestWindowWhenManyMs: 900_000,
    shortestWaitWhenManyMs: 0,
  },
  reply: {
    firstWindowMs: 40_000,
    growth: 1.4,
    longestWindowMs: 3_600_000,
    longestWindowWhenManyMs: 3_600_000,
    shortestWaitWhenManyMs: 0,
  },
};

/** What the vendor lets all clients of one key do together, requests a second. */
const sharedRate: Readonly<Record<Lane, number>> = { ticket: 30, reply: 1 };
/** Clients that wake together spread their first tries over this at least. */
const shortestSpreadMs = 2_000;
/** A longer wait would not be believed: see `opensAt`. */
const longestSpreadMs = 3_600_000;

const isOutage: Partial<Record<Failure['kind'], true>> = {
  unreachable: true,
  'timed-out': true,
  'server-error': true,
  'unreadable-answer': true,
};

/** What only Assembly says, other than that there are too many requests. */
const isRefusal: Partial<Record<Failure['kind'], true>> = { rejected: true, 'key-refused': true };

/** The pace once a request of the lane goes at `now`. */
export function paceAfterStart(pace: Pace, lane: Lane, now: number): Pace {
  return { ...pace, limiter: { ...pace.limiter, [lane]: take(pace.limiter[lane], lane, now) } };
}

/**
 * The pace after the outcome of a try of `job`, which is `sending`. `jitter`, in [0, 1), is the one that the job's
 * own wait is drawn by: with two draws the later would count, and a client would wait longer than meant.
 */
export function paceAfter(pace: Pace, job: Job, outcome: Outcome, now: number, jitter: number): Pace {
  const lane = job.request.kind;
  const startedAt = job.state.name === 'sending' ? job.state.since : now;
  // Only a success says that the limit has room.
  if (outcome.verdict === 'sent') {
    return withLane({ ...pace, outage: opened(pace.outage) }, lane, limiter => faster(limiter, now), opened);
  }
  const { failure } = outcome;
  // It was answered, whatever it was answered.
  if (isRefusal[failure.kind] === true) return { ...pace, outage: opened(pace.outage) };
  const retryAfterMs = outcome.verdict === 'retry' ? outcome.retryAfterMs : null;
  const failed = { startedAt, retryAfterMs };
  if (failure.kind === 'too-many-requests') {
    return afterRefusal({ ...pace, outage: opened(pace.outage) }, lane, failed, now, jitter);
  }
  // Nobody is asked while the computer is offline: one look in a while is enough for all.
  if (failure.kind === 'offline') {
    return { ...pace, outage: { ...pace.outage, since: now, until: now + postponeMs } };
  }
  if (isOutage[failure.kind] !== true) return pace;
  return { ...pace, outage: shut(pace.outage, outagePolicy, failed, now, jitter) };
}

/**
 * The pace after a lookup that began at `startedAt` and failed with `failure`; null: it was answered. Too many requests are
 * too many for all, whoever asked. Nothing else of a lookup counts: it may fail, or be answered, where tickets are
 * not, and a ticket must neither wait for that nor be hurried by it.
 */
export function paceAfterLookup(
  pace: Pace,
  startedAt: number,
  failure: Failure | null,
  now: number,
  jitter: number,
): Pace {
  if (failure?.kind !== 'too-many-requests') return pace;
  return afterRefusal(pace, 'ticket', { startedAt, retryAfterMs: failure.retryAfterMs }, now, jitter);
}

/** The pace after a try of the lane was told that there were too many requests. */
function afterRefusal(
  pace: Pace,
  lane: Lane,
  failed: { startedAt: number; retryAfterMs: number | null },
  now: number,
  jitter: number,
): Pace {
  const { since, failuresInRow } = pace.refusals[lane];
  const isNews = failuresInRow === 0 || failed.startedAt > since;
  return withLane(
    pace,
    lane,
    limiter => (isNews ? slower(limiter, now) : limiter),
    gate => shut(gate, refusalPolicies[lane], failed, now, jitter),
  );
}

function withLane(
  pace: Pace,
  lane: Lane,
  limit: (limiter: Limiter) => Limiter,
  gate: (gate: Gate) => Gate,
): Pace {
  return {
    ...pace,
    limiter: { ...pace.limiter, [lane]: limit(pace.limiter[lane]) },
    refusals: { ...pace.refusals, [lane]: gate(pace.refusals[lane]) },
  };
}

/** The pace when the clock may not go on from where the pace was stored: see `withoutBurst` and `onNewClock`. */
export function paceOnNewClock({ limiter, refusals, outage }: Pace, now: number): Pace {
  return {
    outage: onNewClock(outage, outagePolicy, now),
    limiter: {
      ticket: withoutBurst(limiter.ticket, 'ticket', now),
      reply: withoutBurst(limiter.reply, 'reply', now),
    },
    refusals: {
      ticket: onNewClock(refusals.ticket, refusalPolicies.ticket, now),
      reply: onNewClock(refusals.reply, refusalPolicies.reply, now),
    },
  };
}

/**
 * The pace after a wake-up that other clients share: the network is back, the browsers of an office start.
 * Nobody's first try is at once; it comes within twice the time that `sharedBy` clients with one request each
 * need, at least 2 s and at most an hour, and within the window of a refusal that is not forgotten. What is
 * pressed later goes at once.
 */
export function paceAfterSharedWake(pace: Pace, sharedBy: number, now: number, jitter: number): Pace {
  const held = (lane: Lane): Gate => {
    const gate = pace.refusals[lane];
    // A network that comes and goes does not put the first tries off again and again.
    if (!isHalfOpen(gate) && gate.since <= now && opensAt(gate, refusalPolicies[lane], now) > now)
      return gate;
    const fairMs = sharedBy > 1 ? (2 * sharedBy * 1_000) / sharedRate[lane] : 0;
    const spreadMs = Math.min(longestSpreadMs, Math.max(shortestSpreadMs, fairMs, gate.windowMs));
    const until = Math.max(opensAt(gate, refusalPolicies[lane], now), Math.floor(now + jitter * spreadMs));
    return { ...gate, until, since: isHalfOpen(gate) ? gate.since : now };
  };
  return {
    ...pace,
    // What was out of reach is tried now, not when its long wait would have ended.
    outage: { ...pace.outage, until: 0 },
    refusals: { ticket: held('ticket'), reply: held('reply') },
  };
}
