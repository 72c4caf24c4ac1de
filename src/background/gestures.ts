import type { Menus, Tabs } from 'webextension-polyfill';
import type { Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { fail, type Result } from '../core/result.ts';
import { announceChange } from '../platform/changes.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { type PageTarget, pageInTab } from '../platform/privileged/page-target.ts';
import { leaveNotices } from '../platform/privileged/popup-notices.ts';
import { showPopup, tabBehindPopupWindow } from '../platform/privileged/popup-window.ts';
import type { CaptureFlow } from './capture-flow.ts';
import type { MenuItemId } from './menus.ts';

type Capture = (page: PageTarget) => Promise<Result<Draft>>;

/** What each entry of the context menu does; `info` is what the browser knows of the click. */
export function onMenuClick(flow: CaptureFlow, info: Menus.OnClickData, tab: Tabs.Tab | undefined) {
  const captures: Record<MenuItemId, Capture> = {
    'ticket-from-selection': page => quote(flow, page, 'ticket', info),
    'reply-with-selection': page => quote(flow, page, 'reply', info),
    'add-image': page => flow.addImageUrl(page, info.srcUrl ?? ''),
    'capture-visible-area': flow.addVisibleArea,
    'capture-region': notYet('region'),
    'capture-full-page': notYet('full-page'),
  };
  return captureAndShow(captures[info.menuItemId as MenuItemId], tab);
}

/** What each keyboard shortcut does. Opening the popup is the browser's own command and never comes here. */
export function onCommand(flow: CaptureFlow, command: string, tab: Tabs.Tab | undefined) {
  const captures: Record<string, Capture> = {
    'capture-visible-area': flow.addVisibleArea,
    'capture-region': notYet('region'),
    'capture-full-page': notYet('full-page'),
  };
  return captureAndShow(captures[command], tab);
}

/** Captures first and shows the popup then, so that the page is taken as the person saw it. */
async function captureAndShow(capture: Capture | undefined, tab: Tabs.Tab | undefined): Promise<void> {
  if (!capture || tab?.id === undefined || tab.windowId === undefined) return;
  // Pressed in the small window that stands for the popup, it means the page behind.
  const tabId = (await tabBehindPopupWindow(tab.windowId)) ?? tab.id;
  const page = await pageInTab(tabId);
  const result = page.ok
    ? await capture(page.value).catch((cause: unknown) => fail(failureFromError(cause)))
    : page;
  const notices: Failure[] = result.ok ? [] : [result.failure];
  await leaveNotices(notices);
  if (!(await showPopup(tab.windowId, tabId))) announceChange({ about: 'capture' });
}

function quote(flow: CaptureFlow, page: PageTarget, kind: Draft['kind'], info: Menus.OnClickData) {
  return flow.quoteSelection(page, { onlyIfNew: false, kind, selectionText: info.selectionText });
}

function notYet(feature: 'region' | 'full-page'): Capture {
  return async () => fail({ kind: 'not-yet', feature });
}
