import { useEffect, useState } from 'preact/hooks';
import type { HistoryPage, JobView } from '../../contract/views.ts';
import type { Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import { send } from '../../platform/send.ts';

export interface History {
  /** Newest first. */
  jobs: JobView[];
  /** All of it is there. */
  isWhole: boolean;
  /** Why the rest could not be read. */
  failure: Failure | null;
}

const empty: History = { jobs: [], isWhole: false, failure: null };

/**
 * The outbox and the history, loaded part by part from the newest on; nothing is read until it `isWanted`. It is read
 * anew when `erasures`, a count, changes.
 */
export function useHistory(isWanted: boolean, erasures: number): History {
  const [history, setHistory] = useState(empty);
  useEffect(() => {
    if (!isWanted) return;
    let isLeft = false;
    setHistory(empty);
    async function load() {
      let below: number | null = null;
      const jobs: JobView[] = [];
      do {
        const part: Result<HistoryPage> = await send('history.page', { below });
        if (isLeft) return;
        if (!part.ok) return setHistory({ jobs: [...jobs], isWhole: false, failure: part.failure });
        jobs.push(...part.value.jobs);
        below = part.value.below;
        setHistory({ jobs: [...jobs], isWhole: below === null, failure: null });
      } while (below !== null);
    }
    void load();
    return () => {
      isLeft = true;
    };
  }, [isWanted, erasures]);
  return history;
}
