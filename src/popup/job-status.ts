import type { JobView } from '../contract/views.ts';
import type { Failure } from '../core/failure.ts';
import { mayTakeLong } from '../core/outbox/wait.ts';
import { text } from '../platform/localised-text.ts';
import type { Said } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { pausedText } from '../ui/paused-text.ts';
import { earlierText, sentText } from '../ui/sent-text.ts';
import { waitReason } from '../ui/wait-text.ts';

/** While this holds the draft is frozen: it is being stored or sent right now. */
export function isOnItsWay(job: JobView | null): boolean {
  return job?.state.name === 'sending' || (job?.state.name === 'queued' && !mayTakeLong(job.wait));
}

/** What the status line says of a job. Says "saved", "queued" and "kept" only of what is stored. */
export function jobStatus({ state, wait, kind, mayHoldEarlierText }: JobView): Said {
  switch (state.name) {
    case 'queued':
    case 'waiting': {
      const { words, nextTryAt } = waitReason(state, wait);
      const key = state.name === 'queued' ? 'statusSaved' : 'statusQueued';
      return { message: text(key, words), kind: 'notice', nextTryAt };
    }
    case 'sending':
      return { message: text('statusSending'), kind: 'notice' };
    case 'sent': {
      const sent = sentText(kind, state.ticketNumber);
      const message = mayHoldEarlierText ? `${sent} ${earlierText(kind)}` : sent;
      return { message, kind: 'notice' };
    }
    case 'paused':
      return { message: pausedText(state.failure), kind: 'alarm' };
    case 'attention': {
      const message = text('statusAttention', failureText(state.failure));
      const advice = kind === 'reply' ? rejectedReplyAdvice(state.failure) : null;
      return { message: advice === null ? message : `${message} ${advice}`, kind: 'alarm' };
    }
    case 'unknown':
      return { message: text('statusUnknown', failureText(state.failure)), kind: 'alarm' };
  }
}

/** What the person can do about a reply that Assembly does not take; null when the failure says it itself. */
function rejectedReplyAdvice(failure: Failure): string | null {
  if (failure.kind !== 'rejected') return null;
  switch (failure.status) {
    case 404:
      return text('replyRejectedTicket');
    case 413:
      return text('replyRejectedSize');
    default:
      return text('replyRejectedOther');
  }
}
