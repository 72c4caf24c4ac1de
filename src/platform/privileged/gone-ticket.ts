import type { Job, JobRequest } from '../../core/outbox/job.ts';
import { ownTicket, type TicketGone } from '../../core/outbox/own-ticket.ts';
import { transition } from '../../core/outbox/transition.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { storedDraft } from './draft-rows.ts';
import { changeAll } from './store-transition.ts';
import { discardedOfRow } from './used-blobs.ts';

const ticketIdStart = 'cap_';

/**
 * Why a reply cannot be delivered: it is to a ticket of ours that was taken out of the outbox and that Assembly has not
 * got, for certain. Null for every other reply: what is not known here may have been filed elsewhere.
 */
export async function ticketGone(tx: WriteTransaction, request: JobRequest): Promise<TicketGone | null> {
  if (request.kind !== 'reply' || request.target.parameter !== 'source_specific_id') return null;
  const { value: id } = request.target;
  if (!id.startsWith(ticketIdStart)) return null;
  for (const store of ['jobs', 'quarantine'] as const) {
    if ((await tx.objectStore(store).getKey(id)) !== undefined) return null;
  }
  const draft = await storedDraft(tx, id.slice(ticketIdStart.length));
  // Before what was discarded: that may be of an earlier time than the draft's last try.
  if (draft?.kind === 'ticket') return draft.mayHaveArrived ? null : 'target-is-draft';
  const job = discardedOfRow(await tx.objectStore('discarded').get(id))?.job;
  return job && job.state.name !== 'sent' && !job.mayHaveArrived ? 'target-discarded' : null;
}

/** Lets the replies go that were stopped because this ticket was not in the outbox. */
export async function letRepliesGo(tx: WriteTransaction, ticket: Job, now: number): Promise<void> {
  if (ticket.request.kind !== 'ticket') return;
  await changeAll(tx, job =>
    ownTicket(job, [ticket]) ? transition(job, { name: 'ticket-back' }, now) : job,
  );
}
