import { draftSchema, limiterSchema, type RefusedKey, refusedKeySchema } from '../../contract/stored.ts';
import { type Draft, sourceSpecificId } from '../../core/draft.ts';
import type { Job, JobRequest } from '../../core/outbox/job.ts';
import { idleLimiter, type LimiterState } from '../../core/outbox/rate-limit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { change, database, type WriteTransaction } from '../database.ts';
import { newId } from '../new-id.ts';
import { getJob, jobOfRow, putJob, removeJob } from './job-rows.ts';

/** Most jobs that may wait; a new one is then refused, and no older one is ever dropped for it. */
const outboxLimit = 200;

/**
 * Commits the intent to deliver the draft as it is stored at this moment. Doing it twice for one draft is doing
 * it once: a second press of Send finds the job of the first. `makeRequest` is pure.
 */
export async function enqueue(
  draftId: string,
  makeRequest: (draft: Draft) => Result<JobRequest>,
  now: number,
): Promise<Result<Job>> {
  return change(async tx => {
    const parsed = draftSchema.safeParse(await tx.objectStore('drafts').get(draftId));
    if (!parsed.success) return fail({ kind: 'draft-changed' });
    const draft = parsed.data;
    const id = sourceSpecificId(draft);
    const before = await getJob(tx, id);
    if (before && ['queued', 'sending', 'waiting', 'sent'].includes(before.state.name)) return ok(before);
    if ((await tx.objectStore('jobs').index('pending').count()) >= outboxLimit) {
      return fail({ kind: 'outbox-full', limit: outboxLimit });
    }
    const request = makeRequest(draft);
    if (!request.ok) return request;
    return ok(
      await putJob(tx, {
        version: 1,
        id,
        draftId: draft.id,
        draftRevision: draft.revision,
        createdAt: now,
        attempts: before?.attempts ?? draft.attempts,
        failuresInRow: 0,
        request: request.value,
        pageUrl: draft.page.page_url ?? null,
        state: { name: 'queued' },
      }),
    );
  });
}

/** Jobs that are not `sent`, oldest first. Rows that do not parse are skipped and kept. */
export async function pendingJobs(): Promise<Job[]> {
  const rows = await (await database()).getAllFromIndex('jobs', 'pending');
  return rows
    .map(jobOfRow)
    .filter(job => job !== null)
    .sort((a, b) => a.createdAt - b.createdAt);
}

/** The outbox and the history, newest first, at most `limit` of them. */
export async function recentJobs(limit: number): Promise<Job[]> {
  const index = (await database()).transaction('jobs').store.index('createdAt');
  const jobs: Job[] = [];
  for await (const cursor of index.iterate(null, 'prev')) {
    const job = jobOfRow(cursor.value);
    if (job) jobs.push(job);
    if (jobs.length >= limit) break;
  }
  return jobs;
}

export async function readJob(id: string): Promise<Job | null> {
  return jobOfRow(await (await database()).get('jobs', id));
}

/** The `source_specific_id` of a ticket that was filed from here, by its number; null for any other. */
export async function sourceIdOfTicket(ticketNumber: string): Promise<string | null> {
  return (await (await database()).getKeyFromIndex('jobs', 'ticketNumber', ticketNumber)) ?? null;
}

export async function readLimiter(): Promise<LimiterState> {
  const parsed = limiterSchema.safeParse(await (await database()).get('meta', 'limiter'));
  return parsed.success ? parsed.data : idleLimiter;
}

/**
 * Commits that a try begins, together with the slot that it takes: a kill in between loses a slot, never
 * doubles one. False when the job was withdrawn, or changed, since it was planned.
 */
export async function beginTry(started: Job, limiter: LimiterState): Promise<boolean> {
  return change(async tx => {
    const stored = await getJob(tx, started.id);
    if (stored?.state.name !== 'queued' && stored?.state.name !== 'waiting') return false;
    if (stored.attempts !== started.attempts - 1) return false;
    await tx.objectStore('meta').put(limiter, 'limiter');
    await putJob(tx, started);
    return true;
  });
}

/**
 * Changes a job's state by a pure transition, and what hangs on it in the same transaction: a sent job's draft
 * goes; a waiting one's makes room for the next draft but stays, so that it can be edited again.
 * Answers null when the job is gone.
 */
export async function changeJob(id: string, transition: (job: Job) => Job): Promise<Job | null> {
  return change(async tx => {
    const before = await getJob(tx, id);
    if (!before) return null;
    const after = transition(before);
    return after === before ? before : storeTransition(tx, after);
  });
}

/** Changes all jobs that are not `sent`, together or not at all. True when any changed. */
export async function changePendingJobs(transition: (job: Job) => Job): Promise<boolean> {
  return change(async tx => {
    const jobs = (await tx.objectStore('jobs').index('pending').getAll()).map(jobOfRow);
    let isChanged = false;
    for (const job of jobs.filter(found => found !== null)) {
      const after = transition(job);
      if (after === job) continue;
      await storeTransition(tx, after);
      isChanged = true;
    }
    return isChanged;
  });
}

async function storeTransition(tx: WriteTransaction, after: Job): Promise<Job> {
  await putJob(tx, after);
  if (after.state.name === 'sent' || after.state.name === 'waiting') await releaseDraft(tx, after);
  return after;
}

/**
 * Takes the draft of a job that went out of the person's hands. Words that were written into it since the job was
 * made of it are not part of what went: they become a draft of their own, with an id of their own.
 */
async function releaseDraft(tx: WriteTransaction, job: Job): Promise<void> {
  const meta = tx.objectStore('meta');
  const drafts = tx.objectStore('drafts');
  const isCurrent = (await meta.get('currentDraftId')) === job.draftId;
  const parsed = draftSchema.safeParse(await drafts.get(job.draftId));
  if (isCurrent) await meta.delete('currentDraftId');
  if (isCurrent && parsed.success && parsed.data.revision !== job.draftRevision) {
    const fork: Draft = { ...parsed.data, id: newId(), attempts: 0 };
    await drafts.put(fork);
    await meta.put(fork.id, 'currentDraftId');
  }
  if (job.state.name === 'sent') await drafts.delete(job.draftId);
}

export async function readRefusedKey(): Promise<RefusedKey | null> {
  const parsed = refusedKeySchema.safeParse(await (await database()).get('meta', 'refusedKey'));
  return parsed.success ? parsed.data : null;
}

/** Remembers that this key was refused; null forgets it, so that it is tried again. */
export async function setRefusedKey(refused: RefusedKey | null): Promise<void> {
  await change(async tx => {
    const meta = tx.objectStore('meta');
    if (refused) await meta.put(refused, 'refusedKey');
    else await meta.delete('refusedKey');
  });
}

/** Removes a job because the person said so. One that is being sent right now stays. */
export async function discardJob(id: string): Promise<Result<null>> {
  return change(async tx => {
    const job = await getJob(tx, id);
    if (!job) return fail({ kind: 'not-found' });
    if (job.state.name === 'sending') return fail({ kind: 'busy' });
    await removeJob(tx, id);
    const isCurrent = (await tx.objectStore('meta').get('currentDraftId')) === job.draftId;
    if (!isCurrent) await tx.objectStore('drafts').delete(job.draftId);
    return ok(null);
  });
}
