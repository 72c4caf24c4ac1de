import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import type { FailureKind } from '../../src/core/failure.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, popupPage, settingsPath } from '../../tools/chromium/extension.ts';
import { ask } from './file-by-message.ts';
import { readDraft, readPictures } from './read-draft.ts';
import type { Rig } from './rig.ts';

type Capture = 'capture.fullPage' | 'capture.visibleArea';

/** A page that the extension may capture, and a page of ours in another window that asks for it. */
export interface Capturing {
  readonly page: Page;
  readonly asker: Page;
  readonly windowId: number;
  /** Captures into a new draft: its pictures, or why there are none; and how long it took. */
  capture(name: Capture): Promise<{ failure: FailureKind | null; pictures: PNG[]; tookMs: number }>;
  /**
   * Takes what `setSubject` leaves in the page's isolated world as if the person had picked it: the overlay is shown and
   * taken away, and its word is given in its place.
   */
  captureSubject(setSubject: () => Promise<unknown>): Promise<PNG[]>;
}

export async function openCapturing(rig: Rig, url: string): Promise<Capturing> {
  const page = await rig.openPage(url);
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  const windowId = await popup.evaluate(async () => (await chrome.windows.getCurrent()).id ?? 0);
  await popup.close();
  const asker = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await asker.evaluate(async () => {
    const { id } = (await chrome.tabs.getCurrent()) ?? {};
    await chrome.windows.create({ ...(id === undefined ? {} : { tabId: id }), focused: false });
  });
  await page.bringToFront();
  return {
    page,
    asker,
    windowId,
    async capture(name) {
      const before = await readDraft(asker);
      const { id: draftId } = await ask(asker, 'draft.startOver', { draftId: before.id });
      const startedAt = performance.now();
      const { failure } = await ask(asker, name, { windowId, draftId, delaySeconds: 0 });
      const tookMs = performance.now() - startedAt;
      return { failure: failure?.kind ?? null, pictures: await readPictures(asker), tookMs };
    },
    async captureSubject(setSubject) {
      const before = await readDraft(asker);
      const { id: draftId } = await ask(asker, 'draft.startOver', { draftId: before.id });
      await ask(asker, 'capture.pick', { windowId, draftId, kind: 'element', delaySeconds: 0 });
      await setSubject();
      await asker.evaluate(sayTaken);
      const shown = await popupPage(rig.browser, rig.extension);
      const pictures = await readPictures(asker);
      await shown.close();
      return pictures;
    },
  };
}

/** Runs in a page of the extension: says for the overlay that something was picked. */
async function sayTaken(): Promise<void> {
  const { pendingPick } = await chrome.storage.session.get<{ pendingPick: { tabId: number; nonce: string } }>(
    'pendingPick',
  );
  await chrome.scripting.executeScript({
    target: { tabId: pendingPick.tabId },
    args: [pendingPick.nonce],
    func: async nonce => {
      const subject = globalThis.captureForAssembly?.subject;
      globalThis.captureForAssembly?.leavePick?.();
      if (globalThis.captureForAssembly && subject) globalThis.captureForAssembly.subject = subject;
      await chrome.runtime.sendMessage({ name: 'pick.deliver', input: { nonce, outcome: 'taken' } });
    },
  });
}
