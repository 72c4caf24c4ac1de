import type { JobView } from '../contract/messages.ts';
import type { JobState } from '../core/outbox/job.ts';
import { text } from '../platform/localised-text.ts';
import { failureText } from '../ui/failure-text.ts';
import { instantText } from '../ui/instant-text.ts';
import { pausedText } from '../ui/paused-text.ts';
import { earlierText, sentText } from '../ui/sent-text.ts';
import { type Reason, waitReason } from '../ui/wait-text.ts';

/** The five states that people know. */
export type ShownState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'attention';

export function shownState(state: JobState): ShownState {
  switch (state.name) {
    case 'queued':
    case 'waiting':
      return 'waiting';
    case 'paused':
    case 'attention':
      return 'attention';
    case 'sending':
    case 'sent':
    case 'unknown':
      return state.name;
  }
}

export function stateWord(state: JobState): string {
  switch (shownState(state)) {
    case 'waiting':
      return text('stateWaiting');
    case 'sending':
      return text('stateSending');
    case 'sent':
      return text('stateSent');
    case 'unknown':
      return text('stateUnknown');
    case 'attention':
      return text('stateAttention');
  }
}

/** Why the item is where it is and what comes next. */
export function reasonOf({ kind, state, wait, mayHoldEarlierText }: JobView): Reason {
  switch (state.name) {
    case 'queued':
    case 'waiting':
      return waitReason(state, wait);
    case 'paused':
      return { words: pausedText(state.failure), nextTryAt: null };
    case 'attention':
      return { words: failureText(state.failure), nextTryAt: null };
    case 'unknown':
      return { words: `${failureText(state.failure)} ${text('activityUnknownHint')}`, nextTryAt: null };
    case 'sent':
      return { words: mayHoldEarlierText ? earlierText(kind) : '', nextTryAt: null };
    case 'sending':
      return { words: '', nextTryAt: null };
  }
}

/** What the status line says of an item that was sent from here, once it is known. */
export function outcomeText(job: JobView): string {
  const { words, nextTryAt } = reasonOf(job);
  const start =
    job.state.name === 'sent'
      ? sentText(job.kind, job.state.ticketNumber)
      : `${job.title}: ${stateWord(job.state)}.`;
  const nextTry = nextTryAt === null ? '' : text('nextTryAt', instantText(nextTryAt, 'medium'));
  return [start, words, nextTry].filter(Boolean).join(' ');
}
