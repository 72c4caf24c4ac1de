import { useRef, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import { send } from '../platform/send.ts';
import { useAllJobs } from '../ui/hooks/use-all-jobs.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import type { History } from '../ui/hooks/use-history.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

/** What was filed from here, newest first, read when it `isWanted` and kept up to date from then on. */
export function useFiledJobs(isWanted: boolean): History {
  // What is known already has to be kept up to date, also when nobody asks for it for a while.
  const isKnown = useRef(false);
  isKnown.current ||= isWanted;
  // Until something changes the history has them all.
  const [live, setLive] = useState<JobView[] | null>(null);
  const [readLive] = useState(() =>
    oneAtATime(async () => {
      const listed = await send('outbox.list', {});
      if (listed.ok) setLive(listed.value.jobs);
    }),
  );
  useChange(({ about }) => void (about === 'outbox' && isKnown.current && readLive()));
  return useAllJobs(live, isKnown.current);
}
