import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JobView } from '../../contract/views.ts';
import { send } from '../../platform/send.ts';
import { type Known, lostFrom, mergeJobs } from '../merge-jobs.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { useChange } from './use-change.ts';
import { type History, useHistory } from './use-history.ts';

interface AllJobs extends History {
  /** Says what became of an item, for one that is too old to be in the live list; null: it is gone. */
  learn: (id: string, job: JobView | null) => void;
}

type Found = readonly [id: string, job: JobView | null];

const nothingKnown: Known = new Map();
const none: JobView[] = [];

/**
 * The outbox and the history, newest first. `live` (`outbox.list`: the newest and all that is pending) is kept up to
 * date by the caller; null: not read so far. What is older is read once, when it `isWanted`, and after that each item
 * of it when it is named as changed. When all was erased, nothing that was read before counts any more.
 */
export function useAllJobs(live: readonly JobView[] | null, isWanted: boolean): AllJobs {
  const history = useHistory(isWanted);
  const [known, setKnown] = useState(nothingKnown);
  const { jobs: older } = history;
  const jobs = useMemo(() => (live === null ? older : mergeJobs(live, older, known)), [live, older, known]);
  const learnAll = (found: readonly Found[]) => setKnown(before => new Map([...before, ...found]));

  const named = useRef(new Set<string>());
  const [readNamed] = useState(() =>
    oneAtATime(async () => {
      const ids = [...named.current];
      named.current.clear();
      // Together: each change is another look through the whole history.
      learnAll((await Promise.all(ids.map(readOne))).filter(found => found !== null));
    }),
  );
  function readAgain(ids: readonly string[]) {
    for (const id of ids) named.current.add(id);
    if (ids.length > 0) void readNamed();
  }

  useChange(change => {
    if (change.about === 'erased') setKnown(nothingKnown);
    if (change.about === 'outbox' && isWanted) readAgain(change.jobIds ?? []);
  });
  const before = useRef<readonly JobView[]>(none);
  useEffect(() => {
    if (live === null) return;
    const lost = lostFrom(before.current, live);
    before.current = live;
    readAgain(lost);
  }, [live]);

  return { ...history, jobs, learn: (id, job) => learnAll([[id, job]]) };
}

/** What became of an item; null: that cannot be known for the moment. */
async function readOne(jobId: string): Promise<Found | null> {
  const read = await send('job.read', { jobId });
  if (read.ok) return [jobId, read.value];
  return read.failure.kind === 'not-found' ? [jobId, null] : null;
}
