import type { JobRequest } from './job.ts';

/** Tickets and replies have limits of their own; neither waits for the other. */
export type Lane = JobRequest['kind'];

/**
 * GCRA, one number a lane: the theoretical arrival time, epoch ms. Plain JSON, to be stored with each
 * take, so that a restart brings no second burst.
 */
export type LimiterState = Record<Lane, { tatMs: number }>;

/**
 * The vendor allows 30 events a second and 60 replies a minute. In any window of w ms a lane lets through at
 * most (w + (burst - 1) * interval) / interval + 1: 30 tickets a second, 57 replies a minute.
 */
const lanes: Readonly<Record<Lane, { intervalMs: number; burst: number }>> = {
  ticket: { intervalMs: 40, burst: 5 },
  reply: { intervalMs: 1_100, burst: 3 },
};

/** A limiter that has let nothing through yet. */
export const idleLimiter: LimiterState = { ticket: { tatMs: 0 }, reply: { tatMs: 0 } };

function toleranceMs(lane: Lane): number {
  return (lanes[lane].burst - 1) * lanes[lane].intervalMs;
}

/**
 * No take leaves a time later than now + burst * interval. A later one means that the clock was put back:
 * it then counts as "burst used up, one slot free", which heals with the next take. (Clamping it to the
 * horizon instead would block for ever: the horizon moves on with `now`.)
 */
function arrivalTime(state: LimiterState, lane: Lane, now: number): number {
  const { tatMs } = state[lane];
  const horizon = now + toleranceMs(lane) + lanes[lane].intervalMs;
  return tatMs > horizon ? now + toleranceMs(lane) : Math.max(tatMs, now);
}

/** When the next request of the lane may go, epoch ms: `now` or at most burst * interval later. */
export function slotAt(state: LimiterState, lane: Lane, now: number): number {
  return Math.max(now, arrivalTime(state, lane, now) - toleranceMs(lane));
}

/**
 * The state after one request of the lane goes at `now`. Ask `slotAt` first: a take before its slot goes
 * through and only leaves the lane full. Store the result before the fetch: a slot lost to a crash is fine.
 */
export function take(state: LimiterState, lane: Lane, now: number): LimiterState {
  const { intervalMs } = lanes[lane];
  const latest = now + toleranceMs(lane) + intervalMs;
  return { ...state, [lane]: { tatMs: Math.min(arrivalTime(state, lane, now) + intervalMs, latest) } };
}
