import { fail, ok, type Result } from '../../core/result.ts';
import { browser } from '../browser.ts';
import { inTime } from './in-time.ts';

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
    let differed = '';
    for (let tries = targetTries; tries > 0; tries--) {
      const tab = await browser.tabs.get(tabId);
      if (tab.windowId === undefined) return fail({ kind: 'no-page' });
      const { address, ...document } = await inspect(tabId);
      // Between the two questions another page may have come: its picture must not get the address of the one before.
      // (Two that differ and stay so are one page, which the browser and the page call otherwise.)
      const pair = JSON.stringify([address, tab.url, document.documentId]);
      if (address !== null && tab.url !== undefined && address !== tab.url && pair !== differed) {
        differed = pair;
        continue;
      }
      const { windowId, url = null, title = '' } = tab;
      return ok({ tabId, windowId, url, title, ...document });
    }
    return fail({ kind: 'page-changed' });
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

// A page that goes from address to address all the time is not caught.
const targetTries = 4;

interface Inspected extends Pick<PageTarget, 'documentId' | 'viewport'> {
  /** What the document says of itself; it is only held against what the browser says. */
  address: string | null;
}

const unknown: Inspected = { documentId: null, viewport: null, address: null };

async function inspect(tabId: number): Promise<Inspected> {
  const inspected = chrome.scripting
    .executeScript({ target: { tabId }, func: readDocument, injectImmediately: true })
    .then(([injected]) =>
      injected
        ? {
            documentId: injected.documentId,
            viewport: plainViewport(injected.result?.viewport),
            address: typeof injected.result?.address === 'string' ? injected.result.address : null,
          }
        : unknown,
    );
  return inTime(inspected, inspectionDeadlineMs).catch(() => unknown);
}

/** Runs in the page's isolated world. */
function readDocument(): { viewport: Viewport; address: string } {
  return {
    viewport: { widthPx: innerWidth, heightPx: innerHeight, devicePixelRatio },
    address: location.href,
  };
}

function plainViewport(viewport: Viewport | undefined): Viewport | null {
  const numbers = [viewport?.widthPx, viewport?.heightPx, viewport?.devicePixelRatio];
  return viewport && numbers.every(Number.isFinite) ? viewport : null;
}
