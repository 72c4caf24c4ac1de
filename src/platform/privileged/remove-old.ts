import { ageMarkSchema, draftSchema } from '../../contract/stored.ts';
import { type Job, withoutTexts } from '../../core/outbox/job.ts';
import { asideDays, dayMs, nextAgeMark, type Retention } from '../../core/retention.ts';
import { type Database, database } from '../database/database.ts';
import type { WriteTransaction } from '../database/schema.ts';
import { purgeDiscarded } from './discarded-store.ts';
import { isAside } from './drafts-aside.ts';
import { jobOfRow, putAside, putJob } from './job-rows.ts';
import { blobsOfDraft, blobsOfRequest, deleteUnused } from './used-blobs.ts';

/** So many jobs are changed in one transaction: all others wait for its end. */
const batchJobs = 200;

/** What was removed of what pages list. */
export interface Removed {
  /** Of items that lost their files or texts. */
  jobIds: string[];
  draftIds: string[];
}

/**
 * Removes what is kept for a time only, by the present settings: what was discarded, drafts that were put aside, and
 * the files and texts of what was sent. Answers when something is next due, epoch ms; null: nothing is. `onRemoved` is
 * called after each transaction that removed something of what pages list.
 *
 * Age goes by the clock of the computer; what keeps a wrong one from doing harm, and what does not, is said at
 * `nextAgeMark`. Only what is `sent` has an age: nothing here can touch the outbox.
 */
export async function removeOld(
  now: number,
  retention: Retention,
  onRemoved: (removed: Removed) => void = () => {},
  { change }: Database = database,
): Promise<number | null> {
  let next: number | null;
  do {
    const removed: Removed = { jobIds: [], draftIds: [] };
    next = await change(tx => removeSome(tx, now, retention, removed));
    if (removed.jobIds.length + removed.draftIds.length > 0) onRemoved(removed);
  } while (next !== null && next <= now);
  return next;
}

/**
 * One transaction's worth of it, noted in `removed`. An answer that is not in the future says that there is more to do
 * now.
 */
async function removeSome(
  tx: WriteTransaction,
  now: number,
  retention: Retention,
  removed: Removed,
): Promise<number | null> {
  const meta = tx.objectStore('meta');
  const before = ageMarkSchema.safeParse(await meta.get('ageMark'));
  const mark = nextAgeMark(before.success ? before.data : null, now);
  await meta.put(mark, 'ageMark');

  const discardedDue = await purgeDiscarded(tx, now);
  const { filesDays, textsDays } = retention;
  const kinds = [
    { days: asideDays, removeOldest: removeDraftsAside },
    // Words take their files along: what is left could not show them.
    { days: textsDays, removeOldest: removeTexts },
    { days: filesDays, removeOldest: removeFiles },
  ];
  const dues = discardedDue === null ? [] : [discardedDue];
  for (const { days, removeOldest } of kinds) {
    if (days === null) continue;
    const upTo = mark.removesFrom <= now ? now - days * dayMs : Number.NEGATIVE_INFINITY;
    const since = await removeOldest(tx, { upTo, now, removed });
    if (since !== null) dues.push(Math.max(since + days * dayMs, mark.removesFrom));
  }
  return dues.length === 0 ? null : Math.min(...dues);
}

interface Removal {
  upTo: number;
  now: number;
  removed: Removed;
}

/**
 * Removes what is of `upTo` or before, at most a batch of it. Answers since when the oldest is kept that is left;
 * null: none is.
 */
type RemoveOldest = (tx: WriteTransaction, removal: Removal) => Promise<number | null>;

const removeDraftsAside: RemoveOldest = async (tx, { upTo, removed }) => {
  let oldest: number | null = null;
  const released: string[] = [];
  for (const row of await tx.objectStore('drafts').getAll()) {
    const draft = draftSchema.safeParse(row).data;
    if (!draft || !isAside(draft)) continue;
    if (draft.putAsideAt > upTo) {
      oldest = Math.min(oldest ?? Number.POSITIVE_INFINITY, draft.putAsideAt);
      continue;
    }
    await tx.objectStore('drafts').delete(draft.id);
    removed.draftIds.push(draft.id);
    released.push(...blobsOfDraft(draft));
  }
  await deleteUnused(tx, released);
  return oldest;
};

const removeTexts: RemoveOldest = (tx, removal) =>
  changeOldest(tx, 'textsSince', removal, job => ({
    ...job,
    request: withoutTexts(job.request),
    pageUrl: null,
    passages: [],
    keepsFiles: false,
  }));

const removeFiles: RemoveOldest = (tx, removal) =>
  changeOldest(tx, 'filesSince', removal, job => ({ ...job, keepsFiles: false }));

/** Changes the oldest jobs of an index, whose keys say since when; a changed job is not in it any more. */
async function changeOldest(
  tx: WriteTransaction,
  name: 'textsSince' | 'filesSince',
  { upTo, now, removed }: Removal,
  change: (job: Job) => Job,
): Promise<number | null> {
  const index = tx.objectStore('jobs').index(name);
  const rows = await index.getAll(IDBKeyRange.upperBound(upTo), batchJobs);
  const released: string[] = [];
  for (const row of rows) {
    removed.jobIds.push(row.id);
    const job = jobOfRow(row);
    if (job) {
      // One that is not sent is here by a mistake of its row, which is made anew.
      await putJob(tx, job.state.name === 'sent' ? change(job) : job);
      released.push(...blobsOfRequest(job));
    } else {
      // It would be found here again and again.
      await putAside(tx, 'jobs', row, now);
      await tx.objectStore('jobs').delete(row.id);
    }
  }
  await deleteUnused(tx, released);
  const oldest = await index.openKeyCursor();
  return typeof oldest?.key === 'number' ? oldest.key : null;
}
