import type { JobView } from '../contract/views.ts';
import { clip } from '../core/text.ts';
import type { UnderstoodTarget } from '../core/understood-target.ts';
import { text } from '../platform/localised-text.ts';
import { agoText } from '../ui/ago-text.ts';
import type { ComboboxOption } from '../ui/components/combobox.tsx';

/** As much of a title as stands in a sentence without filling it. */
const quotedTitleCharacters = 60;

/** The number by which people know a ticket; null when there is none (yet). */
export function numberOf({ state }: JobView): string | null {
  return state.name === 'sent' ? state.ticketNumber : null;
}

/**
 * A ticket as it is offered: number and title; when and where it was filed, and what became of it if it was not sent.
 * One that is gone by now stays where it is until the list is closed, and cannot be chosen.
 */
export function ticketOption(ticket: JobView, nowMs: number, isGone: boolean): ComboboxOption {
  const { id, title, createdAt, pageUrl } = ticket;
  const label = [numberOf(ticket), title || text('replyNoTitle')].filter(Boolean).join(' ');
  const state = isGone ? text('replyGone') : unsentText(ticket);
  const hints = [state, agoText(createdAt, nowMs), pageUrl?.replace(/^https?:\/\//, '')];
  return { id, label, hint: hints.filter(Boolean).join(' · '), isOff: isGone };
}

function unsentText({ state }: JobView): string | null {
  switch (state.name) {
    case 'sent':
      return state.ticketNumber === null ? text('replyNoNumber') : null;
    case 'queued':
    case 'waiting':
    case 'sending':
      return text('stateWaiting');
    case 'paused':
    case 'attention':
    case 'unknown':
      return text('stateAttention');
  }
}

/** What a reply would be sent to, in a sentence; or why it cannot be sent to that, and what can be done. */
export function understoodText(understood: UnderstoodTarget<JobView>, nowMs: number): string {
  switch (understood.kind) {
    case 'own-ticket':
      return ownTicketText(understood.ticket, nowMs);
    case 'looking':
      return text('replyLooking', understood.number);
    case 'ulid':
      return text(understood.isFromLink ? 'replyUlidOfLink' : 'replyUlid', understood.id);
    case 'source-id':
      return text('replySourceId');
    case 'ticket-number':
      return text('replyForeignNumber', understood.number);
    case 'unclear':
      switch (understood.because) {
        case 'empty':
          return text('fieldTicketHint');
        case 'words':
          return text('problemTargetUnclear');
        case 'link-without-ulid':
          return text('replyLinkWithoutUlid');
        case 'link-with-several':
          return text('replyLinkWithSeveral');
      }
  }
}

/** Of a ticket that was chosen, and discarded since. */
export function discardedText({ title }: JobView): string {
  return text('replyDiscarded', clip(title || text('replyNoTitle'), quotedTitleCharacters));
}

function ownTicketText(ticket: JobView, nowMs: number): string {
  const title = clip(ticket.title || text('replyNoTitle'), quotedTitleCharacters);
  const when = agoText(ticket.createdAt, nowMs);
  const number = numberOf(ticket);
  if (ticket.state.name !== 'sent') {
    const isParked = unsentText(ticket) === text('stateAttention');
    return text(isParked ? 'replyOwnParked' : 'replyOwnWaiting', title);
  }
  const name = number === null ? text('replyOwnNoNumber', title) : text('replyOwn', number, title);
  const host = ticket.pageUrl !== null && URL.canParse(ticket.pageUrl) ? new URL(ticket.pageUrl).host : '';
  return host === '' ? text('replyFiled', name, when) : text('replyFiledFrom', name, when, host);
}
