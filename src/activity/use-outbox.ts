import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OutboxView } from '../contract/views.ts';
import type { Failure, FailureKind } from '../core/failure.ts';
import { send } from '../platform/send.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { useNetworkBack } from '../ui/hooks/use-network-back.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

export interface Outbox {
  /** Null: still being read, or never read so far because of `failure`. */
  view: OutboxView | null;
  /** Why it could not be read the last time. */
  failure: Failure | null;
  /** Resolves to why it cannot be read, or null. */
  readAgain: () => Promise<Failure | null>;
}

/** The items, newest first, and what could not be read; kept up to date. */
export function useOutbox(say: Say): Outbox {
  const [view, setView] = useState<OutboxView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isShown = useRef(false);
  /** What is wrong is said once, not at every look. */
  const told = useRef<FailureKind | null>(null);

  async function read(): Promise<Failure | null> {
    const listed = await send('outbox.list', {});
    if (listed.ok) {
      isShown.current = true;
      setView(listed.value);
    } else if (isShown.current && told.current !== listed.failure.kind) {
      say(failureText(listed.failure), 'alarm');
    }
    const found = listed.ok ? null : listed.failure;
    told.current = found?.kind ?? null;
    setFailure(found);
    return found;
  }

  const [readAgain] = useState(() => oneAtATime(read));
  useLayoutEffect(() => void readAgain(), [readAgain]);
  useNetworkBack();
  useChange(({ about }) => void (about === 'outbox' && readAgain()));
  // What was announced while the computer slept may not have come through.
  useDocumentEvent('visibilitychange', () => void (document.hidden || readAgain()));
  return { view, failure, readAgain };
}
