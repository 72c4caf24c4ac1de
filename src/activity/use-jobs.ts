import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { Failure } from '../core/failure.ts';
import { send } from '../platform/send.ts';
import { useHistory } from '../ui/hooks/use-history.ts';
import { type Known, lostFrom, mergeJobs } from './merge-jobs.ts';
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
  /** All was erased: nothing that was read before counts any more. */
  forget: () => Promise<void>;
}

const nothingKnown: Known = new Map();
const none: JobView[] = [];

/**
 * All items: the newest and the pending ones kept up to date, the older ones read once, when the page `isDrawn` with the
 * first: reading them sooner would hold those up.
 */
export function useJobs(outbox: Outbox, isDrawn: boolean): Jobs {
  const [isForgotten, setForgotten] = useState(false);
  const history = useHistory(isDrawn && !isForgotten);
  const [known, setKnown] = useState(nothingKnown);
  const live = outbox.view?.jobs ?? none;
  const older = isForgotten ? none : history.jobs;
  const all = useMemo(() => mergeJobs(live, older, known), [live, older, known]);
  const learn = (id: string, job: JobView | null) => setKnown(before => new Map(before).set(id, job));

  const before = useRef(none);
  useEffect(() => {
    const lost = lostFrom(before.current, live);
    before.current = live;
    for (const jobId of lost) {
      void send('job.read', { jobId }).then(read => {
        if (read.ok) learn(jobId, read.value);
        else if (read.failure.kind === 'not-found') learn(jobId, null);
      });
    }
  }, [live]);

  async function forget() {
    setForgotten(true);
    setKnown(nothingKnown);
    await outbox.readAgain();
    setForgotten(false);
  }

  const isLoading = outbox.view !== null && !history.isWhole && history.failure === null;
  return { ...outbox, all, isLoading, historyFailure: history.failure, learn, forget };
}
