import { draftSchema } from '../../contract/stored.ts';
import { type Draft, type DraftEdits, emptyDraft, isUntouched } from '../../core/draft.ts';
import { asKind } from '../../core/draft-kind.ts';
import { mergeText } from '../../core/merge-text.ts';
import type { Job } from '../../core/outbox/job.ts';
import { needsAPerson } from '../../core/outbox/needs-a-person.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { database } from '../database/database.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';
import { readSettings } from '../settings-store.ts';
import { getJob, jobOfDraft, removeJob } from './job-rows.ts';
import { blobsOfDraft, deleteDraft, deleteUnused } from './used-blobs.ts';

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
    const draft = await putDraft(tx, stored, { ...next, ...triesOf(job ?? stored) });
    if (!draft.ok) return draft;
    // A reply that may have reached a customer stays on record until it is sent again.
    const withdrewJob = job !== null && job.state.name !== 'unknown';
    if (withdrewJob) await removeJob(tx, job.id, 'withdrawn');
    return ok({ draft: draft.value, withdrewJob });
  });
}

/**
 * Puts the draft aside and makes an empty one current. A job that was made of it stays in the outbox. When another
 * draft has become current meanwhile, that one is answered and nothing is changed.
 */
export async function startOver(draftId: string): Promise<Draft> {
  const fresh = await freshDraft();
  return database.change(async tx => {
    const stored = await storedCurrent(tx);
    if (stored && stored.id !== draftId) return stored;
    if (!(await jobOfDraft(tx, draftId))) await deleteDraft(tx, draftId);
    return makeCurrent(tx, fresh);
  });
}

/** Takes a job out of the outbox and makes its draft current again, unless another draft is being written. */
export async function editJobAgain(job: Job): Promise<Result<Draft>> {
  return database.change(async tx => {
    const current = await storedCurrent(tx);
    if (current && current.id !== job.draftId && !isUntouched(current)) return fail({ kind: 'draft-in-use' });
    const draft = await storedDraft(tx, job.draftId);
    const stored = await getJob(tx, job.id);
    if (!draft || !stored) return fail({ kind: 'not-found' });
    if (stored.state.name === 'sending' || stored.state.name === 'sent') return fail({ kind: 'busy' });
    await removeJob(tx, stored.id, 'withdrawn');
    if (current && current.id !== draft.id && !(await jobOfDraft(tx, current.id))) {
      await deleteDraft(tx, current.id);
    }
    await tx.objectStore('meta').put(draft.id, 'currentDraftId');
    return putDraft(tx, draft, { ...draft, ...triesOf(stored) });
  });
}

/** What has to be known of earlier tries when the draft is sent again under its id. */
function triesOf({ attempts, mayHaveArrived }: Pick<Job, 'attempts' | 'mayHaveArrived'>) {
  return { attempts, mayHaveArrived };
}

async function freshDraft(): Promise<Draft> {
  const { omittedDetails } = await readSettings();
  return { ...emptyDraft(newId(), Date.now()), omittedDetails };
}

async function storedCurrent(tx: WriteTransaction): Promise<Draft | null> {
  const id = await tx.objectStore('meta').get('currentDraftId');
  return typeof id === 'string' ? storedDraft(tx, id) : null;
}

async function makeCurrent(tx: WriteTransaction, draft: Draft): Promise<Draft> {
  await tx.objectStore('meta').put(draft.id, 'currentDraftId');
  await tx.objectStore('drafts').put(draft);
  return draft;
}

async function storedDraft(tx: WriteTransaction, id: string): Promise<Draft | null> {
  const parsed = draftSchema.safeParse(await tx.objectStore('drafts').get(id));
  return parsed.success ? parsed.data : null;
}

/** Stores the next revision. What could not be read back is refused and not stored: it would be lost silently. */
async function putDraft(tx: WriteTransaction, before: Draft, after: Draft): Promise<Result<Draft>> {
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
