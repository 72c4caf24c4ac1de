import { draftSchema } from '../../contract/stored.ts';
import { type Draft, sourceSpecificId } from '../../core/draft.ts';
import type { Job, JobRequest } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { letRepliesGo, ticketGone } from './gone-ticket.ts';
import { count, jobOfRow, putAside, putJob } from './job-rows.ts';

/** Most jobs that may wait; a new one is then refused, and no older one is ever dropped for it. */
const outboxLimit = 200;

/** What is to be delivered, and how. */
export interface Intent {
  draftId: string;
  /** Pure. */
  makeRequest: (draft: Draft) => Result<JobRequest>;
  /** Whether its files stay for a while after it was sent. */
  keepsFiles: boolean;
}

/**
 * Commits the intent to deliver the draft as it is stored at this moment. Doing it twice for one draft is doing
 * it once: a second press of Send finds the job of the first.
 */
export async function enqueueJob(
  tx: WriteTransaction,
  { draftId, makeRequest, keepsFiles }: Intent,
  now: number,
): Promise<Result<Job>> {
  const parsed = draftSchema.safeParse(await tx.objectStore('drafts').get(draftId));
  // One that was put aside meanwhile is not what the person sees.
  if (!parsed.success || parsed.data.putAsideAt !== null) return fail({ kind: 'draft-changed' });
  const draft = parsed.data;
  const id = sourceSpecificId(draft);
  const row = await tx.objectStore('jobs').get(id);
  const before = jobOfRow(row);
  // One that cannot be read must not be written over.
  if (row && !before) await putAside(tx, 'jobs', row, now);
  if (before && ['queued', 'sending', 'waiting', 'sent'].includes(before.state.name)) return ok(before);
  if (!before && (await tx.objectStore('jobs').index('pending').count()) >= outboxLimit) {
    return fail({ kind: 'outbox-full', limit: outboxLimit });
  }
  const made = makeRequest(draft);
  if (!made.ok) return made;
  const gone = await ticketGone(tx, made.value);
  if (gone) return fail({ kind: 'draft-incomplete', problems: [gone] });
  // Sent again, it is of the same time: Assembly must not get two bodies under one id for words that are the same.
  const { originalTimestamp } = before?.request ?? made.value;
  const request: JobRequest = { ...made.value, originalTimestamp };
  if (before) await count(tx, 'withdrawn');
  const order = await count(tx, 'enqueued');
  const mayHaveArrived = before?.mayHaveArrived ?? draft.mayHaveArrived;
  const isChanged = !before || JSON.stringify(before.request) !== JSON.stringify(request);
  const job = await putJob(tx, {
    version: 3,
    id,
    draftId: draft.id,
    draftRevision: draft.revision,
    createdAt: now,
    order,
    attempts: before?.attempts ?? draft.attempts,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived,
    mayHoldEarlierText: before?.mayHoldEarlierText || (mayHaveArrived && isChanged),
    request,
    pageUrl: draft.page.page_url ?? null,
    passages: draft.seenSelections,
    keepsFiles,
    state: { name: 'queued', since: now, isUrgent: false },
  });
  await letRepliesGo(tx, job, now);
  // checkpoint in tx: enqueue.inside
  return ok(job);
}
