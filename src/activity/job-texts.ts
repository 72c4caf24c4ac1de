import type { JobView } from '../contract/views.ts';
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
  return shownStateWord(shownState(state));
}

export function shownStateWord(state: ShownState): string {
  switch (state) {
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

/** When the items that go by themselves are tried next, epoch ms. */
export function nextTriesOf(jobs: readonly JobView[]): number[] {
  return jobs
    .filter(({ state }) => state.name !== 'sent')
    .map(job => reasonOf(job).nextTryAt)
    .filter(at => at !== null);
}

/** How an item is called where one line must do: its texts may be removed by now. */
export function jobName({ title, state, kind, createdAt }: JobView): string {
  if (title !== '') return title;
  const ticketNumber = state.name === 'sent' ? state.ticketNumber : null;
  return ticketNumber ?? text('activityNameless', kindWord(kind), instantText(createdAt));
}

/** The tickets that were sent from here, by all that a reply may call them by: number and title. */
export function ticketNamesOf(jobs: readonly JobView[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const job of jobs) {
    if (job.kind !== 'ticket') continue;
    const { id, title, state } = job;
    const { ticketNumber, historyId } =
      state.name === 'sent' ? state : { ticketNumber: null, historyId: null };
    const name = [ticketNumber, title].filter(Boolean).join(' ');
    if (name === '') continue;
    names.set(id, name);
    if (historyId !== null) names.set(historyId, name);
  }
  return names;
}

export function kindWord(kind: JobView['kind']): string {
  return text(kind === 'ticket' ? 'activityKindTicket' : 'activityKindReply');
}

/** What the status line says of an item that was sent from here, once it is known. */
export function outcomeText(job: JobView): string {
  const { words, nextTryAt } = reasonOf(job);
  const start =
    job.state.name === 'sent'
      ? sentText(job.kind, job.state.ticketNumber)
      : `${jobName(job)}: ${stateWord(job.state)}.`;
  const nextTry = nextTryAt === null ? '' : text('nextTryAt', instantText(nextTryAt, 'medium'));
  return [start, words, nextTry].filter(Boolean).join(' ');
}
