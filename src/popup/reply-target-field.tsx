import { useMemo, useRef, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { Draft } from '../core/draft.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { namesOfTicket, type UnderstoodTarget, understandTarget } from '../core/understood-target.ts';
import { text } from '../platform/localised-text.ts';
import { Combobox } from '../ui/components/combobox.tsx';
import { Field } from '../ui/components/field.tsx';
import { failureText } from '../ui/failure-text.ts';
import type { History } from '../ui/hooks/use-history.ts';
import { useSettled } from '../ui/hooks/use-settled.ts';
import { findTickets } from './ticket-search.ts';
import { discardedText, numberOf, ticketOption, understoodText } from './ticket-text.ts';
import { useFiledJobs } from './use-filed-jobs.ts';
import { useOfferedTickets } from './use-offered-tickets.ts';

interface ReplyTargetFieldProps {
  draft: Draft;
  problem: string | undefined;
  onEdit: (edits: { replyTarget: string }) => void;
}

/** What is drawn of the list; the others are found by typing. */
const offeredTickets = 50;
/** How long typing rests before it is said what was understood. */
const restMs = 700;

/** Which ticket a reply is for: one of the history's by any word of it, or what names one elsewhere. */
export function ReplyTargetField({ draft, problem, onEdit }: ReplyTargetFieldProps) {
  const typed = draft.replyTarget;
  const [hadFocus, setHadFocus] = useState(false);
  // What was chosen finds itself alone: until it is typed over, all are offered.
  const [isSearching, setSearching] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const history = useFiledJobs(hadFocus || typed !== '');
  const now = Date.now();
  const tickets = useMemo(
    () => history.jobs.filter(job => job.kind === 'ticket' && job.draftId !== draft.id),
    [history.jobs, draft.id],
  );
  const matching = useMemo(() => findTickets(tickets, typed, now), [tickets, typed]);
  const found = isSearching ? matching : tickets;
  const isKnown = history.isWhole || history.failure !== null;
  const understood = understandTarget(typed, tickets, isKnown);
  const discarded = useDiscarded(typed, understood);
  const offered = useOfferedTickets({
    tickets,
    found,
    limit: offeredTickets,
    query: isSearching ? typed : '',
    isSettled: isOpen && isKnown,
  });
  const words =
    typed.trim() !== '' && matching.length > 0 && isNotNamed(understood)
      ? text('replyChooseTicket')
      : discarded
        ? discardedText(discarded)
        : understoodText(understood, now);
  const said = useSettled(words, restMs);

  return (
    <div class="reply-target">
      <Field label={text('fieldTicket')} hint={problem === undefined ? words : undefined} problem={problem}>
        {control => (
          <>
            <Combobox
              control={control}
              value={typed}
              maxLength={fieldLimitsCharacters.replyTarget}
              listLabel={text('replyTickets')}
              options={offered.map(({ ticket, isGone }) => ticketOption(ticket, now, isGone))}
              note={noteOf(history, found.length, typed)}
              onFocus={() => setHadFocus(true)}
              onInput={replyTarget => {
                setSearching(replyTarget.trim() !== '');
                onEdit({ replyTarget });
              }}
              onChoose={({ id }) => {
                const chosen = tickets.find(ticket => ticket.id === id);
                if (chosen) onEdit({ replyTarget: numberOf(chosen) ?? chosen.id });
              }}
              onOpen={isOpenNow => {
                setOpen(isOpenNow);
                if (!isOpenNow) setSearching(false);
              }}
            />
            <div class="visually-hidden" aria-live="polite">
              {hadFocus && problem === undefined && said}
            </div>
          </>
        )}
      </Field>
    </div>
  );
}

/** The ticket that is still named in the field and was discarded since it was; null when there is none. */
function useDiscarded(typed: string, understood: UnderstoodTarget<JobView>): JobView | null {
  const last = useRef<JobView | null>(null);
  if (understood.kind === 'own-ticket') last.current = understood.ticket;
  const { current: ticket } = last;
  if (understood.kind === 'own-ticket' || ticket === null) return null;
  return namesOfTicket(typed).some(name => name === ticket.id || name === numberOf(ticket)) ? ticket : null;
}

/** It may be words to look for as well. */
function isNotNamed({ kind }: UnderstoodTarget<JobView>): boolean {
  return kind === 'source-id' || kind === 'unclear';
}

/** What stands below the tickets. Nothing, when it would stand alone over what was understood. */
function noteOf({ jobs, isWhole, failure }: History, found: number, typed: string): string | undefined {
  if (found === 0 && typed.trim() !== '') return undefined;
  if (failure) return failureText(failure);
  if (found > offeredTickets) return text('replyMoreTickets', offeredTickets, found);
  if (!isWhole) return jobs.length === 0 ? text('loading') : undefined;
  return found === 0 ? text('replyNoTickets') : undefined;
}
