import type { CaptureView, JobView, PopupView } from '../contract/views.ts';
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
  let progressNews = 0;

  /** Answers whether the person is still at the draft, and at the job, of now: what was asked before is older than a change of them. */
  function noteShown(): () => boolean {
    const draftId = store.draftId();
    const { job } = store.around;
    return () => store.draftId() === draftId && store.around.job === job;
  }

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
    const { hasKey, outbox, capture, job, filed, draftsAside, notices } = view;
    const isSameDraft = store.around.filed !== null && before === view.draft.id;
    store.set({
      hasKey,
      outbox,
      capture,
      // With the first look or not at all: it would push away the fields that somebody is about to press.
      filed: before === undefined || isSameDraft ? filed : null,
      draftsAside,
      job,
    });
    for (const notice of notices) store.report(notice);
  }

  async function open() {
    const before = announcements;
    const isFirst = store.session === null;
    const isStillShown = noteShown();
    const windowId = await currentWindowId();
    const opened = await send('popup.open', { windowId });
    if (!opened.ok) {
      if (store.session) store.report(opened.failure);
      else store.setOpening({ failure: opened.failure });
      return;
    }
    // A job of another draft (just sent, or queued) keeps the status line until the next thing happens.
    // Of the first look the job is of use, however old: what became of it since is read by the next.
    const isCurrent = isFirst || isStillShown();
    if (isCurrent) show({ ...opened.value, job: opened.value.job ?? store.around.job });
    else for (const notice of opened.value.notices) store.report(notice);
    if (announcements !== before || !isCurrent) void look();
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
    let isShown = false;
    while (!isShown) isShown = await hasLooked();
  });

  /** False when the person has gone on to another draft, or has sent this one, while the answer was on its way. */
  async function hasLooked(): Promise<boolean> {
    // What is typed is stored first, so that the answer holds it.
    await store.session?.flush();
    const isStillShown = noteShown();
    const newsBefore = progressNews;
    const read = await send('draft.read', { windowId: await currentWindowId() });
    if (!read.ok) return true;
    const view = read.value;
    const job = view.job ?? (await followed());
    if (!isStillShown()) return false;
    // An announcement tells of the capture as it is, and may have come after this was read.
    show({ ...view, job, capture: progressNews === newsBefore ? view.capture : store.around.capture });
    return true;
  }

  /** The job of another draft that the status line speaks of, as it is now. */
  async function followed(): Promise<JobView | null> {
    const { job } = store.around;
    if (!job) return null;
    const read = await send('job.read', { jobId: job.id });
    if (read.ok) return read.value;
    // What cannot be read for the moment may still be there.
    return read.failure.kind === 'not-found' ? null : job;
  }

  async function heard(change: Change) {
    announcements += 1;
    if (change.about === 'progress') {
      progressNews += 1;
      store.set({ capture: change.progress });
    } else if (change.about === 'capture') await open();
    else if (change.about === 'draft' || change.about === 'outbox') await look();
  }

  return { open, openAgain, look, heard };
}
