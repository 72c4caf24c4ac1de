import type { JobView } from '../contract/views.ts';
import { matches, searchTextOf, searchWords } from '../core/history/history-search.ts';
import { type ShownState, shownState } from './job-texts.ts';

export const stateFilters = ['all', 'waiting', 'sending', 'sent', 'unknown', 'attention'] as const;
export type StateFilter = 'all' | ShownState;
export const kindFilters = ['all', 'ticket', 'reply'] as const;
export type KindFilter = (typeof kindFilters)[number];

/** Which items are listed: those that all three let through. */
export interface ListFilter {
  query: string;
  state: StateFilter;
  kind: KindFilter;
}

export const noFilter: ListFilter = { query: '', state: 'all', kind: 'all' };

export function isFiltering({ query, state, kind }: ListFilter): boolean {
  return query.trim() !== '' || state !== 'all' || kind !== 'all';
}

/** An item is a new object whenever it changed, so that its text never is another's. */
const searchTexts = new WeakMap<JobView, string>();

function searchTextOfJob(job: JobView): string {
  const known = searchTexts.get(job) ?? searchTextOf(job);
  searchTexts.set(job, known);
  return known;
}

export function filterJobs(jobs: readonly JobView[], { query, state, kind }: ListFilter): JobView[] {
  const words = searchWords(query);
  return jobs.filter(
    job =>
      (state === 'all' || shownState(job.state) === state) &&
      (kind === 'all' || job.kind === kind) &&
      (words.length === 0 || matches(searchTextOfJob(job), words)),
  );
}

/** How many items are in each state. */
export function countStates(jobs: readonly JobView[]): Record<StateFilter, number> {
  const counts = { all: jobs.length, waiting: 0, sending: 0, sent: 0, unknown: 0, attention: 0 };
  for (const { state } of jobs) counts[shownState(state)] += 1;
  return counts;
}
