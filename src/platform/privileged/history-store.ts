import type { Job } from '../../core/outbox/job.ts';
import { database } from '../database/database.ts';
import { jobOfRow } from './job-rows.ts';

/** So many orders are read in one go: a few milliseconds, and an answer that is a small message. */
const partOrders = 500;

/** A part of the outbox and the history, newest first. */
export interface HistoryPart {
  jobs: Job[];
  /** Where the next part begins; null at the end. */
  below: number | null;
}

/**
 * The jobs whose order is less than `below`, from the newest on (null: of all), as many as one part holds; none of
 * them when what stands there cannot be read. Orders that were given to nothing, or to what was discarded, are passed
 * over.
 */
export async function historyPart(below: number | null): Promise<HistoryPart> {
  const index = (await database.connection()).transaction('jobs').store.index('order');
  // Of numbers only: a damaged row may have a text there, which an index takes for greater than any number.
  const greatestBelow = async (order: number) =>
    (await index.openKeyCursor(IDBKeyRange.upperBound(order, true), 'prev'))?.key ?? null;
  const newest = await greatestBelow(below ?? Number.POSITIVE_INFINITY);
  if (newest === null) return { jobs: [], below: null };
  const oldest = newest - partOrders + 1;
  const rows = await index.getAll(IDBKeyRange.bound(oldest, newest));
  const jobs = rows.map(jobOfRow).filter(job => job !== null);
  return { jobs: jobs.reverse(), below: (await greatestBelow(oldest)) === null ? null : oldest };
}
