import { draftSchema } from '../../contract/stored.ts';
import { type Draft, sourceSpecificId } from '../../core/draft.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { database } from '../database/database.ts';
import { leaveDraft, makeCurrent, storedCurrent, storedDraft } from './draft-rows.ts';
import { deleteDraft } from './used-blobs.ts';

/** A draft that was put aside. */
export type DraftAside = Draft & { putAsideAt: number };

export function isAside(draft: Draft): draft is DraftAside {
  return draft.putAsideAt !== null;
}

/** The drafts that were put aside, the last one first. */
export async function draftsAside(): Promise<DraftAside[]> {
  const rows: unknown[] = await (await database.connection()).getAll('drafts');
  return rows
    .map(row => draftSchema.safeParse(row).data)
    .filter(draft => draft !== undefined)
    .filter(isAside)
    .sort((a, b) => b.putAsideAt - a.putAsideAt);
}

/**
 * How many drafts were put aside, told by keys alone: a draft is the current one, belongs to a job that is not `sent`, or
 * was put aside. One that cannot be read counts too, until it is put into quarantine.
 */
export async function countDraftsAside(): Promise<number> {
  const tx = (await database.connection()).transaction(['drafts', 'jobs', 'quarantine', 'meta']);
  const [ids, pending, quarantined, currentId] = await Promise.all([
    tx.objectStore('drafts').getAllKeys(),
    tx.objectStore('jobs').index('pending').getAllKeys(),
    tx.objectStore('quarantine').getAllKeys(),
    tx.objectStore('meta').get('currentDraftId'),
  ]);
  const jobs = new Set([...pending, ...quarantined]);
  const hasJob = (id: string) =>
    jobs.has(sourceSpecificId({ id, kind: 'ticket' })) || jobs.has(sourceSpecificId({ id, kind: 'reply' }));
  return ids.filter(id => id !== currentId && !hasJob(id)).length;
}

/**
 * Makes a draft that was put aside the current one again, under the id that it had; the one that was current is put
 * aside, if it holds anything. Fails with `not-found` when it is gone.
 */
export async function openDraft(draftId: string, now: number): Promise<Result<Draft>> {
  return database.change(async tx => {
    const current = await storedCurrent(tx);
    if (current?.id === draftId) return ok(current);
    const draft = await storedDraft(tx, draftId);
    if (!draft || !isAside(draft)) return fail({ kind: 'not-found' });
    if (current) await leaveDraft(tx, current, now);
    return ok(await makeCurrent(tx, { ...draft, putAsideAt: null }));
  });
}

/** Deletes a draft that was put aside, because the person said so. */
export async function discardDraft(draftId: string): Promise<Result<null>> {
  return database.change(async tx => {
    const draft = await storedDraft(tx, draftId);
    if (!draft || !isAside(draft)) return fail({ kind: 'not-found' });
    await deleteDraft(tx, draftId);
    return ok(null);
  });
}
