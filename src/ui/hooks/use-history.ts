import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryPage, JobView } from '../../contract/views.ts';
import type { Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import { send } from '../../platform/send.ts';
import { useChange } from './use-change.ts';
import { useDocumentEvent } from './use-document-event.ts';

export interface History {
  /** Newest first. */
  jobs: JobView[];
  /** All of it is there. */
  isWhole: boolean;
  /** Why the rest could not be read. */
  failure: Failure | null;
}

/** How far it is read, since all was erased so many times. */
interface Progress {
  erasures: number;
  jobs: readonly JobView[];
  below: number | null;
}

const empty: History = { jobs: [], isWhole: false, failure: null };

/**
 * The outbox and the history, loaded part by part from the newest on; nothing is read until it `isWanted`. After a
 * failure it goes on from there as soon as something happens; when all was erased it begins anew.
 */
export function useHistory(isWanted: boolean): History {
  const [history, setHistory] = useState(empty);
  const [tries, setTries] = useState(0);
  const [erasures, setErasures] = useState(0);
  const readSoFar = useRef<Progress | null>(null);
  useEffect(() => {
    if (!isWanted) {
      readSoFar.current = null;
      return;
    }
    const before = readSoFar.current;
    const start = before?.erasures === erasures ? before : { jobs: [], below: null };
    let isLeft = false;
    // A try is not begun anew by what happens while it is out.
    setHistory(shown => (shown.failure === null ? shown : { ...shown, failure: null }));
    async function load() {
      let { below } = start;
      const jobs = [...start.jobs];
      do {
        const part: Result<HistoryPage> = await send('history.page', { below });
        if (isLeft) return;
        if (!part.ok) {
          readSoFar.current = { erasures, jobs, below };
          return setHistory({ jobs: [...jobs], isWhole: false, failure: part.failure });
        }
        jobs.push(...part.value.jobs);
        below = part.value.below;
        setHistory({ jobs: [...jobs], isWhole: below === null, failure: null });
      } while (below !== null);
    }
    void load();
    return () => {
      isLeft = true;
    };
  }, [isWanted, tries, erasures]);

  const tryAgain = () => history.failure !== null && setTries(count => count + 1);
  useChange(({ about }) => {
    if (about === 'erased') {
      setHistory(empty);
      setErasures(count => count + 1);
    } else if (about === 'outbox') tryAgain();
  });
  useDocumentEvent('visibilitychange', () => void (document.hidden || tryAgain()));
  return history;
}
