import { useMemo, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { Draft } from '../core/draft.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { type UnderstoodTarget, understandTarget } from '../core/understood-target.ts';
import { text } from '../platform/localised-text.ts';
import { Combobox } from '../ui/components/combobox.tsx';
import { Field } from '../ui/components/field.tsx';
import { failureText } from '../ui/failure-text.ts';
import { type History, useHistory } from '../ui/hooks/use-history.ts';
import { useSettled } from '../ui/hooks/use-settled.ts';
import { findTickets } from './ticket-search.ts';
import { numberOf, ticketOption, understoodText } from './ticket-text.ts';

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
  const history = useHistory(hadFocus || typed !== '');
  const now = Date.now();
  const tickets = useMemo(
    () => history.jobs.filter(job => job.kind === 'ticket' && job.draftId !== draft.id),
    [history, draft.id],
  );
  const matching = useMemo(() => findTickets(tickets, typed, now), [tickets, typed]);
  const found = isSearching ? matching : tickets;
  const isKnown = history.isWhole || history.failure !== null;
  const understood = understandTarget(typed, tickets, isKnown);
  const words =
    typed.trim() !== '' && matching.length > 0 && isNotNamed(understood)
      ? text('replyChooseTicket')
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
              options={found.slice(0, offeredTickets).map(ticket => ticketOption(ticket, now))}
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
              onOpen={isOpen => {
                if (!isOpen) setSearching(false);
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
