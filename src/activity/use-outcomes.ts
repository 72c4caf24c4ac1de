import { useEffect, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { outcomeText } from './job-texts.ts';

const nobody: ReadonlySet<string> = new Set();

/**
 * Says what became of the items that were sent from here, once it is known. Answers how to follow one, from the time on
 * when `jobs` has it as it is.
 */
export function useOutcomes(jobs: readonly JobView[], say: Say): (id: string) => void {
  const [followed, setFollowed] = useState(nobody);
  useEffect(() => {
    const settled = jobs.filter(job => followed.has(job.id) && !isAboutToGo(job));
    if (settled.length === 0) return;
    for (const job of settled) {
      const isAsWanted = job.state.name === 'sent' || job.state.name === 'queued';
      say(outcomeText(job), isAsWanted ? 'notice' : 'alarm');
    }
    setFollowed(before => new Set([...before].filter(id => !settled.some(job => job.id === id))));
  }, [jobs, followed]);
  return id => setFollowed(before => new Set(before).add(id));
}

/** Whether it is sent now or in a moment, so that what comes of it is worth waiting for. */
function isAboutToGo({ state, wait }: JobView): boolean {
  if (state.name !== 'queued') return state.name === 'sending';
  return wait === null || wait.reason === 'none' || wait.reason === 'slot';
}
