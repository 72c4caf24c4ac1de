import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, settingsPath } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { ask } from '../support/file-by-message.ts';
import { readDraft, readPictures } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';

// Each page is of one colour, and its path is that colour.
const colours = ['c00000', '00c000', '0000c0', 'c0c000', 'c000c0', '00c0c0'];
const pages: Readonly<Record<string, ExtraPage>> = Object.fromEntries(
  colours.map(colour => [
    `/${colour}`,
    { body: `<!doctype html><title>${colour}</title><body style="background:#${colour}">` },
  ]),
);

// The browser allows two captures a second.
const rounds = 12;

test('while the page goes to another, a shot is of the page that it names', async () => {
  const { rig, tabs, asker, windowId } = await openTabs(1);
  const outcomes = await captureDuring(rig, asker, windowId, async (round, laterMs) => {
    await delay(laterMs);
    return tabs[0]?.goto(pageUrl(rig, round));
  });
  expect(outcomes).toContain('page-changed');
});

test('right after a page has come, a shot is not of the page that it has replaced', async () => {
  const { rig, tabs, asker, windowId } = await openTabs(1);
  const outcomes: string[] = [];
  for (let round = 1; round <= rounds / 2; round += 1) {
    // The address is the new one now, while the window may still show the old page.
    await tabs[0]?.evaluate(
      url => {
        location.href = url;
      },
      pageUrl(rig, round),
    );
    await expect.poll(() => tabs[0]?.url(), { interval: 1 }).toBe(pageUrl(rig, round));
    outcomes.push(await captureOnce(rig, asker, windowId));
  }
  expect(outcomes).toEqual(expect.arrayContaining(colours.slice(1, 4)));
});

test('while the tab is switched, a shot is of the tab that it names', async () => {
  const { rig, tabs, asker, windowId } = await openTabs(2);
  const outcomes = await captureDuring(rig, asker, windowId, async (round, laterMs) => {
    await delay(laterMs);
    return tabs[round % tabs.length]?.bringToFront();
  });
  expect(outcomes).toContain('page-changed');
});

test('a tab that comes and goes again during a capture is not in the picture', async () => {
  const { rig, tabs, asker, windowId } = await openTabs(3);
  const outcomes = await captureDuring(rig, asker, windowId, async round => {
    for (let step = 0; step < 30; step += 1) await tabs[(round + step) % tabs.length]?.bringToFront();
  });
  expect(outcomes).toContain('page-changed');
});

function pageUrl(rig: Rig, index: number): string {
  return `${rig.sampleSite.url}/${colours[index % colours.length]}`;
}

/** Tabs whose pages the extension may capture, and a page of ours elsewhere that asks for it. */
async function openTabs(count: number) {
  const rig = await startRig({ pages });
  const tabs: Page[] = [];
  let windowId = 0;
  for (let index = 0; index < count; index += 1) {
    const tab = await rig.openPage(pageUrl(rig, index));
    const popup = await rig.openPopup(tab);
    await popup.waitForSelector(ariaSelector('textbox', 'Description'));
    windowId = await popup.evaluate(async () => (await chrome.windows.getCurrent()).id ?? 0);
    await popup.close();
    tabs.push(tab);
  }
  const asker = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await asker.evaluate(async () => {
    const { id } = (await chrome.tabs.getCurrent()) ?? {};
    await chrome.windows.create({ ...(id === undefined ? {} : { tabId: id }), focused: false });
  });
  await tabs[0]?.bringToFront();
  return { rig, tabs, asker, windowId };
}

/**
 * Captures again and again while `change` runs, and resolves to what came of each. From one round to the next `change` is told to
 * wait a little longer, so that it falls on a later moment of the capture, however long this machine takes for one.
 */
async function captureDuring(
  rig: Rig,
  asker: Page,
  windowId: number,
  change: (round: number, laterMs: number) => Promise<unknown>,
): Promise<string[]> {
  await captureOnce(rig, asker, windowId);
  let tookMs = 0;
  // The second waits for its turn as those that follow do.
  await captureOnce(rig, asker, windowId, async captured => {
    const startedAt = performance.now();
    await captured;
    tookMs = performance.now() - startedAt;
  });
  const outcomes: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const laterMs = ((round - 1) / rounds) * tookMs;
    outcomes.push(await captureOnce(rig, asker, windowId, () => change(round, laterMs)));
  }
  return outcomes;
}

/**
 * Captures into a new draft: the colour of the shot, which was that of the page that the draft names, or the kind of failure.
 * What runs meanwhile begins when the capture has been asked for.
 */
async function captureOnce(
  rig: Rig,
  asker: Page,
  windowId: number,
  meanwhile?: (captured: Promise<unknown>) => Promise<unknown>,
): Promise<string> {
  const before = await readDraft(asker);
  const { id: draftId } = await ask(asker, 'draft.startOver', { draftId: before.id });
  const captured = ask(asker, 'capture.visibleArea', { windowId, draftId, delaySeconds: 0 });
  const [{ failure }] = await Promise.all([captured, meanwhile?.(captured)]);
  if (failure) return failure.kind;
  const { page } = await readDraft(asker);
  const colour = coloursOf(await readPictures(asker)).join(' and ');
  expect.soft(`${rig.sampleSite.url}/${colour}`).toBe(page.page_url);
  return colour;
}

/** The colours of every thousandth pixel or so. */
function coloursOf(pictures: readonly PNG[]): string[] {
  const colours = new Set<string>();
  for (const { data } of pictures) {
    for (let at = 0; at < data.length; at += 4 * 997) colours.add(data.toString('hex', at, at + 3));
  }
  return [...colours];
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
