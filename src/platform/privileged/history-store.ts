import type { Job } from '../../core/outbox/job.ts';
import { database } from '../database/database.ts';
import { jobOfRow } from './job-rows.ts';

/** A part of the outbox and the history, newest first. */
export interface HistoryPart {
  jobs: Job[];
  /** Where the next part begins; null at the end. */
  below: number | null;
}

/**
 * The jobs whose order is less than `below`, from the newest on (null: of all): those of `orders` orders, and none of
 * them when what stands there cannot be read. Orders that were given to nothing, or to what was discarded, are passed
 * over.
 */
export async function historyPart(below: number | null, orders: number): Promise<HistoryPart> {
  const index = (await database.connection()).transaction('jobs').store.index('order');
  // Of numbers only: a damaged row may have a text there, which an index takes for greater than any number.
  const greatestBelow = async (order: number) =>
    (await index.openKeyCursor(IDBKeyRange.upperBound(order, true), 'prev'))?.key ?? null;
  const newest = await greatestBelow(below ?? Number.POSITIVE_INFINITY);
  if (newest === null) return { jobs: [], below: null };
  const oldest = newest - orders + 1;
  const rows = await index.getAll(IDBKeyRange.bound(oldest, newest));
  const jobs = rows.map(jobOfRow).filter(job => job !== null);
  return { jobs: jobs.reverse(), below: (await greatestBelow(oldest)) === null ? null : oldest };
}

/** The newest of the outbox and the history, newest first, at most `limit` of them. */
export async function recentJobs(limit: number): Promise<Job[]> {
  const jobs: Job[] = [];
  let below: number | null = null;
  do {
    // Whole parts: a cursor that steps from row to row takes many times as long.
    const part: HistoryPart = await historyPart(below, limit);
    jobs.push(...part.jobs);
    below = part.below;
  } while (below !== null && jobs.length < limit);
  return jobs.slice(0, limit);
}

/** The `source_specific_id` of a ticket that was filed from here, by its number; null for any other. */
export async function sourceIdOfTicket(ticketNumber: string): Promise<string | null> {
  const connection = await database.connection();
  return (await connection.getKeyFromIndex('jobs', 'ticketNumber', ticketNumber)) ?? null;
}

/** What was captured on the page with this address, as `Job.pageUrl` has it, newest first. */
export async function jobsOfPage(pageUrl: string): Promise<Job[]> {
  const connection = await database.connection();
  const rows = await connection.getAllFromIndex('jobs', 'pageUrl', pageUrl);
  const jobs = rows.map(jobOfRow).filter(job => job !== null);
  return jobs.sort((a, b) => b.order - a.order);
}
