import type { JobView } from '../contract/views.ts';
import { matches, searchText, searchTextOf, searchWords } from '../core/history/history-search.ts';
import { agoText } from '../ui/ago-text.ts';

const day = new Intl.DateTimeFormat([], { dateStyle: 'full' });

/** Made once for each ticket: a history has up to thousands, and each key asks all of them. */
const searchTexts = new WeakMap<JobView, string>();

/**
 * The tickets in which every word of `query` stands: in the number, the title, the page, or when it was filed ("3 days
 * ago", "Monday, June 10"). Those come first whose number it is, or begins; the others in the order in which they come.
 */
export function findTickets(tickets: readonly JobView[], query: string, nowMs: number): JobView[] {
  const wanted = searchText(query).trim().replace(/^#/, '');
  if (wanted === '') return [...tickets];
  const words = searchWords(wanted);
  return tickets
    .filter(ticket => matches(searchTextOfTicket(ticket, nowMs), words))
    .map(ticket => ({ ticket, rank: rankOf(ticket, wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ ticket }) => ticket);
}

function rankOf({ state }: JobView, wanted: string): number {
  const number = state.name === 'sent' ? searchText(state.ticketNumber ?? '') : '';
  if (number === wanted) return 0;
  return number.startsWith(wanted) ? 1 : 2;
}

function searchTextOfTicket(ticket: JobView, nowMs: number): string {
  const known = searchTexts.get(ticket);
  if (known !== undefined) return known;
  const { createdAt, id } = ticket;
  const when = searchText(`${agoText(createdAt, nowMs)}\n${day.format(createdAt)}`);
  const made = `${searchTextOf(ticket)}\n${when}\n${id}`;
  searchTexts.set(ticket, made);
  return made;
}
