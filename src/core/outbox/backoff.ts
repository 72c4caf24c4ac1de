import type { JobRequest } from './job.ts';
import { longestRetryAfterMs } from './retry-after.ts';

/** The window after the first failure; it doubles with each further one. */
const firstWindowMs = 2_000;
/** Tickets are many and safe to repeat: look again within minutes. */
const longestTicketWindowMs = 150_000;
/** After so many failures in a row a ticket's server is down or overrun: look about eight times an hour. */
const manyFailures = 10;
const longestTicketWindowWhenManyMs = 900_000;
/** 60 replies a minute are shared by a whole organisation: with many people waiting only long waits drain. */
const longestReplyWindowMs = 3_600_000;

function longestWindowMs(kind: JobRequest['kind'], failuresInRow: number): number {
  if (kind === 'reply') return longestReplyWindowMs;
  return failuresInRow >= manyFailures ? longestTicketWindowWhenManyMs : longestTicketWindowMs;
}

/** How soon a job that could not leave is looked at again: the network may be back without a word. */
export const postponeMs = 60_000;

/** The range the jitter is drawn from after the n-th failure in a row (n from 1), in milliseconds. */
export function backoffWindowMs(kind: JobRequest['kind'], failuresInRow: number): number {
  const doubledMs = firstWindowMs * 2 ** Math.max(0, failuresInRow - 1);
  return Math.min(longestWindowMs(kind, failuresInRow), doubledMs);
}

/**
 * The wait before the next try, whole milliseconds: what the server asked for, plus full jitter. The
 * jitter comes on top, because all who were told "120 seconds" would else come back in the same second.
 * `random` gives numbers in [0, 1).
 */
export function backoffMs(
  {
    kind,
    failuresInRow,
    retryAfterMs,
  }: { kind: JobRequest['kind']; failuresInRow: number; retryAfterMs: number | null },
  random: () => number,
): number {
  return Math.max(retryAfterMs ?? 0, 0) + Math.floor(random() * backoffWindowMs(kind, failuresInRow));
}

/** No wait is longer. A stored wait that is longer was written before the clock was put back. */
export function longestBackoffMs(kind: JobRequest['kind'], failuresInRow: number): number {
  return longestRetryAfterMs + backoffWindowMs(kind, failuresInRow);
}
