import { longestRetryAfterMs } from './retry-after.ts';

/**
 * Holds back many jobs at once, for a reason that is not theirs: Assembly cannot be reached, or takes no more
 * requests. A circuit breaker: shut after a failure, then half open for one probe at a time until one succeeds.
 * Plain JSON; instants are epoch ms, 0 for "never".
 */
export interface Gate {
  /** When it was shut last. */
  since: number;
  until: number;
  failuresInRow: number;
  /** The range that the last wait was drawn from. */
  windowMs: number;
}

export interface GatePolicy {
  /** The window after the first failure. */
  firstWindowMs: number;
  /** The factor by which each further failure widens it … */
  growth: number;
  /** … up to here. */
  longestWindowMs: number;
  /** After `manyFailures` in a row this is its longest … */
  longestWindowWhenManyMs: number;
  /** … and no wait is shorter than this. */
  shortestWaitWhenManyMs: number;
}

/** The tenth failure in a row says that this will last. */
const manyFailures = 10;
/** What success leaves of the window: it is not forgotten at once, for others may still be waiting. */
const decay = 0.7;
const smallestWindowMs = 1_000;

export const openGate: Gate = { since: 0, until: 0, failuresInRow: 0, windowMs: 0 };

/** The gate after a failure of a try that started at `startedAt`. `jitter` is in [0, 1). */
export function shut(
  gate: Gate,
  policy: GatePolicy,
  { startedAt, retryAfterMs }: { startedAt: number; retryAfterMs: number | null },
  now: number,
  jitter: number,
): Gate {
  const askedUntil = now + Math.max(retryAfterMs ?? 0, 0);
  // Tries that were under way together fail together: for the circuit that is one failure.
  if (gate.failuresInRow > 0 && startedAt <= gate.since && gate.since <= now) {
    return { ...gate, until: Math.max(gate.until, askedUntil) };
  }
  const failuresInRow = gate.failuresInRow + 1;
  const isLasting = failuresInRow >= manyFailures;
  const longestMs = isLasting ? policy.longestWindowWhenManyMs : policy.longestWindowMs;
  const widerMs = Math.floor(Math.max(policy.firstWindowMs, gate.windowMs * policy.growth));
  const windowMs = Math.min(longestMs, widerMs);
  const floor = Math.max(askedUntil, isLasting ? now + policy.shortestWaitWhenManyMs : now);
  return { since: now, until: floor + Math.floor(jitter * windowMs), failuresInRow, windowMs };
}

/** The gate after a request that was answered properly. */
export function opened(gate: Gate): Gate {
  const windowMs = Math.floor(gate.windowMs * decay);
  return { ...gate, until: 0, failuresInRow: 0, windowMs: windowMs < smallestWindowMs ? 0 : windowMs };
}

function longestWaitMs(policy: GatePolicy): number {
  const windowMs = Math.max(policy.longestWindowMs, policy.longestWindowWhenManyMs);
  return longestRetryAfterMs + policy.shortestWaitWhenManyMs + windowMs;
}

/**
 * The gate when the clock may have been set since it was shut. What was shut in the future, or for longer than any
 * wait we give, says nothing; left as it is, it would be believed again as the clock comes near it.
 */
export function onNewClock(gate: Gate, policy: GatePolicy, now: number): Gate {
  const isImplausible = gate.since > now || gate.until > now + longestWaitMs(policy);
  return { ...gate, until: isImplausible ? 0 : gate.until, since: Math.min(gate.since, now) };
}

/** When the gate lets jobs through again; `now` when it does already. */
export function opensAt(gate: Gate, policy: GatePolicy, now: number): number {
  // Later than any wait we give: it was written before the clock was put back, and says nothing any more.
  return gate.until > now + longestWaitMs(policy) ? now : Math.max(now, gate.until);
}

/** Whether the next try is a probe, which goes alone. */
export function isHalfOpen(gate: Gate): boolean {
  return gate.failuresInRow > 0;
}
