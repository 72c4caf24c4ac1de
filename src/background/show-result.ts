import type { Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fail, type Result } from '../core/result.ts';
import { announceChange } from '../platform/changes.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { type PageTarget, pageInTab } from '../platform/privileged/page-target.ts';
import { leaveNotices } from '../platform/privileged/popup-notices.ts';
import { showPopup } from '../platform/privileged/popup-window.ts';

/** Where the popup is to be shown, and over which page. */
export interface Place {
  windowId: number;
  tabId: number;
}

/** Captures first and shows the popup then, so that the page is taken as the person saw it. */
export async function captureAndShow(
  place: Place,
  capture: (page: PageTarget) => Promise<Result<Draft>>,
): Promise<void> {
  const page = await pageInTab(place.tabId);
  const result = page.ok
    ? await capture(page.value).catch((cause: unknown) => fail(failureFromError(cause)))
    : page;
  await showResult(place, result.ok ? [] : [result.failure]);
}

/** Shows the popup first, which then shows how far the capture is and how to end it. */
export async function captureInView(
  place: Place,
  capture: (page: PageTarget) => Promise<Result<Draft>>,
): Promise<void> {
  await Promise.all([captureAndShow(place, capture), showResult(place, [])]);
}

/** Brings the popup, with word of what could not be done; a popup that is open looks again. */
export async function showResult({ windowId, tabId }: Place, notices: Failure[]): Promise<void> {
  await leaveNotices(notices);
  if (!(await showPopup(windowId, tabId))) announceChange({ about: 'capture' });
}
