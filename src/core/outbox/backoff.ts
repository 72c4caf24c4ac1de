import { longestRetryAfterMs } from './retry-after.ts';

/** The window after the first failure; it doubles with each further one. */
const firstWindowMs = 2_000;
/** Between two tries of one job no window is longer: a server that is back is noticed within minutes. */
export const longestWindowMs = 120_000;

/**
 * How soon a job that could not leave is looked at again: the network may be back without a word, for Chromium
 * tells its service workers nothing of it. An alarm's wait: no worker stays awake for a network that is not there.
 */
export const postponeMs = 31_000;

/** The range that the wait of one job is drawn from after its n-th failure in a row (n from 1), milliseconds. */
export function backoffWindowMs(failuresInRow: number): number {
  return Math.min(longestWindowMs, firstWindowMs * 2 ** Math.max(0, failuresInRow - 1));
}

/**
 * The wait before the next try of a job, whole milliseconds: what the server asked for, plus full jitter. The
 * jitter comes on top, because all who were told "120 seconds" would else come back in the same second.
 * `jitter` is in [0, 1).
 */
export function backoffMs(failuresInRow: number, retryAfterMs: number | null, jitter: number): number {
  return Math.max(retryAfterMs ?? 0, 0) + Math.floor(jitter * backoffWindowMs(failuresInRow));
}

/** No wait of a job is longer. A stored wait that is longer was written before the clock was put back. */
export const longestBackoffMs = longestRetryAfterMs + longestWindowMs;
