import type { CaptureView, PopupView } from '../contract/views.ts';
import type { Result } from '../core/result.ts';
import type { Change } from '../platform/changes.ts';
import { send } from '../platform/send.ts';
import { currentWindowId } from '../platform/tabs.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';
import { createDraftSession } from './draft-session.ts';
import type { PopupStore } from './popup-state.ts';

/** The popup's looks at what the worker has stored. */
export interface Looks {
  /** The look with which the popup opens: brings what menus and shortcuts left, and quotes the selection of the page. */
  open(): Promise<void>;
  /** The same after it failed. */
  openAgain(): Promise<void>;
  /** Resolves when what is stored now is shown. */
  look(): Promise<void>;
  /** Something was announced. */
  heard(change: Change): Promise<void>;
}

export function createLooks(
  store: PopupStore,
  captured: (result: Result<CaptureView>, word: string) => void,
): Looks {
  /** Counts the announcements, so that an answer which is older than one of them is known for it. */
  let announcements = 0;

  function show(view: PopupView) {
    const before = store.session?.shown().id;
    if (store.session) store.session.adopt(view.draft);
    else {
      store.session = createDraftSession(
        view.draft,
        input => send('draft.edit', input),
        () => store.set({}),
        failure => {
          store.unsavedBecause = failure;
          store.report(failure);
        },
      );
    }
    const { hasKey, outbox, capture, job, filed, draftsAside } = view;
    const isSameDraft = store.around.filed !== null && before === view.draft.id;
    store.set({
      hasKey,
      outbox,
      capture,
      // With the first look or not at all: it would push away the fields that somebody is about to press.
      filed: before === undefined || isSameDraft ? filed : null,
      draftsAside,
      // A job of another draft (just sent, or queued) keeps the status line until the next thing happens.
      job: job ?? store.around.job,
    });
    for (const notice of view.notices) store.report(notice);
  }

  async function open() {
    const before = announcements;
    const windowId = await currentWindowId();
    const opened = await send('popup.open', { windowId });
    if (!opened.ok) {
      if (store.session) store.report(opened.failure);
      else store.setOpening({ failure: opened.failure });
      return;
    }
    show(opened.value);
    if (announcements !== before) void look();
    if (opened.value.readSelection) {
      const read = await send('capture.selection', {
        windowId,
        draftId: store.draftId(),
        onlyIfNew: true,
      });
      if (read.ok && read.value.failure?.kind === 'no-selection') store.session?.adopt(read.value.draft);
      else captured(read, '');
    }
  }

  async function openAgain() {
    store.setOpening({ isTrying: true });
    await open();
    store.setOpening({ isTrying: false, failedAgainAt: Date.now() });
  }

  // One at a time: of two looks at once, the answer of the older one may come last, and would stay.
  const look = oneAtATime(async () => {
    const jobId = store.around.job?.id;
    if (jobId) await readJob(jobId);
    // What is typed is stored first, so that the answer holds it.
    await store.session?.flush();
    const view = await send('draft.read', { windowId: await currentWindowId() });
    if (view.ok) show(view.value);
  });

  async function readJob(jobId: string) {
    const read = await send('job.read', { jobId });
    // What cannot be read for the moment may still be there.
    if (!read.ok && read.failure.kind !== 'not-found') return;
    // Another may have been sent while this one was read: the status line then speaks of that.
    if (store.around.job?.id === jobId) store.set({ job: read.ok ? read.value : null });
  }

  async function heard(change: Change) {
    announcements += 1;
    if (change.about === 'progress') store.set({ capture: change.progress });
    else if (change.about === 'capture') await open();
    else if (change.about === 'draft' || change.about === 'outbox') await look();
  }

  return { open, openAgain, look, heard };
}
