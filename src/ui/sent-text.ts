import type { JobView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';

/** The sentence for a job that was sent. A reply has no number of its own; a ticket's may not have come. */
export function sentText(kind: JobView['kind'], ticketNumber: string | null): string {
  if (kind === 'reply') return text('statusReplySent');
  return ticketNumber === null ? text('statusTicketSentNoNumber') : text('statusTicketSent', ticketNumber);
}

/** That Assembly may hold an earlier text of what was sent, and what to do about it. */
export function earlierText(kind: JobView['kind']): string {
  return text(kind === 'ticket' ? 'sentEarlierTicket' : 'sentEarlierReply');
}
