import { useState } from 'preact/hooks';
import type { DiscardedView, JobView } from '../contract/views.ts';
import { send } from '../platform/send.ts';
import type { Said, Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { discardedText, undoneText } from './discarded-text.ts';
import type { Jobs } from './use-jobs.ts';

interface Undo {
  /** There is something to take back. It stays so until the person does something else. */
  isOffered: boolean;
  undo: () => void;
  offer: (job: JobView, discarded: DiscardedView) => void;
  /** Says what came of what the person did: what was discarded before is not taken back any more. */
  sayOfAction: Say;
  /** What is said now, with what was discarded as long as that can be taken back. */
  withOffer: (said: Said) => Said;
}

interface UndoOptions {
  jobs: Pick<Jobs, 'learn' | 'readAgain'>;
  say: Say;
  /** Brings the focus to an item. */
  focusOn: (id: string) => void;
}

/** A discarded item, which Undo or Ctrl+Z brings back. */
export function useUndo({ jobs, say, focusOn }: UndoOptions): Undo {
  const [last, setLast] = useState<{ job: JobView; discarded: DiscardedView } | null>(null);
  const words = last === null ? '' : discardedText(last.job, last.discarded);
  const sayOfAction: Say = (message, kind) => {
    // As it was at the press: an answer may come late, and what was discarded since then can still be taken back.
    setLast(current => (current === last ? null : current));
    say(message, kind);
  };

  async function undo() {
    if (last === null) return;
    const { job, discarded } = last;
    setLast(null);
    const undone = await send('job.undoDiscard', { jobId: job.id });
    if (!undone.ok) {
      // What could not be brought back for the moment may still be there.
      if (undone.failure.kind !== 'not-found') setLast(current => current ?? last);
      return say(failureText(undone.failure), 'alarm');
    }
    jobs.learn(job.id, undone.value);
    await jobs.readAgain();
    say(undoneText(job, discarded));
    focusOn(job.id);
  }

  // It cannot be taken back any more, and its title must not stay either.
  useChange(({ about }) => void (about === 'erased' && last !== null && sayOfAction('')));
  useDocumentEvent('keydown', event => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo || last === null || isTextField(event.target)) return;
    event.preventDefault();
    void undo();
  });

  return {
    isOffered: last !== null,
    undo: () => void undo(),
    offer(job, discarded) {
      setLast({ job, discarded });
      say(discardedText(job, discarded));
    },
    sayOfAction,
    // What comes from elsewhere in the meantime must not leave an Undo that nobody knows of what.
    withOffer: said =>
      last === null || said.message === words
        ? said
        : { ...said, message: [said.message, words].filter(Boolean).join(' ') },
  };
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'radio';
}
