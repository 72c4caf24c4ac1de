import { parseReplyTarget, type ReplyTarget } from './reply-target.ts';

/** A ticket of the history; a `JobView` has all of it. */
interface OwnTicket {
  /** Its `source_specific_id`. */
  id: string;
  state: { name: string; ticketNumber?: string | null };
}

/** What a reply would be sent to, as far as it can be said here. */
export type UnderstoodTarget<Ticket extends OwnTicket> =
  | { kind: 'own-ticket'; ticket: Ticket }
  /** A number that may be one of the history's: not all of it is read yet. */
  | { kind: 'looking'; number: string }
  | ReplyTarget;

/**
 * What was typed, in the light of the tickets that were filed from here. Those are known by number, in whatever form
 * numbers come, and by `source_specific_id`; anything else by its own form alone.
 */
export function understandTarget<Ticket extends OwnTicket>(
  typed: string,
  tickets: readonly Ticket[],
  isWholeHistory: boolean,
): UnderstoodTarget<Ticket> {
  const target = parseReplyTarget(typed);
  const names = namesOfTicket(typed);
  const ticket = tickets.find(({ id, state }) =>
    names.some(name => name === id || name === state.ticketNumber),
  );
  if (ticket) return { kind: 'own-ticket', ticket };
  if (target.kind === 'ticket-number' && !isWholeHistory) return { kind: 'looking', number: target.number };
  return target;
}

/** Under which numbers a ticket of the history may be meant: as it was typed, and as Assembly writes its numbers. */
export function namesOfTicket(typed: string): string[] {
  const target = parseReplyTarget(typed);
  const names = target.kind === 'ticket-number' ? [typed.trim(), target.number] : [typed.trim()];
  return names.filter(name => name !== '');
}
