import type { Directory } from '../directory.ts';
import type { SentUser } from '../field-checks.ts';
import type { Ticket } from '../record.ts';

/** The title, else the first line of the text: what a list shows. */
export function headline(ticket: Ticket): string {
  const firstLine = ticket.query.split('\n').find(line => line.trim() !== '') ?? '';
  return (ticket.title ?? firstLine).trim().slice(0, 160);
}

/** How a person is called. */
export function personName(user: SentUser): string {
  return user.name || user.email || user.username || user.source_specific_id || user.id || 'Unnamed';
}

/** The company's name when it is known, else the id that was sent; null without a company. */
export function companyName(ticket: Ticket, directory: Directory): string | null {
  const { companyId, companySourceSpecificId } = ticket;
  if (companyId !== null) return directory.accountById(companyId)?.name ?? companyId;
  if (companySourceSpecificId === null) return null;
  return directory.accountBySourceSpecificId(companySourceSpecificId)?.name ?? companySourceSpecificId;
}

/** The ticket's category, which travels as an additional property; null without one. */
export function categoryOf(ticket: Ticket): string | null {
  const { category } = ticket.additionalProperties;
  return category === undefined ? null : String(category);
}
