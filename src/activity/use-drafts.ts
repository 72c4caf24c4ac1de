import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftSummary } from '../contract/messages.ts';
import { send } from '../platform/send.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { oneAtATime } from './one-at-a-time.ts';

interface Drafts {
  /** What was put aside, newest first; null while it is read. Nothing, where it cannot be read. */
  drafts: DraftSummary[] | null;
  readDrafts: () => Promise<DraftSummary[]>;
  /** Reads them again, and answers whether one is there that was not. */
  wasPutAside: () => Promise<boolean>;
}

/** What was put aside, kept up to date. */
export function useDrafts(): Drafts {
  const [drafts, setDrafts] = useState<DraftSummary[] | null>(null);
  const shown = useRef<DraftSummary[]>([]);

  async function read(): Promise<DraftSummary[]> {
    const listed = await send('drafts.list', {});
    const found = listed.ok ? listed.value : [];
    setDrafts(found);
    shown.current = found;
    return found;
  }

  const [readDrafts] = useState(() => oneAtATime(read));
  useEffect(() => void readDrafts(), [readDrafts]);
  useChange(({ about }) => void (about === 'draft' && readDrafts()));
  useDocumentEvent('visibilitychange', () => void (document.hidden || readDrafts()));

  async function wasPutAside(): Promise<boolean> {
    const before = new Set(shown.current.map(({ id }) => id));
    const now = await readDrafts();
    return now.some(({ id }) => !before.has(id));
  }
  return { drafts, readDrafts, wasPutAside };
}
