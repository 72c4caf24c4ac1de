import { draftSchema } from '../../contract/stored.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Database, database } from '../database/database.ts';
import type { JobRow, QuarantineRow } from '../database/schema.ts';
import { count, jobOfRow, putAside, rowOfJob } from './job-rows.ts';

/**
 * Puts every record that cannot be read aside, as it was found, so that the others go on and the person sees it;
 * and puts right what an index says of a job that can be read. Answers how many records were put aside.
 */
export async function quarantineDamagedRows(now: number, { change }: Database = database): Promise<number> {
  return change(async tx => {
    let found = 0;
    for await (const cursor of tx.objectStore('jobs').iterate()) {
      const row: JobRow = cursor.value;
      const job = jobOfRow(row);
      if (!job) {
        await putAside(tx, 'jobs', row, now);
        await cursor.delete();
        found += 1;
      } else if (!isIndexedAs(row, rowOfJob(job))) {
        await cursor.update(rowOfJob(job));
      }
    }
    for await (const cursor of tx.objectStore('drafts').iterate()) {
      const draft: unknown = cursor.value;
      if (draftSchema.safeParse(draft).success) continue;
      await putAside(tx, 'drafts', cursor.value, now);
      await cursor.delete();
      found += 1;
    }
    return found;
  });
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
