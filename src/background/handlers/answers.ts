import type { CaptureView } from '../../contract/views.ts';
import type { Draft } from '../../core/draft.ts';
import { ok, type Result } from '../../core/result.ts';
import { announceChange } from '../../platform/changes.ts';
import { type ChangedDraft, currentDraft } from '../../platform/privileged/draft-store.ts';
import { type PageTarget, pageInTab, pageInWindow } from '../../platform/privileged/page-target.ts';
import { tabBehindPopupWindow } from '../../platform/privileged/popup-window.ts';
import { runOutbox } from '../outbox/outbox.ts';

/** The page in front of a window, or behind the small window that stands for the popup. */
export async function pageBehind(windowId: number): Promise<Result<PageTarget>> {
  const tabId = await tabBehindPopupWindow(windowId);
  return tabId === null ? pageInWindow(windowId) : pageInTab(tabId);
}

export async function captureView(captured: Result<Draft>): Promise<Result<CaptureView>> {
  if (captured.ok) return ok({ draft: captured.value, failure: null });
  const { draft } = await currentDraft();
  return ok({ draft, failure: captured.failure });
}

/** The changed draft; when that took a job out of the outbox, whoever shows the outbox looks again. */
export function shownAgain(changed: Result<ChangedDraft>): Result<Draft> {
  if (!changed.ok) return changed;
  if (changed.value.withdrewJob) {
    announceChange({ about: 'outbox' });
    void runOutbox();
  }
  return ok(changed.value.draft);
}

/** The same for a change that another page than the popup made: the popup looks again. */
export function redrawn(changed: Result<ChangedDraft>): Result<Draft> {
  if (changed.ok) announceChange({ about: 'draft' });
  return shownAgain(changed);
}

/**
 * The result; when it is a success, every page looks at the draft and the outbox again, and at these jobs, however old
 * they are.
 */
export function announced<T>(result: Result<T>, jobIds: readonly string[] = []): Result<T> {
  if (result.ok) {
    announceChange({ about: 'draft' });
    announceChange({ about: 'outbox', jobIds });
  }
  return result;
}
