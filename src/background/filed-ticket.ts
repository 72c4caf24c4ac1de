import type { FiledTicket } from '../contract/views.ts';
import type { Draft } from '../core/draft.ts';
import type { Job } from '../core/outbox/job.ts';
import { jobsOfPage } from '../platform/privileged/history-store.ts';

/** What Assembly has, or will have without anybody's doing; the rest is for the person to deal with in Activity first. */
const deliveredStates: readonly Job['state']['name'][] = ['queued', 'waiting', 'sending', 'sent', 'paused'];

/**
 * The newest ticket that was filed from the page of a ticket's draft, before any other one that shares a quoted passage
 * with it. Null for a draft whose notice was put away, and when there is none.
 */
export async function filedTicket(draft: Draft): Promise<FiledTicket | null> {
  const pageUrl = draft.page.page_url;
  if (draft.kind !== 'ticket' || draft.isFiledNoticeClosed || pageUrl === undefined) return null;
  const tickets = (await jobsOfPage(pageUrl)).filter(
    ({ request, state, draftId }) =>
      request.kind === 'ticket' && deliveredStates.includes(state.name) && draftId !== draft.id,
  );
  const isOfSamePassage = ({ passages }: Job) => passages.some(seen => draft.seenSelections.includes(seen));
  const ticket = tickets.find(isOfSamePassage) ?? tickets[0];
  if (ticket?.request.kind !== 'ticket') return null;
  const { id, request, state, createdAt } = ticket;
  return {
    jobId: id,
    title: request.title,
    ticketNumber: state.name === 'sent' ? state.ticketNumber : null,
    isSent: state.name === 'sent',
    createdAt,
    isSamePassage: isOfSamePassage(ticket),
  };
}
