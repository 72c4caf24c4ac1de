import { type Draft, isUntouched } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { discardedMs } from '../../core/retention.ts';
import { type Database, database } from '../database/database.ts';
import type { DiscardedRow, WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';
import { storedDraft, triesOf } from './draft-rows.ts';
import { count, getJob, jobOfDraft, putJob, removeJob } from './job-rows.ts';
import { blobsOfDiscarded, deleteUnused, discardedOfRow } from './used-blobs.ts';

// What the person discarded lies apart for some minutes, where nothing sends it, and all of its bytes with it.

/**
 * Takes a job and its draft out, because the person said so. One that is being sent right now stays: `busy`. A draft
 * that the person looks at stays as well, and can be sent again.
 */
export async function discardJob(
  id: string,
  now: number,
  { change }: Database = database,
): Promise<Result<null>> {
  return change(async tx => {
    const job = await getJob(tx, id);
    if (!job) return fail({ kind: 'not-found' });
    if (job.state.name === 'sending') return fail({ kind: 'busy' });
    await removeJob(tx, id, 'discarded');
    // The other job of a draft that changed its kind may still need it.
    const draft = (await jobOfDraft(tx, job.draftId)) ? null : await storedDraft(tx, job.draftId);
    const before = discardedOfRow(await tx.objectStore('discarded').get(id));
    await tx.objectStore('discarded').put({ id, job, draft, discardedAt: now });
    if (draft) await takeDraft(tx, draft, job);
    if (before) await deleteUnused(tx, blobsOfDiscarded(before));
    return ok(null);
  });
}

async function takeDraft(tx: WriteTransaction, draft: Draft, job: Job): Promise<void> {
  const drafts = tx.objectStore('drafts');
  const isCurrent = (await tx.objectStore('meta').get('currentDraftId')) === draft.id;
  // It may be sent again, under an id that Assembly may know by now.
  if (isCurrent) await drafts.put({ ...draft, ...triesOf(job) });
  else await drafts.delete(draft.id);
}

/**
 * Puts a discarded job back, in the state that it had, and its draft. Fails with `not-found` when it is gone for good,
 * or when its draft was sent again meanwhile.
 */
export async function undoDiscard(id: string, { change }: Database = database): Promise<Result<Job>> {
  return change(async tx => {
    const row = discardedOfRow(await tx.objectStore('discarded').get(id));
    if (!row || (await tx.objectStore('jobs').getKey(id)) !== undefined) return fail({ kind: 'not-found' });
    if (row.draft && !(await jobOfDraft(tx, row.draft.id))) await putBack(tx, row.draft);
    await tx.objectStore('discarded').delete(id);
    await count(tx, 'discarded', -1);
    return ok(await putJob(tx, row.job));
  });
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
  for (const row of await tx.objectStore('discarded').getAll()) {
    // Discarded in the future of a clock that was put back: it counts from now on.
    const discardedAt = Math.min(discardedOfRow(row)?.discardedAt ?? 0, now);
    if (discardedAt + discardedMs <= now) {
      await dropDiscarded(tx, row);
    } else {
      if (discardedAt < row.discardedAt) await tx.objectStore('discarded').put({ ...row, discardedAt });
      next = Math.min(next ?? Number.POSITIVE_INFINITY, discardedAt + discardedMs);
    }
  }
  return next;
}

/** Deletes it with the bytes that only it needs. One that cannot be read is gone too: nobody wanted it. */
async function dropDiscarded(tx: WriteTransaction, row: DiscardedRow): Promise<void> {
  await tx.objectStore('discarded').delete(row.id);
  const discarded = discardedOfRow(row);
  if (discarded) await deleteUnused(tx, blobsOfDiscarded(discarded));
}
