import type { DiscardedView } from '../../contract/views.ts';
import { type Draft, isUntouched } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import { repliesWaitingFor } from '../../core/outbox/own-ticket.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { discardedMs } from '../../core/retention.ts';
import { type Database, database } from '../database/database.ts';
import type { DiscardedRow, WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';
import { storedDraft, triesOf } from './draft-rows.ts';
import { letRepliesGo } from './gone-ticket.ts';
import { count, getJob, jobOfDraft, jobOfRow, putJob, removeJob } from './job-rows.ts';
import { blobsOfDiscarded, deleteUnused, discardedOfRow } from './used-blobs.ts';

// What the person discarded lies apart for some minutes, where nothing sends it, and all of its bytes with it.

/**
 * Takes a job and its draft out, because the person said so. One that is being sent right now stays: `busy`. A draft
 * that the person looks at stays as well, and can be sent again.
 *
 * A ticket of which it is certain that Assembly has not got it (not sent, and no try may have arrived) takes the
 * replies along that wait for it, in the same transaction: Assembly could only refuse them. Of any other ticket they
 * stay: it may be there, and then they are delivered; when it is not, Assembly says so and they are the person's. The
 * reply that waits inside of a ticket (`FollowUp`) is a part of it and always goes with it. A draft that is a reply to
 * the ticket is in no outbox, and stays.
 */
export async function discardJob(
  id: string,
  now: number,
  { change }: Database = database,
): Promise<Result<DiscardedView>> {
  return change(async tx => {
    const job = await getJob(tx, id);
    if (!job) return fail({ kind: 'not-found' });
    if (job.state.name === 'sending') return fail({ kind: 'busy' });
    await take(tx, job, { discardedAt: now });
    // Nobody is told of replies that do not care: to a ticket that is delivered, and to none.
    const replies = job.state.name === 'sent' ? [] : await repliesTo(tx, job);
    if (job.mayHaveArrived) return ok({ repliesGone: insideOf(job), repliesLeft: replies.length });
    for (const reply of replies) await take(tx, reply, { discardedAt: now, takenWith: id });
    return ok({ repliesGone: replies.length + insideOf(job), repliesLeft: 0 });
  });
}

async function repliesTo(tx: WriteTransaction, ticket: Job): Promise<Job[]> {
  const pending = (await tx.objectStore('jobs').index('pending').getAll()).map(jobOfRow);
  return repliesWaitingFor(
    ticket,
    pending.filter(job => job !== null),
  );
}

/** How many replies wait inside of a ticket. Once it is sent they are jobs of their own. */
function insideOf({ request, state }: Job): number {
  return request.kind === 'ticket' && request.followUp && state.name !== 'sent' ? 1 : 0;
}

async function take(
  tx: WriteTransaction,
  job: Job,
  why: Pick<DiscardedRow, 'discardedAt' | 'takenWith'>,
): Promise<void> {
  const { id, draftId } = job;
  await removeJob(tx, id, 'discarded');
  // The other job of a draft that changed its kind may still need it.
  const draft = (await jobOfDraft(tx, draftId)) ? null : await storedDraft(tx, draftId);
  const before = discardedOfRow(await tx.objectStore('discarded').get(id));
  await tx.objectStore('discarded').put({ id, job, draft, ...why });
  if (draft) await takeDraft(tx, draft, job);
  if (before) await deleteUnused(tx, blobsOfDiscarded(before));
}

async function takeDraft(tx: WriteTransaction, draft: Draft, job: Job): Promise<void> {
  const drafts = tx.objectStore('drafts');
  const isCurrent = (await tx.objectStore('meta').get('currentDraftId')) === draft.id;
  // It may be sent again, under an id that Assembly may know by now.
  if (isCurrent) await drafts.put({ ...draft, ...triesOf(job) });
  else await drafts.delete(draft.id);
}

/**
 * Puts a discarded job back, in the state that it had, with its draft and with the replies that went with it. A ticket
 * whose draft was sent again meanwhile stays as it is now, and gets the replies. Fails with `not-found` when it is gone
 * for good, when its draft was sent again and there is no such reply, and for a reply that went with its ticket: it
 * comes back with that one alone.
 */
export async function undoDiscard(
  id: string,
  now: number,
  { change }: Database = database,
): Promise<Result<Job>> {
  return change(async tx => {
    const row = discardedOfRow(await tx.objectStore('discarded').get(id));
    if (!row || row.takenWith !== undefined) return fail({ kind: 'not-found' });
    const replies = await repliesTakenWith(tx, id);
    const isSentAgain = await isOnRecord(tx, id);
    const sentAgain = await getJob(tx, id);
    if (isSentAgain && (!sentAgain || replies.length === 0)) return fail({ kind: 'not-found' });
    for (const reply of replies) await bringBack(tx, reply);
    if (sentAgain) {
      await tx.objectStore('discarded').delete(id);
      await deleteUnused(tx, blobsOfDiscarded(row));
      return ok(sentAgain);
    }
    const job = await bringBack(tx, row);
    await letRepliesGo(tx, job, now);
    return ok(job);
  });
}

/** One whose draft was sent again meanwhile is there already. */
async function repliesTakenWith(tx: WriteTransaction, id: string): Promise<DiscardedRow[]> {
  const replies: DiscardedRow[] = [];
  for (const other of (await tx.objectStore('discarded').getAll()).map(discardedOfRow)) {
    if (other?.takenWith === id && !(await isOnRecord(tx, other.id))) replies.push(other);
  }
  return replies;
}

async function isOnRecord(tx: WriteTransaction, id: string): Promise<boolean> {
  return (await tx.objectStore('jobs').getKey(id)) !== undefined;
}

async function bringBack(tx: WriteTransaction, { id, job, draft }: DiscardedRow): Promise<Job> {
  if (draft && !(await jobOfDraft(tx, draft.id))) await putBack(tx, draft);
  await tx.objectStore('discarded').delete(id);
  await count(tx, 'discarded', -1);
  return putJob(tx, job);
}

/**
 * Puts the draft of a job back. The one that stayed before the person may have been written on: those words are no part
 * of the job, and become a draft of their own.
 */
async function putBack(tx: WriteTransaction, draft: Draft): Promise<void> {
  const drafts = tx.objectStore('drafts');
  const meta = tx.objectStore('meta');
  const present = await storedDraft(tx, draft.id);
  if (present && present.revision !== draft.revision && !isUntouched(present)) {
    const fork: Draft = { ...present, id: newId(), attempts: 0, mayHaveArrived: false };
    await drafts.put(fork);
    if ((await meta.get('currentDraftId')) === draft.id) await meta.put(fork.id, 'currentDraftId');
  }
  await drafts.put(draft);
}

/** Deletes what was discarded long enough ago. Answers when the next one is due, epoch ms; null: there is none. */
export async function purgeDiscarded(tx: WriteTransaction, now: number): Promise<number | null> {
  let next: number | null = null;
  const released: string[] = [];
  for (const row of await tx.objectStore('discarded').getAll()) {
    const discarded = discardedOfRow(row);
    // Discarded in the future of a clock that was put back: it counts from now on. One that cannot be read goes too:
    // nobody wanted it.
    const discardedAt = Math.min(discarded?.discardedAt ?? 0, now);
    if (discardedAt + discardedMs <= now) {
      await tx.objectStore('discarded').delete(row.id);
      if (discarded) released.push(...blobsOfDiscarded(discarded));
    } else {
      if (discardedAt < row.discardedAt) await tx.objectStore('discarded').put({ ...row, discardedAt });
      next = Math.min(next ?? Number.POSITIVE_INFINITY, discardedAt + discardedMs);
    }
  }
  // What is still needed is looked up once for all of them: it takes every draft and every pending job.
  await deleteUnused(tx, released);
  return next;
}
