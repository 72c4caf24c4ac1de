import { useEffect, useRef } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { outcomeText } from './job-texts.ts';

/** Says what became of the items that were sent from here, once it is known. Answers how to follow one. */
export function useOutcomes(jobs: readonly JobView[], say: Say): (id: string) => void {
  const followed = useRef(new Set<string>());
  useEffect(() => {
    if (followed.current.size === 0) return;
    for (const job of jobs) {
      if (!followed.current.has(job.id) || isAboutToGo(job)) continue;
      followed.current.delete(job.id);
      const isAsWanted = job.state.name === 'sent' || job.state.name === 'queued';
      say(outcomeText(job), isAsWanted ? 'notice' : 'alarm');
    }
  }, [jobs]);
  return id => void followed.current.add(id);
}

/** Whether it is sent now or in a moment, so that what comes of it is worth waiting for. */
function isAboutToGo({ state, wait }: JobView): boolean {
  if (state.name !== 'queued') return state.name === 'sending';
  return wait === null || wait.reason === 'none' || wait.reason === 'slot';
}
