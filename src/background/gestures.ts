import type { Menus, Tabs } from 'webextension-polyfill';
import type { Draft } from '../core/draft.ts';
import type { Result } from '../core/result.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import { tabBehindPopupWindow } from '../platform/privileged/popup-window.ts';
import { addImageOfPage } from './attachment-flow.ts';
import type { CaptureFlow } from './capture-flow.ts';
import type { MenuItemId } from './menus.ts';
import { pickOrSay } from './pick-flow.ts';
import { capturePicture } from './picture-capture.ts';
import { captureAndShow, captureInView } from './show-result.ts';

type PictureId = Extract<MenuItemId, `capture-${string}`>;

/** What each entry of the context menu does; `info` is what the browser knows of the click. */
export async function onMenuClick(flow: CaptureFlow, info: Menus.OnClickData, tab: Tabs.Tab | undefined) {
  const quotes: Record<Exclude<MenuItemId, PictureId>, (page: PageTarget) => Promise<Result<Draft>>> = {
    'ticket-from-selection': page => quote(flow, page, 'ticket', info),
    'reply-with-selection': page => quote(flow, page, 'reply', info),
    'add-image': page =>
      addImageOfPage(page, { address: info.srcUrl ?? '', isInFrame: (info.frameId ?? 0) !== 0 }),
  };
  const id = String(info.menuItemId);
  if (!Object.hasOwn(quotes, id)) return takePicture(id, tab);
  const where = await placeOf(tab);
  if (where) await captureAndShow(where, quotes[id as keyof typeof quotes]);
}

/** What each keyboard shortcut does. Opening the popup is the browser's own command and never comes here. */
export function onCommand(command: string, tab: Tabs.Tab | undefined): Promise<void> {
  return takePicture(command, tab);
}

async function takePicture(id: string, tab: Tabs.Tab | undefined): Promise<void> {
  const where = await placeOf(tab);
  if (!where) return;
  switch (id as PictureId) {
    case 'capture-visible-area':
      return captureAndShow(where, page => capturePicture('visible-area', page));
    case 'capture-region':
      return pickOrSay(where, 'region');
    case 'capture-element':
      return pickOrSay(where, 'element');
    case 'capture-full-page':
      // It takes a while, and the popup is where it is seen and can be ended.
      return captureInView(where, page => capturePicture('full-page', page));
  }
}

/** The page that a gesture in a window meant. Pressed in the small window that stands for the popup: the page behind. */
async function placeOf(tab: Tabs.Tab | undefined): Promise<{ windowId: number; tabId: number } | null> {
  if (tab?.id === undefined || tab.windowId === undefined) return null;
  return { windowId: tab.windowId, tabId: (await tabBehindPopupWindow(tab.windowId)) ?? tab.id };
}

function quote(flow: CaptureFlow, page: PageTarget, kind: Draft['kind'], info: Menus.OnClickData) {
  return flow.quoteSelection(page, { onlyIfNew: false, kind, selectionText: info.selectionText });
}
