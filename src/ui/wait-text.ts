import type { JobView } from '../contract/views.ts';
import type { Failure, FailureKind } from '../core/failure.ts';
import type { JobState } from '../core/outbox/job.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { failureText } from './failure-text.ts';

/** What stands between an item and its next try. */
export interface Reason {
  /** Why it is where it is; empty when the state says all. */
  words: string;
  /** When it is tried next, epoch ms, where that is known: what a countdown beside the words counts to. */
  nextTryAt: number | null;
}

type GoingByItself = Extract<JobState, { name: 'queued' | 'waiting' }>;

/** The failures that hold back everybody: of these the item's own words say more than "trouble". */
const isOutage: Partial<Record<FailureKind, true>> = {
  unreachable: true,
  'timed-out': true,
  'server-error': true,
  'unreadable-answer': true,
};
const tooManyRequests: Failure = { kind: 'too-many-requests', retryAfterMs: null };

/** What holds back an item that goes by itself. */
export function waitReason(state: GoingByItself, wait: JobView['wait']): Reason {
  const failure = state.name === 'waiting' ? state.failure : null;
  const lastTry = failure === null ? '' : failureText(failure);
  const reason = wait?.reason ?? 'none';
  const until = wait?.until ?? null;
  const afterLastTry = (key: TextKey): Reason => ({
    words: [lastTry, text(key)].filter(Boolean).join(' '),
    nextTryAt: until,
  });
  switch (reason) {
    case 'none':
      // "Until now" changes with every look; the instant that was waited for does not.
      return state.name === 'waiting'
        ? { words: lastTry, nextTryAt: Math.min(state.until, until ?? state.until) }
        : { words: text('waitNone'), nextTryAt: null };
    case 'back-off':
      return { words: lastTry, nextTryAt: until };
    case 'outage':
      return failure && isOutage[failure.kind]
        ? { words: lastTry, nextTryAt: until }
        : { words: text('waitOutage'), nextTryAt: until };
    case 'refusal':
      return { words: failureText(tooManyRequests), nextTryAt: until };
    case 'slot':
      return afterLastTry('waitSlot');
    case 'earlier-reply':
      return afterLastTry('waitEarlierReply');
    case 'own-ticket':
      return afterLastTry('waitOwnTicket');
    case 'same-customer':
      return afterLastTry('waitSameCustomer');
  }
}
