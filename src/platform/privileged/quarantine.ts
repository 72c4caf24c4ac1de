import { draftSchema } from '../../contract/stored.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Database, database } from '../database/database.ts';
import type { CaptureSchema, JobRow, QuarantineRow } from '../database/schema.ts';
import { count, jobOfRow, putAside, rowOfJob } from './job-rows.ts';

/** So many records are read at once: each step of a popup that opens meanwhile waits for one such part. */
const batchRows = 50;

/**
 * Puts every record that cannot be read aside, as it was found, so that the others go on and the person sees it;
 * and puts right what an index says of a job that can be read. Answers how many records were put aside.
 */
export async function quarantineDamagedRows(now: number, db: Database = database): Promise<number> {
  const jobIds = await idsOf(db, 'jobs', row => !isSound(row));
  const draftIds = await idsOf(db, 'drafts', row => !draftSchema.safeParse(row).success);
  if (jobIds.length + draftIds.length === 0) return 0;
  return db.change(async tx => {
    let found = 0;
    const [jobs, drafts] = [tx.objectStore('jobs'), tx.objectStore('drafts')];
    // Looked at again: it may have changed since it was found.
    for (const id of jobIds) {
      const row = await jobs.get(id);
      if (!row || isSound(row)) continue;
      const job = jobOfRow(row);
      if (job) {
        await jobs.put(rowOfJob(job));
      } else {
        await putAside(tx, 'jobs', row, now);
        await jobs.delete(id);
        found += 1;
      }
    }
    for (const id of draftIds) {
      const draft = await drafts.get(id);
      if (!draft || draftSchema.safeParse(draft).success) continue;
      await putAside(tx, 'drafts', draft, now);
      await drafts.delete(id);
      found += 1;
    }
    return found;
  });
}

/** The keys of the rows that `isWanted`. Other transactions come in between: a long history holds nobody up. */
async function idsOf<Store extends 'jobs' | 'drafts'>(
  { connection }: Database,
  store: Store,
  isWanted: (row: CaptureSchema[Store]['value']) => boolean,
): Promise<string[]> {
  const ids: string[] = [];
  let rows: CaptureSchema[Store]['value'][];
  let after: IDBKeyRange | null = null;
  do {
    rows = await (await connection()).getAll(store, after, batchRows);
    for (const row of rows) if (isWanted(row)) ids.push(row.id);
    const last = rows.at(-1);
    if (last) after = IDBKeyRange.lowerBound(last.id, true);
  } while (rows.length === batchRows);
  return ids;
}

/** Whether a row of a job can be read, and is indexed as what it holds. */
function isSound(row: JobRow): boolean {
  const job = jobOfRow(row);
  return job !== null && isIndexedAs(row, rowOfJob(job));
}

function isIndexedAs(a: JobRow, b: JobRow): boolean {
  const indexed = ['createdAt', 'pending', 'ticketNumber', 'textsSince', 'filesSince'] as const;
  return indexed.every(name => a[name] === b[name]);
}

/** What was put aside, oldest first. */
export async function quarantinedRows(): Promise<QuarantineRow[]> {
  const rows = await (await database.connection()).getAll('quarantine');
  return rows.sort((a, b) => a.foundAt - b.foundAt);
}

/** Removes a record that was put aside, because the person said so. */
export async function discardQuarantined(id: string): Promise<Result<null>> {
  return database.change(async tx => {
    const row = await tx.objectStore('quarantine').get(id);
    if (!row) return fail({ kind: 'not-found' });
    await tx.objectStore('quarantine').delete(id);
    if (row.store === 'jobs') await count(tx, 'discarded');
    return ok(null);
  });
}
