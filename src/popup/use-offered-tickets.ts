import { useMemo, useRef } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';

interface Offered {
  ticket: JobView;
  /** It was discarded since it is offered. */
  isGone: boolean;
}

interface OfferedOptions {
  /** All of them, as they are now. */
  tickets: readonly JobView[];
  /** Those to be offered, best first, at most this many. */
  found: readonly JobView[];
  limit: number;
  /** What they were found by. */
  query: string;
  /** The list is open, and all that it may offer is read. */
  isSettled: boolean;
}

/**
 * The tickets of the open list. What changes meanwhile is told where it stands: no ticket moves from under the pointer,
 * or from the keys. What came since is offered when the list opens again, or something else is looked for.
 */
export function useOfferedTickets({ tickets, found, limit, query, isSettled }: OfferedOptions): Offered[] {
  const kept = useRef<{ query: string; tickets: readonly JobView[] } | null>(null);
  const byId = useMemo(() => new Map(tickets.map(ticket => [ticket.id, ticket])), [tickets]);
  const isKept = isSettled && kept.current?.query === query && kept.current.tickets.length > 0;
  const offered = isKept && kept.current ? kept.current.tickets : found.slice(0, limit);
  kept.current = isSettled ? { query, tickets: offered } : null;
  return offered.map(before => ({ ticket: byId.get(before.id) ?? before, isGone: !byId.has(before.id) }));
}
