import { useEffect, useState } from 'preact/hooks';
import type { JobView } from '../contract/messages.ts';
import { bodyLimitCharacters } from '../core/draft.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Field } from '../ui/components/field.tsx';
import { useKeptCaret } from '../ui/hooks/use-kept-caret.ts';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';

/** What a reply to a ticket holds. The tickets that were filed from here are offered by number and title. */
export function ReplyFields({ draft, problems, onEdit, children }: DraftFieldsProps) {
  const [tickets, setTickets] = useState<JobView[]>([]);
  const body = useKeptCaret();
  useEffect(() => void readSentTickets().then(setTickets), []);

  return (
    <>
      <Field
        label={text('fieldTicket')}
        hint={text('fieldTicketHint')}
        problem={problemOf(problems, 'target-missing', 'target-is-ticket-number', 'target-unclear')}
      >
        {control => (
          <input
            {...control}
            type="text"
            list="sent-tickets"
            spellcheck={false}
            value={draft.replyTarget}
            maxLength={fieldLimitsCharacters.replyTarget}
            onInput={event => onEdit({ replyTarget: event.currentTarget.value })}
          />
        )}
      </Field>
      <datalist id="sent-tickets">
        {tickets.map(ticket => (
          <option key={ticket.id} value={targetOf(ticket)}>
            {ticket.title}
          </option>
        ))}
      </datalist>
      <Field
        label={text('fieldMessage')}
        hint={text('fieldMessageHint')}
        problem={problemOf(problems, 'message-missing', 'agent-missing')}
      >
        {control => (
          <textarea
            {...control}
            ref={body}
            rows={7}
            value={draft.body}
            maxLength={bodyLimitCharacters}
            onInput={event => onEdit({ body: event.currentTarget.value })}
          />
        )}
      </Field>
      {children}
    </>
  );
}

async function readSentTickets(): Promise<JobView[]> {
  const listed = await send('outbox.list', {});
  if (!listed.ok) return [];
  return listed.value.jobs.filter(job => job.kind === 'ticket' && job.state.name === 'sent');
}

/** The number that people know; a ticket whose number never came is named by its source id. */
function targetOf(ticket: JobView): string {
  return (ticket.state.name === 'sent' && ticket.state.ticketNumber) || ticket.id;
}
