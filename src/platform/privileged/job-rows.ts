import { jobSchema } from '../../contract/stored.ts';
import { sourceSpecificId } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';
import type { JobRow, WriteTransaction } from '../database.ts';

/** The job in a row, or null when the row does not parse: it then stays as it is, and the others go on. */
export function jobOfRow(row: JobRow | undefined): Job | null {
  const parsed = jobSchema.safeParse(row?.job);
  return parsed.success ? parsed.data : null;
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
  const row: JobRow = { id: job.id, job, createdAt: job.createdAt };
  if (job.state.name !== 'sent') row.pending = 1;
  else if (job.state.ticketNumber !== null) row.ticketNumber = job.state.ticketNumber;
  await tx.objectStore('jobs').put(row);
  return job;
}

export async function removeJob(tx: WriteTransaction, id: string): Promise<void> {
  await tx.objectStore('jobs').delete(id);
}
