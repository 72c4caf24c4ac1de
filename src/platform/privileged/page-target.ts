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
  /** The window's inside; null where no script may run. The page says it, so it is words to show and no more. */
  viewport: Viewport | null;
}

interface Viewport {
  widthPx: number;
  heightPx: number;
  devicePixelRatio: number;
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
      ...(await inspect(tabId)),
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
  return (await inspect(target.tabId)).documentId === target.documentId;
}

// A page whose main thread is busy would hold the answer up for as long.
const inspectionDeadlineMs = 1_000;

const unknown: Pick<PageTarget, 'documentId' | 'viewport'> = { documentId: null, viewport: null };

async function inspect(tabId: number): Promise<typeof unknown> {
  const inspected = chrome.scripting
    .executeScript({ target: { tabId }, func: readViewport, injectImmediately: true })
    .then(([injected]) =>
      injected ? { documentId: injected.documentId, viewport: plainViewport(injected.result) } : unknown,
    )
    .catch(() => unknown);
  return Promise.race([
    inspected,
    new Promise<typeof unknown>(resolve => setTimeout(() => resolve(unknown), inspectionDeadlineMs)),
  ]);
}

/** Runs in the page's isolated world. */
function readViewport(): Viewport {
  return { widthPx: innerWidth, heightPx: innerHeight, devicePixelRatio };
}

function plainViewport(viewport: Viewport | undefined): Viewport | null {
  const numbers = [viewport?.widthPx, viewport?.heightPx, viewport?.devicePixelRatio];
  return viewport && numbers.every(Number.isFinite) ? viewport : null;
}
