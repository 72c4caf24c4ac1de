import { type JobView, listedJobs } from '../contract/views.ts';

/** What became of items since the history was read, by id; null: it is gone. */
export type Known = ReadonlyMap<string, JobView | null>;

/**
 * One list, newest first, of what is kept up to date (`outbox.list`: the newest, and all that is pending), of the
 * history as it was read once, and of what is known since. Of the newest items the live list is the whole truth: one
 * that the history has and it has not is gone.
 */
export function mergeJobs(live: readonly JobView[], history: readonly JobView[], known: Known): JobView[] {
  const floor = oldestListed(live);
  const byId = new Map<string, JobView>();
  for (const job of history) if (job.order <= floor) byId.set(job.id, job);
  for (const [id, job] of known) {
    if (job === null) byId.delete(id);
    else if (job.order <= floor) byId.set(id, job);
  }
  for (const job of live) byId.set(job.id, job);
  return [...byId.values()].sort((a, b) => b.createdAt - a.createdAt || b.order - a.order);
}

/** What was pending before and is in neither list now: only the worker knows whether it was sent or is gone. */
export function lostFrom(before: readonly JobView[], live: readonly JobView[]): string[] {
  const floor = oldestListed(live);
  const listed = new Set(live.map(({ id }) => id));
  return before
    .filter(({ id, order, state }) => state.name !== 'sent' && order <= floor && !listed.has(id))
    .map(({ id }) => id);
}

/** Of items that came in after this order every one is in the live list. */
function oldestListed(live: readonly JobView[]): number {
  return live[listedJobs - 1]?.order ?? Number.NEGATIVE_INFINITY;
}
