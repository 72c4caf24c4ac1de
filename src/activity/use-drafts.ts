import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DraftSummary } from '../contract/views.ts';
import { send } from '../platform/send.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

/**
 * Notes what is there, before something is done that may put a draft aside. What it answers reads them again, and tells
 * whether one is there that was not: the news of it may come before what was done has answered.
 */
export type NoteDrafts = () => () => Promise<boolean>;

interface Drafts {
  /** What was put aside, newest first; null while it is read. Nothing, where it could never be read. */
  drafts: DraftSummary[] | null;
  readDrafts: () => Promise<DraftSummary[]>;
  noteDrafts: NoteDrafts;
}

/** What was put aside, kept up to date. */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<DraftSummary[] | null>(null);
  const shown = useRef<DraftSummary[]>([]);

  async function read(): Promise<DraftSummary[]> {
    const listed = await send('drafts.list', {});
    // What was read before is still there, though it cannot be read for the moment.
    const found = listed.ok ? listed.value : shown.current;
    setDrafts(found);
    shown.current = found;
    return found;
  }

  const [readDrafts] = useState(() => oneAtATime(read));
  useLayoutEffect(() => void readDrafts(), [readDrafts]);
  // What was sent may leave words aside that were written into its draft since.
  useChange(({ about }) => void ((about === 'draft' || about === 'outbox') && readDrafts()));
  useDocumentEvent('visibilitychange', () => void (document.hidden || readDrafts()));

  function noteDrafts() {
    const before = new Set(shown.current.map(({ id }) => id));
    return async () => (await readDrafts()).some(({ id }) => !before.has(id));
  }
  return { drafts, readDrafts, noteDrafts };
}
