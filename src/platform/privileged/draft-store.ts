import type { Draft, DraftEdits } from '../../core/draft.ts';
import { asKind } from '../../core/draft-kind.ts';
import { mergeText } from '../../core/merge-text.ts';
import type { Job } from '../../core/outbox/job.ts';
import { needsAPerson } from '../../core/outbox/needs-a-person.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { database } from '../database/database.ts';
import { leaveDraft, makeCurrent, putDraft, storedCurrent, withdrawn } from './draft-rows.ts';
import { freshDraft } from './fresh-draft.ts';
import { jobOfDraft, removeJob } from './job-rows.ts';

/** The current draft with the job that it was sent as before, if any. */
interface CurrentDraft {
  draft: Draft;
  job: Job | null;
}

export interface ChangedDraft {
  draft: Draft;
  /** The draft was waiting in the outbox for the person, and is not any more: it now holds what will be sent. */
  withdrewJob: boolean;
}

/** The current draft; the first call, and the first after a draft was sent, makes a new one. */
export async function currentDraft(): Promise<CurrentDraft> {
  const fresh = await freshDraft();
  return database.change(async tx => {
    const draft = (await storedCurrent(tx)) ?? (await makeCurrent(tx, fresh));
    return { draft, job: await jobOfDraft(tx, draft.id) };
  });
}

/**
 * Adds captured evidence to the current draft. A draft that is in the outbox, for whatever reason, is not added
 * to: new evidence then starts the next draft. `apply` is pure, and answers the same object when there is nothing
 * to change.
 */
export async function addToCurrentDraft(apply: (draft: Draft) => Draft): Promise<Result<Draft>> {
  const fresh = await freshDraft();
  return database.change(async tx => {
    const stored = await storedCurrent(tx);
    if (stored && !(await jobOfDraft(tx, stored.id))) {
      const changed = apply(stored);
      return changed === stored ? ok(stored) : putDraft(tx, stored, changed);
    }
    const next = apply(fresh);
    if (next === fresh) return ok(stored ?? (await makeCurrent(tx, fresh)));
    const started = await putDraft(tx, fresh, next);
    if (started.ok) await makeCurrent(tx, started.value);
    return started;
  });
}

/**
 * Applies what was typed. `baseBody` is the body that the typing started from; a quote that was added meanwhile
 * is kept below the typed text. Fails with `draft-changed` when the draft is on its way or gone.
 */
export async function editDraft(
  draftId: string,
  edits: DraftEdits,
  baseBody: string,
): Promise<Result<ChangedDraft>> {
  return changeDraft(draftId, draft => {
    const body = edits.body === undefined ? draft.body : mergeText(baseBody, edits.body, draft.body);
    return asKind({ ...draft, ...edits, body }, edits.kind ?? draft.kind);
  });
}

/**
 * Changes the draft that is shown; a job that waits for the person is taken out of the outbox by it. Fails with
 * `draft-changed` when the draft is on its way, gone, or not the current one any more: its words would then be
 * stored where nobody sees them.
 */
export async function changeDraft(
  draftId: string,
  apply: (draft: Draft) => Draft,
): Promise<Result<ChangedDraft>> {
  return database.change(async tx => {
    const stored = await storedCurrent(tx);
    const job = await jobOfDraft(tx, draftId);
    if (stored?.id !== draftId || (job && !needsAPerson(job))) return fail({ kind: 'draft-changed' });
    const next = apply(stored);
    if (next === stored) return ok({ draft: stored, withdrewJob: false });
    // A reply that may have reached a customer stays on record until it is sent again.
    const withdrewJob = job !== null && job.state.name !== 'unknown';
    const draft = await putDraft(tx, stored, job ? withdrawn(next, job) : next);
    if (!draft.ok) return draft;
    if (withdrewJob) await removeJob(tx, job.id, 'withdrawn');
    return ok({ draft: draft.value, withdrewJob });
  });
}

/**
 * Puts the draft aside, if it holds anything, and makes an empty one current. A job that was made of it stays in the
 * outbox. When another draft has become current meanwhile, that one is answered and nothing is changed.
 */
export async function startOver(draftId: string): Promise<Draft> {
  const fresh = await freshDraft();
  return database.change(async tx => {
    const stored = await storedCurrent(tx);
    if (stored && stored.id !== draftId) return stored;
    if (stored) await leaveDraft(tx, stored, fresh.createdAt);
    return makeCurrent(tx, fresh);
  });
}
