import { draftSchema } from '../../contract/stored.ts';
import { type Draft, type DraftEdits, emptyDraft, isUntouched } from '../../core/draft.ts';
import { mergeText } from '../../core/merge-text.ts';
import type { Job } from '../../core/outbox/job.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { change, type WriteTransaction } from '../database.ts';
import { newId } from '../new-id.ts';
import { readSettings } from '../settings-store.ts';
import { jobOfDraft, removeJob } from './job-rows.ts';

/** The current draft with the job that it was sent as before, if any. */
export interface CurrentDraft {
  draft: Draft;
  job: Job | null;
}

/** The current draft; the first call, and the first after a draft was sent, makes a new one. */
export async function currentDraft(): Promise<CurrentDraft> {
  const fresh = await freshDraft();
  return change(async tx => {
    const draft = (await storedCurrent(tx)) ?? (await makeCurrent(tx, fresh));
    return { draft, job: await jobOfDraft(tx, draft.id) };
  });
}

/**
 * Changes the current draft by evidence that was captured. While the draft is on its way to Assembly it must
 * not change, so new evidence then starts the next draft. `apply` is pure, and answers the same object when there
 * is nothing to change.
 */
export async function changeCurrentDraft(apply: (draft: Draft) => Draft): Promise<Draft> {
  const fresh = await freshDraft();
  return change(async tx => {
    const stored = await storedCurrent(tx);
    // Nothing to change: then a job that was made of this draft must not be withdrawn either.
    if (stored && apply(stored) === stored) return stored;
    const draft = stored && (await becomeEditable(tx, stored)) ? stored : await makeCurrent(tx, fresh);
    return putDraft(tx, apply(draft));
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
): Promise<Result<Draft>> {
  return changeDraft(draftId, draft => ({
    ...draft,
    ...edits,
    body: edits.body === undefined ? draft.body : mergeText(baseBody, edits.body, draft.body),
  }));
}

export async function changeDraft(draftId: string, apply: (draft: Draft) => Draft): Promise<Result<Draft>> {
  return change(async tx => {
    const draft = await storedDraft(tx, draftId);
    if (!draft || !(await becomeEditable(tx, draft))) return fail({ kind: 'draft-changed' });
    return ok(await putDraft(tx, apply(draft)));
  });
}

/** Puts the draft aside and makes an empty one current. A job that was made of it stays in the outbox. */
export async function startOver(draftId: string): Promise<Draft> {
  const fresh = await freshDraft();
  return change(async tx => {
    if (!(await jobOfDraft(tx, draftId))) await tx.objectStore('drafts').delete(draftId);
    return makeCurrent(tx, fresh);
  });
}

/** Takes a job out of the outbox and makes its draft current again, unless another draft is being written. */
export async function editJobAgain(job: Job): Promise<Result<Draft>> {
  return change(async tx => {
    const current = await storedCurrent(tx);
    if (current && current.id !== job.draftId && !isUntouched(current)) return fail({ kind: 'draft-in-use' });
    const draft = await storedDraft(tx, job.draftId);
    if (!draft) return fail({ kind: 'not-found' });
    if (!(await becomeEditable(tx, draft, ['waiting']))) return fail({ kind: 'busy' });
    return ok(await makeCurrent(tx, draft));
  });
}

async function freshDraft(): Promise<Draft> {
  const { omittedDetails } = await readSettings();
  return { ...emptyDraft(newId(), Date.now()), omittedDetails };
}

async function storedDraft(tx: WriteTransaction, id: string): Promise<Draft | null> {
  const parsed = draftSchema.safeParse(await tx.objectStore('drafts').get(id));
  return parsed.success ? parsed.data : null;
}

async function storedCurrent(tx: WriteTransaction): Promise<Draft | null> {
  const id = await tx.objectStore('meta').get('currentDraftId');
  return typeof id === 'string' ? storedDraft(tx, id) : null;
}

async function makeCurrent(tx: WriteTransaction, draft: Draft): Promise<Draft> {
  await tx.objectStore('meta').put(draft.id, 'currentDraftId');
  return putDraft(tx, draft);
}

async function putDraft(tx: WriteTransaction, draft: Draft): Promise<Draft> {
  await tx.objectStore('drafts').put(draft);
  return draft;
}

/**
 * True when the draft may change. A job of it that waits for the person is withdrawn, because the draft now
 * holds what will be sent; one that may have reached a customer stays on record until it is sent again.
 */
async function becomeEditable(
  tx: WriteTransaction,
  draft: Draft,
  alsoWithdraw: readonly Job['state']['name'][] = [],
): Promise<boolean> {
  const job = await jobOfDraft(tx, draft.id);
  if (!job) return true;
  if (['paused', 'attention', ...alsoWithdraw].includes(job.state.name)) {
    await removeJob(tx, job.id);
    return true;
  }
  return job.state.name === 'unknown';
}
