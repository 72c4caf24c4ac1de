import { draftSchema } from '../../contract/stored.ts';
import type { Draft } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import { fail, type Result } from '../../core/result.ts';
import { database } from '../database/database.ts';
import { leaveDraft, putDraft, storedCurrent, storedDraft, withdrawn } from './draft-rows.ts';
import { freshDraft } from './fresh-draft.ts';
import { getJob, putAside, removeJob } from './job-rows.ts';

/** Whether the draft that a job was made of is there and can be read. */
export async function hasDraft({ draftId }: Pick<Job, 'draftId'>): Promise<boolean> {
  return draftSchema.safeParse(await (await database.connection()).get('drafts', draftId)).success;
}

/**
 * Takes a job out of the outbox and makes its draft current again; the one that was current is put aside, if it holds
 * anything. `instead` is taken where the job's own draft is gone or cannot be read. Fails with `busy` while the job is
 * being sent, and once it is; with `not-found` where there is no draft either.
 */
export async function editJobAgain(
  { id }: Pick<Job, 'id'>,
  instead: Draft | null = null,
): Promise<Result<Draft>> {
  const { createdAt: now } = await freshDraft();
  return database.change(async tx => {
    const job = await getJob(tx, id);
    if (!job) return fail({ kind: 'not-found' });
    if (job.state.name === 'sending' || job.state.name === 'sent') return fail({ kind: 'busy' });
    const stored = await storedDraft(tx, job.draftId);
    const draft = stored ?? instead;
    if (!draft || draft.id !== job.draftId) return fail({ kind: 'not-found' });
    const unreadable = stored ? undefined : await tx.objectStore('drafts').get(job.draftId);
    // It must not be written over.
    if (unreadable) await putAside(tx, 'drafts', unreadable, now);
    const again = await putDraft(tx, draft, { ...withdrawn(draft, job), putAsideAt: null });
    if (!again.ok) return again;
    await removeJob(tx, job.id, 'withdrawn');
    const current = await storedCurrent(tx);
    if (current && current.id !== draft.id) await leaveDraft(tx, current, now);
    await tx.objectStore('meta').put(draft.id, 'currentDraftId');
    return again;
  });
}
