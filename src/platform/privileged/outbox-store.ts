import { limiterSchema } from '../../contract/stored.ts';
import { type Draft, sourceSpecificId } from '../../core/draft.ts';
import type { Job, JobRequest } from '../../core/outbox/job.ts';
import { IDLE_LIMITER, type LimiterState } from '../../core/outbox/rate-limit.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { change, database } from '../database.ts';
import { getJob, jobOfRow, putJob, removeJob } from './job-rows.ts';

/** Most jobs that may wait; a new one is then refused, and no older one is ever dropped for it. */
export const outboxLimit = 200;

/**
 * Commits the intent to deliver. Doing it twice for one draft is doing it once: a second press of Send finds
 * the job of the first.
 */
export async function enqueue(draft: Draft, request: JobRequest, now: number): Promise<Result<Job>> {
  const id = sourceSpecificId(draft);
  return change(async tx => {
    const before = await getJob(tx, id);
    if (before && ['queued', 'sending', 'waiting', 'sent'].includes(before.state.name)) return ok(before);
    if ((await tx.objectStore('jobs').index('pending').count()) >= outboxLimit) {
      return fail({ kind: 'outbox-full', limit: outboxLimit });
    }
    return ok(
      await putJob(tx, {
        version: 1,
        id,
        draftId: draft.id,
        createdAt: now,
        attempts: before?.attempts ?? 0,
        failuresInRow: 0,
        request,
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

export async function readLimiter(): Promise<LimiterState> {
  const parsed = limiterSchema.safeParse(await (await database()).get('meta', 'limiter'));
  return parsed.success ? parsed.data : IDLE_LIMITER;
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
    const after = await putJob(tx, transition(before));
    const meta = tx.objectStore('meta');
    const isCurrent = (await meta.get('currentDraftId')) === after.draftId;
    const state = after.state.name;
    if (isCurrent && (state === 'sent' || state === 'waiting')) await meta.delete('currentDraftId');
    if (state === 'sent') await tx.objectStore('drafts').delete(after.draftId);
    return after;
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
