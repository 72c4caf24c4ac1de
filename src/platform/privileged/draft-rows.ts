import { draftSchema } from '../../contract/stored.ts';
import { type Draft, isUntouched } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { jobOfDraft } from './job-rows.ts';
import { blobsOfDraft, deleteDraft, deleteUnused } from './used-blobs.ts';

export async function storedCurrent(tx: WriteTransaction): Promise<Draft | null> {
  const id = await tx.objectStore('meta').get('currentDraftId');
  return typeof id === 'string' ? storedDraft(tx, id) : null;
}

export async function makeCurrent(tx: WriteTransaction, draft: Draft): Promise<Draft> {
  await tx.objectStore('meta').put(draft.id, 'currentDraftId');
  await tx.objectStore('drafts').put(draft);
  return draft;
}

export async function storedDraft(tx: WriteTransaction, id: string): Promise<Draft | null> {
  const parsed = draftSchema.safeParse(await tx.objectStore('drafts').get(id));
  return parsed.success ? parsed.data : null;
}

/** Stores the next revision. What could not be read back is refused and not stored: it would be lost silently. */
export async function putDraft(tx: WriteTransaction, before: Draft, after: Draft): Promise<Result<Draft>> {
  const parsed = draftSchema.safeParse({ ...after, revision: before.revision + 1 });
  if (!parsed.success) return fail({ kind: 'draft-too-long' });
  await tx.objectStore('drafts').put(parsed.data);
  const kept = new Set(blobsOfDraft(parsed.data));
  await deleteUnused(
    tx,
    blobsOfDraft(before).filter(id => !kept.has(id)),
  );
  return ok(parsed.data);
}

/**
 * Takes a draft out of the way of the next one: puts it aside when it holds anything, else deletes it. One that a job
 * was made of stays as it is, for that job may bring it back.
 */
export async function leaveDraft(tx: WriteTransaction, draft: Draft, now: number): Promise<void> {
  if (await jobOfDraft(tx, draft.id)) return;
  if (isUntouched(draft)) await deleteDraft(tx, draft.id);
  // Its revision stays, for not a word of it changed.
  else await tx.objectStore('drafts').put({ ...draft, putAsideAt: now });
}

/** What has to be known of earlier tries when the draft is sent again under its id. */
export function triesOf({ attempts, mayHaveArrived }: Pick<Job, 'attempts' | 'mayHaveArrived'>) {
  return { attempts, mayHaveArrived };
}

/**
 * The draft of a job that is taken out of the outbox, of the time of its request. The person meant to send it: what a
 * template or a recipe alone filled in becomes the person's own words, which no other page replaces.
 */
export function withdrawn(draft: Draft, job: Job): Draft {
  const capturedAt = draft.capturedAt ?? Date.parse(job.request.originalTimestamp);
  const own = isUntouched(draft) ? { ...draft, template: null, recipe: null } : draft;
  return { ...own, ...triesOf(job), capturedAt };
}
