import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { MessageInput, MessageName, MessageOutput } from '../../src/contract/messages.ts';
import type { Result } from '../../src/core/result.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, settingsPath } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
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
// From one round to the next, the change falls on a later moment of the capture.
const stepMs = 8;

test('while the page goes to another, a shot is of the page that it names', async () => {
  const { rig, tabs, asker, windowId } = await openTabs(1);
  const outcomes = await captureDuring(rig, asker, windowId, async round => {
    await delay(round * stepMs);
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
  const outcomes = await captureDuring(rig, asker, windowId, async round => {
    await delay(round * stepMs);
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

/** Captures again and again while `change` runs, and resolves to what came of each. */
async function captureDuring(
  rig: Rig,
  asker: Page,
  windowId: number,
  change: (round: number) => Promise<unknown>,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const [outcome] = await Promise.all([captureOnce(rig, asker, windowId), change(round)]);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Captures into a new draft: the colour of the shot, which was that of the page that the draft names, or the kind of failure. */
async function captureOnce(rig: Rig, asker: Page, windowId: number): Promise<string> {
  const before = await readDraft(asker);
  const { id: draftId } = await ask(asker, 'draft.startOver', { draftId: before.id });
  const { failure } = await ask(asker, 'capture.visibleArea', { windowId, draftId, delaySeconds: 0 });
  if (failure) return failure.kind;
  const { page } = await readDraft(asker);
  const colour = coloursOf(await readPictures(asker)).join(' and ');
  expect.soft(`${rig.sampleSite.url}/${colour}`).toBe(page.page_url);
  return colour;
}

async function ask<Name extends MessageName>(
  asker: Page,
  name: Name,
  input: MessageInput<Name>,
): Promise<MessageOutput<Name>> {
  const answer: Result<MessageOutput<Name>> = await asker.evaluate(
    message => chrome.runtime.sendMessage(message),
    { name, input },
  );
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`);
  return answer.value;
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
