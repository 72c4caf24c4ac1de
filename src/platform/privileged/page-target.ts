import { fail, ok, type Result } from '../../core/result.ts';
import { browser } from '../browser.ts';

/** The page that a gesture meant. */
export interface PageTarget {
  tabId: number;
  windowId: number;
  /** Known only where a gesture granted `activeTab`. */
  url: string | null;
  title: string;
  /** The browser's id of the loaded document; null where no script may run. */
  documentId: string | null;
}

/** The active tab of a window, as it is now. */
export async function pageInWindow(windowId: number): Promise<Result<PageTarget>> {
  const [tab] = await browser.tabs.query({ active: true, windowId });
  return tab?.id === undefined ? fail({ kind: 'no-page' }) : pageInTab(tab.id);
}

export async function pageInTab(tabId: number): Promise<Result<PageTarget>> {
  try {
    const tab = await browser.tabs.get(tabId);
    if (tab.windowId === undefined) return fail({ kind: 'no-page' });
    return ok({
      tabId,
      windowId: tab.windowId,
      url: tab.url ?? null,
      title: tab.title ?? '',
      documentId: await documentIdOf(tabId),
    });
  } catch {
    return fail({ kind: 'no-page' });
  }
}

/** Whether the target is still the active tab of its window, with the same document loaded. */
export async function samePage(target: PageTarget): Promise<boolean> {
  const tab = await browser.tabs.get(target.tabId).catch(() => null);
  if (!tab?.active || tab.windowId !== target.windowId) return false;
  // A page may change its own address while it stays; the address decides only where there is nothing better.
  if (target.documentId === null) return (tab.url ?? null) === target.url;
  return (await documentIdOf(target.tabId)) === target.documentId;
}

// A page whose main thread is busy would hold the answer up for as long.
const documentIdDeadlineMs = 1_000;

async function documentIdOf(tabId: number): Promise<string | null> {
  const injected = chrome.scripting
    .executeScript({ target: { tabId }, func: () => null, injectImmediately: true })
    .then(([result]) => result?.documentId ?? null)
    .catch(() => null);
  return Promise.race([
    injected,
    new Promise<null>(resolve => setTimeout(() => resolve(null), documentIdDeadlineMs)),
  ]);
}
