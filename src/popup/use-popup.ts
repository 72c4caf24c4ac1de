import { useEffect, useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { useNetworkBack } from '../ui/hooks/use-network-back.ts';
import { type AttachmentActions, createAttachmentActions } from './attachment-actions.ts';
import { createCaptures } from './captures.ts';
import { createDraftChanges, type DraftChanges } from './draft-changes.ts';
import { createLooks } from './looks.ts';
import { createPopupStore, type Opening, type PopupState } from './popup-state.ts';
import { createSubmission } from './submission.ts';

/** What the popup's buttons and fields do. None of it fails: what goes wrong is shown. */
export interface PopupActions extends DraftChanges {
  /** With a delay the popup closes, so that the page can be prepared, and comes back with the picture. */
  addPicture(kind: 'visible-area' | 'full-page', delaySeconds: number): void;
  /** The popup closes, so that a part of the page can be picked, and comes back with the picture. */
  pick(kind: 'region' | 'element', delaySeconds: number): void;
  cancelCapture(): void;
  addSelection(): void;
  attachments: AttachmentActions;
  submit(): void;
  /** The answer to what is unmasked: what to do with it before the draft is sent; null sends nothing. */
  answerUnmasked(answer: 'mask' | 'keep' | null): void;
  keySaved(): void;
  dismiss(failure: Failure): void;
  /** Reads what is shown once more. */
  lookAgain(): void;
  /** Looks at what is stored once more, after that failed. */
  openAgain(): void;
}

/** The popup's state, null while it is opening, and what its buttons do. */
export function usePopup(): { state: PopupState | null; opening: Opening; actions: PopupActions } {
  const [, redraw] = useState(0);
  const [{ store, looks, actions, run }] = useState(() => createPopup(() => redraw(count => count + 1)));

  useEffect(() => {
    run(looks.open());
    const saveNow = () => void store.session?.flush();
    // The popup may be gone a moment later; a message that has left still arrives.
    addEventListener('pagehide', saveNow);
    document.addEventListener('visibilitychange', saveNow);
    return () => {
      removeEventListener('pagehide', saveNow);
      document.removeEventListener('visibilitychange', saveNow);
    };
  }, []);
  useNetworkBack();
  useChange(change => {
    const shown = looks.heard(change);
    // What a menu or shortcut has brought adds to the draft.
    if (change.about === 'capture') run(shown);
  });

  const draft = store.session?.shown();
  return { state: draft ? { draft, ...store.around } : null, opening: store.opening, actions };
}

function createPopup(redraw: () => void) {
  // Captures and files that were asked for and are not in the draft yet: Send waits for them.
  const running = new Set<Promise<unknown>>();
  let lastTurn: Promise<unknown> = Promise.resolve();

  function run(work: Promise<unknown>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  /** After what was asked for before, so that files come and move in the order of the presses. */
  function inTurn(work: () => Promise<unknown>): void {
    lastTurn = lastTurn.then(work, work);
    run(lastTurn);
  }

  const store = createPopupStore(redraw);
  const captures = createCaptures(store, () => void looks.look());
  const looks = createLooks(store, captures.captured);
  const changes = createDraftChanges(store);
  const submission = createSubmission(store, changes, looks, () => Promise.allSettled(running));
  const attachments = createAttachmentActions({
    draftId: store.draftId,
    attachments: () => store.session?.shown().attachments ?? [],
    report: store.report,
    change: changes.change,
    takePixels: captures.takePixels,
    inTurn,
  });

  const actions: PopupActions = {
    ...changes,
    addPicture: (kind, delaySeconds) => run(captures.addPicture(kind, delaySeconds)),
    pick: (kind, delaySeconds) => run(captures.pick(kind, delaySeconds)),
    cancelCapture: () => void send('capture.cancel', {}),
    addSelection: () => run(captures.addSelection()),
    attachments,
    submit: () => void submission.submit(),
    answerUnmasked: answer => void submission.answerUnmasked(answer),
    // A job that waited for the key goes on by itself now, and the status line then speaks of it.
    keySaved: () => store.set({ hasKey: true, word: store.around.job ? '' : text('keySaved') }),
    dismiss: failure => store.set({ failures: store.around.failures.filter(other => other !== failure) }),
    lookAgain: () => void looks.look(),
    openAgain: () => run(looks.openAgain()),
  };
  return { store, looks, actions, run };
}
