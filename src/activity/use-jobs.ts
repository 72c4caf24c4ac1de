import { useEffect, useState } from 'preact/hooks';
import type { JobView } from '../contract/messages.ts';
import { send } from '../platform/send.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';

/** The items, newest first (null: still being read), kept up to date; and how to read them again now. */
export function useJobs(say: Say): [JobView[] | null, () => Promise<void>] {
  const [jobs, setJobs] = useState<JobView[] | null>(null);

  async function read() {
    const listed = await send('outbox.list', {});
    if (listed.ok) setJobs(listed.value);
    else say(failureText(listed.failure), 'alarm');
  }

  const [readAgain] = useState(() => oneAtATime(read));
  useEffect(() => void readAgain(), [readAgain]);
  useChange(({ about }) => void (about === 'outbox' && readAgain()));
  // What was announced while the computer slept may not have come through.
  useDocumentEvent('visibilitychange', () => void (document.hidden || readAgain()));
  return [jobs, readAgain];
}

/**
 * Runs `work` once at a time. Changes come in bursts: all calls during a run share the one run that follows it, and
 * what a call resolves after was read after the call.
 */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running.then(() => {
      next = null;
      running = work();
      return running;
    });
    return next;
  };
}
