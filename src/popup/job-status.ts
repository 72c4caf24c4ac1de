import type { JobView } from '../contract/messages.ts';
import { text } from '../platform/localised-text.ts';
import { failureText } from '../ui/failure-text.ts';
import { sentText } from '../ui/sent-text.ts';

/** While this holds the draft is frozen: it is being stored or sent right now. */
export function isOnItsWay(job: JobView | null): boolean {
  return job?.state.name === 'queued' || job?.state.name === 'sending';
}

/** The sentence of the status line for a job. Says "queued" and "kept" only of what is stored. */
export function jobStatus(job: JobView): string {
  const { state } = job;
  switch (state.name) {
    case 'queued':
      return text('statusQueuedNow');
    case 'sending':
      return text('statusSending');
    case 'sent':
      return sentText(job.kind, state.ticketNumber);
    case 'waiting':
      return text('statusQueued', failureText(state.failure), timeOfDay(state.until));
    case 'paused':
      return text('statusPaused', failureText(state.failure));
    case 'attention':
      return text('statusAttention', failureText(state.failure));
    case 'unknown':
      return text('statusUnknown', failureText(state.failure));
  }
}

function timeOfDay(instantMs: number): string {
  return new Date(instantMs).toLocaleTimeString([], { timeStyle: 'medium' });
}
