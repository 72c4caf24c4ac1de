import type { JobView } from '../contract/messages.ts';
import type { JobState } from '../core/outbox/job.ts';
import { text } from '../platform/localised-text.ts';
import { failureText } from '../ui/failure-text.ts';
import { sentText } from '../ui/sent-text.ts';

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

/** Why the item is where it is and what comes next; empty when the state says all. */
export function reasonText({ state }: JobView): string {
  switch (state.name) {
    case 'waiting':
      return `${failureText(state.failure)} ${text('activityNextTry', instantText(state.until))}`;
    case 'paused':
    case 'attention':
      return failureText(state.failure);
    case 'unknown':
      return `${failureText(state.failure)} ${text('activityUnknownHint')}`;
    case 'queued':
    case 'sending':
    case 'sent':
      return '';
  }
}

/** What the status line says of an item that was sent from here, once it is known. */
export function outcomeText(job: JobView): string {
  if (job.state.name === 'sent') return sentText(job.kind, job.state.ticketNumber);
  return `${job.title}: ${stateWord(job.state)}. ${reasonText(job)}`;
}

/** Time of day; with its date when that is not today. */
export function instantText(instantMs: number): string {
  const instant = new Date(instantMs);
  const isToday = instant.toDateString() === new Date().toDateString();
  return isToday
    ? instant.toLocaleTimeString([], { timeStyle: 'short' })
    : instant.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}
