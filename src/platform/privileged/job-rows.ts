import { jobSchema, ledgerSchema } from '../../contract/stored.ts';
import { sourceSpecificId } from '../../core/draft.ts';
import { filesOfRequest, hasTexts, type Job } from '../../core/outbox/job.ts';
import { emptyLedger, type Ledger } from '../../core/outbox/ledger.ts';
import type { JobRow, QuarantineRow, WriteTransaction } from '../database/schema.ts';
import { newId } from '../new-id.ts';

/** The job in a row, or null when the row does not parse: it then stays as it is, and the others go on. */
export function jobOfRow(row: JobRow | undefined): Job | null {
  const parsed = jobSchema.safeParse(row?.job);
  return parsed.success && parsed.data.id === row?.id ? parsed.data : null;
}

/** The row of a job, with what its indexes need. */
export function rowOfJob(job: Job): JobRow {
  const row: JobRow = { id: job.id, job, createdAt: job.createdAt };
  const { state, request } = job;
  if (state.name !== 'sent') {
    row.pending = 1;
    return row;
  }
  if (state.ticketNumber !== null) row.ticketNumber = state.ticketNumber;
  if (hasTexts(request)) row.textsSince = state.at;
  if (job.keepsFiles && filesOfRequest(request).length > 0) row.filesSince = state.at;
  return row;
}

export async function getJob(tx: WriteTransaction, id: string): Promise<Job | null> {
  return jobOfRow(await tx.objectStore('jobs').get(id));
}

/** The job that was made of a draft, whichever kind the draft had then. */
export async function jobOfDraft(tx: WriteTransaction, draftId: string): Promise<Job | null> {
  return (
    (await getJob(tx, sourceSpecificId({ id: draftId, kind: 'ticket' }))) ??
    (await getJob(tx, sourceSpecificId({ id: draftId, kind: 'reply' })))
  );
}

/** Throws on a job that could not be read back: storing it would lose it silently. */
export async function putJob(tx: WriteTransaction, job: Job): Promise<Job> {
  if (!jobSchema.safeParse(job).success) throw new Error('A job is off its schema.');
  await tx.objectStore('jobs').put(rowOfJob(job));
  return job;
}

/** Takes a job off the record, because the person did something that says so. */
export async function removeJob(
  tx: WriteTransaction,
  id: string,
  because: 'withdrawn' | 'discarded',
): Promise<void> {
  await tx.objectStore('jobs').delete(id);
  await count(tx, because);
}

/** Takes a record that cannot be read out of the way of the others, as it was found. */
export async function putAside(
  tx: WriteTransaction,
  store: QuarantineRow['store'],
  record: { id: string },
  foundAt: number,
): Promise<void> {
  const quarantine = tx.objectStore('quarantine');
  // Two damaged records may have had one id, at different times.
  const isTaken = (await quarantine.getKey(record.id)) !== undefined;
  await quarantine.put({ id: isTaken ? newId() : record.id, store, foundAt, record });
}

/** Counts one more in the ledger, or one less (`by` is -1), and answers how many there are by now. */
export async function count(tx: WriteTransaction, what: keyof Ledger, by: 1 | -1 = 1): Promise<number> {
  const meta = tx.objectStore('meta');
  const parsed = ledgerSchema.safeParse(await meta.get('ledger'));
  const ledger = parsed.success ? parsed.data : emptyLedger;
  const counted = Math.max(0, ledger[what] + by);
  await meta.put({ ...ledger, [what]: counted }, 'ledger');
  return counted;
}
