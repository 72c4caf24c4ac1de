import type { Failure } from '../../core/failure.ts';
import { browser } from '../browser.ts';

const sessionItem = 'popupNotices';
const failureItem = 'sendFailure';

/**
 * Leaves word for the popup that a menu or shortcut opens next: what could not be done. An empty list says that
 * the gesture brought its result, and that the popup need not look for a selection.
 */
export async function leaveNotices(notices: Failure[]): Promise<void> {
  await browser.storage.session.set({ [sessionItem]: { at: Date.now(), notices } });
}

/**
 * Keeps why a draft could not be sent after all, when the popup in which Send was pressed was closed meanwhile: the next
 * one that shows this draft says it.
 */
export async function leaveSendFailure(draftId: string, failure: Failure): Promise<void> {
  await browser.storage.session.set({ [failureItem]: { draftId, failure } });
}

/** Takes what was kept of this draft, once. */
export async function takeSendFailure(draftId: string): Promise<Failure[]> {
  const { [failureItem]: left } = (await browser.storage.session.get(failureItem)) as {
    [failureItem]?: { draftId: string; failure: Failure };
  };
  if (!left) return [];
  await browser.storage.session.remove(failureItem);
  return left.draftId === draftId ? [left.failure] : [];
}

// A popup that the gesture opened asks at once; what is older belongs to one that never came.
const freshMs = 10_000;

/** Takes the word, once. Null: the popup was opened from the toolbar. */
export async function takeNotices(): Promise<Failure[] | null> {
  // Written by this extension only, and gone with the session: no schema.
  const { [sessionItem]: left } = (await browser.storage.session.get(sessionItem)) as {
    [sessionItem]?: { at: number; notices: Failure[] };
  };
  if (!left) return null;
  await browser.storage.session.remove(sessionItem);
  return Date.now() - left.at < freshMs ? left.notices : null;
}
