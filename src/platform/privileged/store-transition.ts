import { draftSchema } from '../../contract/stored.ts';
import { type Draft, sourceSpecificId } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';
import { count, jobOfRow, putJob } from './job-rows.ts';
import { blobsOfRequest, deleteDraft, deleteUnused } from './used-blobs.ts';

// A job that changes its state takes its draft, its files and what follows it along, in the same transaction.

/** Lets something happen to every job that is not `sent`. True when any changed. */
export async function changeAll(tx: WriteTransaction, transition: (job: Job) => Job): Promise<boolean> {
  const jobs = (await tx.objectStore('jobs').index('pending').getAll()).map(jobOfRow);
  let isChanged = false;
  for (const job of jobs.filter(found => found !== null)) {
    const after = transition(job);
    if (after === job) continue;
    await storeTransition(tx, after);
    isChanged = true;
  }
  return isChanged;
}

/**
 * Stores a changed job, and what hangs on it: a sent job's draft goes; a waiting one's makes room for the next draft
 * but stays, so that it can be edited again.
 */
export async function storeTransition(tx: WriteTransaction, after: Job): Promise<Job> {
  await putJob(tx, after);
  if (after.state.name === 'sent') await queueFollowUp(tx, after, after.state.at);
  if (after.state.name === 'sent' || after.state.name === 'waiting') await releaseDraft(tx, after);
  return after;
}

/** Queues the reply that waited inside of a ticket, in the transaction that says that the ticket is delivered. */
async function queueFollowUp(tx: WriteTransaction, ticket: Job, now: number): Promise<void> {
  const { request } = ticket;
  if (request.kind !== 'ticket' || !request.followUp) return;
  // Of its own, and not of the ticket's draft: that may have been a reply before, under its id as one.
  const draftId = newId();
  await putJob(tx, {
    ...ticket,
    id: sourceSpecificId({ id: draftId, kind: 'reply' }),
    draftId,
    createdAt: now,
    order: await count(tx, 'enqueued'),
    attempts: 0,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived: false,
    mayHoldEarlierText: false,
    request: {
      kind: 'reply',
      target: { parameter: 'source_specific_id', value: ticket.id },
      ...request.followUp,
      originalTimestamp: request.originalTimestamp,
      imageUrls: [],
    },
    state: { name: 'queued', since: now, isUrgent: false },
  });
}

/**
 * Takes the draft of a job that went out of the person's hands. Words that were written into it since the job was
 * made of it are not part of what went: they become a draft of their own, with an id of their own. Where the person
 * is at another draft by now, and this one goes, it is put aside.
 */
export async function releaseDraft(tx: WriteTransaction, job: Job): Promise<void> {
  const meta = tx.objectStore('meta');
  const drafts = tx.objectStore('drafts');
  const isCurrent = (await meta.get('currentDraftId')) === job.draftId;
  const parsed = draftSchema.safeParse(await drafts.get(job.draftId));
  if (isCurrent) await meta.delete('currentDraftId');
  const isWrittenOn = parsed.success && parsed.data.revision !== job.draftRevision;
  const sentAt = job.state.name === 'sent' ? job.state.at : null;
  if (isWrittenOn && (isCurrent || sentAt !== null)) {
    const putAsideAt = isCurrent ? null : sentAt;
    const fork: Draft = { ...parsed.data, id: newId(), attempts: 0, mayHaveArrived: false, putAsideAt };
    await drafts.put(fork);
    if (isCurrent) await meta.put(fork.id, 'currentDraftId');
  }
  if (sentAt === null) return;
  await deleteDraft(tx, job.draftId);
  await deleteUnused(tx, blobsOfRequest(job));
}
