import type { JobView } from '../contract/views.ts';
import type { Failure } from '../core/failure.ts';
import { useAllJobs } from '../ui/hooks/use-all-jobs.ts';
import type { Outbox } from './use-outbox.ts';

export interface Jobs extends Outbox {
  /** The outbox and the history, newest first. */
  all: JobView[];
  /** Older items are still being read. */
  isLoading: boolean;
  /** Why the older items could not be read. */
  historyFailure: Failure | null;
  /** Says what became of an item, for one that is too old to be in the live list; null: it is gone. */
  learn: (id: string, job: JobView | null) => void;
}

/**
 * All items: the newest and the pending ones kept up to date, the older ones read when the page `isDrawn` with the
 * first: reading them sooner would hold those up.
 */
export function useJobs(outbox: Outbox, isDrawn: boolean): Jobs {
  const { jobs, isWhole, failure, learn } = useAllJobs(outbox.view?.jobs ?? null, isDrawn);
  return {
    ...outbox,
    all: jobs,
    isLoading: outbox.view !== null && !isWhole && failure === null,
    historyFailure: failure,
    learn,
  };
}
