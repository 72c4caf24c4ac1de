import type { JobRequest } from './job.ts';

/** Tickets and replies have limits of their own; neither waits for the other. */
export type Lane = JobRequest['kind'];

/** GCRA with an adaptive rate. Plain JSON, stored with each take, so that a restart brings no second burst. */
export interface Limiter {
  /** Theoretical arrival time of the next request, epoch ms. */
  tatMs: number;
  /** The part of the lane's full rate that is used at present, in [1/32, 1]. */
  share: number;
}

/**
 * The vendor allows 30 events a second and 60 replies a minute. In any window of w ms a lane lets through at
 * most (w + (burst - 1) * interval) / interval + 1: 29 tickets in a second, 57 replies in a minute.
 */
const lanes: Readonly<Record<Lane, { intervalMs: number; burst: number }>> = {
  ticket: { intervalMs: 40, burst: 5 },
  reply: { intervalMs: 1_100, burst: 3 },
};
const smallestShare = 1 / 32;
/** Instants are sums of fractions of a millisecond. */
const roundingMs = 1;
/** Twenty requests that were taken bring the rate back from nothing to the whole. */
const recoveryStep = 1 / 20;

/** A limiter that has let nothing through yet. */
export const idleLimiter: Limiter = { tatMs: 0, share: 1 };

function intervalMs(lane: Lane, { share }: Limiter): number {
  return lanes[lane].intervalMs / share;
}

function toleranceMs(lane: Lane, limiter: Limiter): number {
  return (lanes[lane].burst - 1) * intervalMs(lane, limiter);
}

/**
 * No take leaves a time later than now + burst * interval. A later one means that the clock was put back:
 * it then counts as "burst used up, one slot free", which heals with the next take. (Clamping it to the
 * horizon instead would block for ever: the horizon moves on with `now`.)
 */
function arrivalTime(limiter: Limiter, lane: Lane, now: number): number {
  const tolerance = toleranceMs(lane, limiter);
  const horizon = now + tolerance + intervalMs(lane, limiter) + roundingMs;
  return limiter.tatMs > horizon ? now + tolerance : Math.max(limiter.tatMs, now);
}

/** When the next request of the lane may go, epoch ms: `now` or at most burst * interval later. */
export function slotAt(limiter: Limiter, lane: Lane, now: number): number {
  return Math.max(now, Math.ceil(arrivalTime(limiter, lane, now) - toleranceMs(lane, limiter)));
}

/**
 * The state after one request of the lane goes at `now`. Ask `slotAt` first: a take before its slot goes
 * through and only leaves the lane full. Store the result before the fetch: a slot lost to a crash is fine.
 */
export function take(limiter: Limiter, lane: Lane, now: number): Limiter {
  const interval = intervalMs(lane, limiter);
  const latest = now + toleranceMs(lane, limiter) + interval;
  return { ...limiter, tatMs: Math.min(arrivalTime(limiter, lane, now) + interval, latest) };
}

/**
 * The limiter for a stretch of time whose clock may not go on from the last one: a new worker, or a clock that
 * was set. What the stored time says of the past is not believed, so the burst has to be earned anew: one request
 * may go at once, the others at the lane's pace.
 */
export function withoutBurst(limiter: Limiter, lane: Lane, now: number): Limiter {
  return { ...limiter, tatMs: Math.max(arrivalTime(limiter, lane, now), now + toleranceMs(lane, limiter)) };
}

/** Half the rate: the limit is shared by a whole organisation, and others use it too. */
export function slower(limiter: Limiter, now: number): Limiter {
  return withShare(limiter, Math.max(smallestShare, limiter.share / 2), now);
}

/** One step back to the full rate. */
export function faster(limiter: Limiter, now: number): Limiter {
  return withShare(limiter, Math.min(1, limiter.share + recoveryStep), now);
}

/** The slots that are used stay used: in time, they are longer or shorter from here on. */
function withShare(limiter: Limiter, share: number, now: number): Limiter {
  const usedMs = Math.max(0, limiter.tatMs - now);
  return { tatMs: now + (usedMs * limiter.share) / share, share };
}
