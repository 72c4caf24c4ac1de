import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { Rect } from '../../src/core/image/geometry.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import {
  activityPath,
  extensionUrl,
  openExtensionPage,
  popupPage,
  popupPath,
} from '../../tools/chromium/extension.ts';
import { ask as askWorker } from './file-by-message.ts';
import type { Rig } from './rig.ts';

/** How a pick ended, and what it left in the page for the worker. */
export interface Picked {
  outcome: string;
  /** An area with its scroller, or an element, each by name and id. */
  subject: { kind: string; of: string; rect?: Rect } | null;
  /** Whether the host of an overlay was still in the page when the word came. */
  hasTrace: boolean;
}

export interface Picking {
  /** Asks for a pick under the popup, which then closes, and waits until the overlay is there. */
  start(page: Page, kind: 'region' | 'element'): Promise<void>;
  /**
   * Only asks, with the popup closed before: for pages that allow no overlay. Where the popup were open still, none would come
   * back after a pick that ends at once.
   */
  ask(page: Page, kind: 'region' | 'element'): Promise<void>;
  /** The ends of all picks so far, as the extension hears them. */
  ends(): Promise<Picked[]>;
  /** Runs a function in a page of the extension. */
  inExtension<Answer>(act: () => Promise<Answer>): Promise<Answer>;
  /** Waits for the end of the first pick, or of the one with this number. */
  end(number?: number): Promise<Picked>;
  /**
   * Leaves nothing of the last pick behind: one that goes on is taken away unheard, and of one that has ended the popup is
   * waited for and closed. To be called before its page is closed, which would be one more end.
   */
  clearAway(): Promise<void>;
}

declare global {
  var heardPicks: Picked[] | undefined;
}

/** Hears what the worker hears: a page of the extension gets the messages of content scripts too. */
export async function hearPicks(rig: Rig): Promise<Picking> {
  const listener = await openExtensionPage(rig.browser, rig.extension, activityPath);
  await listener.evaluate(hear);
  const ends = () => listener.evaluate(() => globalThis.heardPicks ?? []);
  let isCleared = true;

  /**
   * The popup comes back after a pick, and takes part in the next one if it comes late. It is there once it is drawn: one that is closed
   * before, the browser takes for refused, and the worker opens a window in its place.
   */
  const previousIsOver = async () => {
    if (isCleared || (await ends()).length === 0) return;
    const popup = await popupPage(rig.browser, rig.extension, 5_000).catch(() => null);
    // Where its page is gone it does not come.
    await popup?.waitForSelector(ariaSelector('textbox', 'Description')).catch(() => null);
  };

  const ask = async (
    page: Page,
    kind: 'region' | 'element',
    { closesFirst }: { closesFirst: boolean } = { closesFirst: true },
  ) => {
    await previousIsOver();
    // The popup lets the extension into the page.
    const popup = await openAnotherPopup(rig, page);
    const windowId = await popup.evaluate(async () => (await chrome.windows.getCurrent()).id ?? 0);
    if (closesFirst) await popup.close();
    isCleared = false;
    const draftId = (await askWorker(listener, 'draft.read', { windowId })).draft.id;
    await askWorker(listener, 'capture.pick', { windowId, draftId, kind, delaySeconds: 0 });
    if (!popup.isClosed()) await popup.close();
  };
  return {
    ask,
    async start(page, kind) {
      await ask(page, kind, { closesFirst: false });
      await page.waitForSelector(overlaySelector);
    },
    ends,
    inExtension: act => listener.evaluate(act) as ReturnType<typeof act>,
    async end(number = 1) {
      await expect.poll(async () => (await ends()).length).toBe(number);
      return (await ends())[number - 1] as Picked;
    },
    async clearAway() {
      if (!(await listener.evaluate(dropPick))) {
        const popup = await popupPage(rig.browser, rig.extension);
        await popup.waitForSelector(ariaSelector('textbox', 'Description'));
        await popup.close();
      }
      isCleared = true;
    },
  };
}

/** Runs in a page of the extension, under the worker's own lock: answers false when the pick has ended by itself. */
function dropPick(): Promise<boolean> {
  return navigator.locks.request('pending-pick', async () => {
    const { pendingPick } = await chrome.storage.session.get<{ pendingPick?: { tabId: number } }>(
      'pendingPick',
    );
    if (!pendingPick) return false;
    await chrome.storage.session.remove('pendingPick');
    await chrome.scripting.executeScript({
      target: { tabId: pendingPick.tabId },
      func: () => globalThis.captureForAssembly?.leavePick?.(),
    });
    return true;
  });
}

/** The popup that asked for a pick comes back after it, sooner or later: it makes place for a new one. */
async function openAnotherPopup(rig: Rig, page: Page): Promise<Page> {
  for (let tries = 5; ; tries -= 1) {
    try {
      for (const target of rig.browser.targets()) {
        if (target.url().startsWith(extensionUrl(rig.extension, popupPath)))
          await (await target.asPage()).close();
      }
      const popup = await rig.openPopup(page);
      await popup.waitForSelector(ariaSelector('textbox', 'Description'));
      if (await popup.evaluate(isSmallWindow)) throw new Error('The popup of an earlier pick came back.');
      return popup;
    } catch (cause) {
      if (tries === 0) throw cause;
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }
}

/** Where the popup cannot open, a small window comes in its place. What is asked for there means the page that it was opened for. */
async function isSmallWindow(): Promise<boolean> {
  return (await chrome.tabs.getCurrent()) !== undefined;
}

/** The overlay's host: the only popover of a test page whose name has no rule. */
export const overlaySelector = ':is(html, dialog) > [popover="manual"]:not(div)';

/**
 * Longer than an overlay must be in sight before it is believed, and nothing tells when that is. Counted in steps that the page has
 * kept up with: where it gets no time to run, the overlay gets none to look whether it is in sight.
 */
export async function untilTrusted(page: Page): Promise<void> {
  for (let step = 1; step <= 5; step += 1) {
    await new Promise(resolve => setTimeout(resolve, 250));
    await page.evaluate(() => document.visibilityState);
  }
}

/**
 * Repeats what takes the pick until the overlay goes by it, since it counts no press before it has been in sight for half a second. It
 * goes while the event is handled, so nothing is pressed after that.
 */
export async function takeBy(page: Page, act: () => Promise<unknown>): Promise<void> {
  const overlayAfterwards = async () => {
    await act();
    return page.$(overlaySelector);
  };
  await expect.poll(overlayAfterwards).toBeNull();
}

function hear(): void {
  globalThis.heardPicks = [];
  chrome.runtime.onMessage.addListener((message, sender) => {
    if (message?.name !== 'pick.deliver' || sender.tab?.id === undefined) return;
    void chrome.scripting
      .executeScript({
        target: { tabId: sender.tab.id },
        func: () => {
          const subject = globalThis.captureForAssembly?.subject;
          const named = (element: Element) =>
            element.localName + (element.getAttribute('id') ? `#${element.getAttribute('id')}` : '');
          const described =
            subject === undefined
              ? null
              : subject.kind === 'area'
                ? { kind: 'area', of: named(subject.scroller), rect: { ...subject.rect } }
                : { kind: 'element', of: named(subject.element) };
          const hasTrace = document.querySelector(':is(html, dialog) > [popover="manual"]:not(div)') !== null;
          return { subject: described, hasTrace };
        },
      })
      .catch(() => [])
      .then(([injected]) => {
        const seen = injected?.result ?? { subject: null, hasTrace: false };
        globalThis.heardPicks?.push({ outcome: message.input.outcome, ...seen });
      });
  });
}
