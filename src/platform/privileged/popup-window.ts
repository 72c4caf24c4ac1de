import { z } from '../../contract/zod.ts';
import { browser } from '../browser.ts';
import { inTime } from './in-time.ts';

const popupPath = 'src/popup/popup.html';
const sessionItem = 'popupWindow';
const openingDeadlineMs = 3_000;
const fallbackSize = { width: 420, height: 640 };
const fallbackSchema = z.strictObject({ windowId: z.number(), tabId: z.number() });

/** One after the other: while a popup is being opened the browser names none yet, and refuses a second one. */
let lastShown: Promise<unknown> = Promise.resolve();

/**
 * Shows the popup over a window; where the browser refuses (window not focused, toolbar hidden), the same page
 * in a small window. Answers false when a popup was open already and only has to look again.
 */
export function showPopup(windowId: number, tabId: number): Promise<boolean> {
  const shown = lastShown.then(() => showOne(windowId, tabId));
  // A browser that never tells how it went must not keep every later popup away.
  lastShown = inTime(shown, openingDeadlineMs).catch(() => {});
  return shown;
}

async function showOne(windowId: number, tabId: number): Promise<boolean> {
  const open = await openPopups();
  if (open.some(context => context.contextType === 'POPUP')) return false;
  const inWindow = open.find(context => context.contextType === 'TAB');
  if (inWindow) {
    await remember(inWindow.windowId, tabId);
    await browser.windows.update(inWindow.windowId, { focused: true });
    return false;
  }
  try {
    await chrome.action.openPopup({ windowId });
  } catch {
    const { id } = await browser.windows.create({ url: popupPath, type: 'popup', ...fallbackSize });
    if (id !== undefined) await remember(id, tabId);
  }
  return true;
}

/** Whether somebody looks at the popup, or at the small window that stands for it. */
export async function isPopupOpen(): Promise<boolean> {
  return (await openPopups()).length > 0;
}

function openPopups(): Promise<chrome.runtime.ExtensionContext[]> {
  // Neither getContexts nor openPopup is in the polyfill.
  return chrome.runtime.getContexts({ documentUrls: [browser.runtime.getURL(popupPath)] });
}

/** The tab that the small window was opened for, or null when `windowId` is an ordinary window. */
export async function tabBehindPopupWindow(windowId: number): Promise<number | null> {
  const { [sessionItem]: stored } = await browser.storage.session.get(sessionItem);
  const parsed = fallbackSchema.safeParse(stored);
  return parsed.success && parsed.data.windowId === windowId ? parsed.data.tabId : null;
}

async function remember(windowId: number, tabId: number): Promise<void> {
  await browser.storage.session.set({ [sessionItem]: { windowId, tabId } });
}
