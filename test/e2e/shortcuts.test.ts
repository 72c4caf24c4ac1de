import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, type TestContext, test } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { extensionWorker, popupPage, saveKey } from '../../tools/chromium/extension.ts';
import { overlaySelector, untilTrusted } from '../support/picking.ts';
import { fieldText, sendAndWait } from '../support/popup-actions.ts';
import { coveredAs, differentShare, readDraft, readPictures } from '../support/read-draft.ts';
import { type DisplayRig, startDisplayRig, startRig } from '../support/rig.ts';

const visibleArea = 'alt+shift+s';
const openThePopup = 'alt+shift+e';
const region = 'alt+shift+g';
const fullPage = 'alt+shift+f';

test('every command has the key that the manifest suggests', async () => {
  const rig = await startRig();
  const worker = await extensionWorker(rig.browser, rig.extension);
  const commands = await worker.evaluate(() => chrome.commands.getAll());
  const wanted = Object.entries(manifest.commands).map(([name, { suggested_key }]) => [
    name,
    suggested_key.default,
  ]);
  expect(wanted).toHaveLength(4);
  expect(commands.map(({ name, shortcut }) => [name, shortcut])).toEqual(expect.arrayContaining(wanted));
});

test('a shortcut captures the visible area, and the shot can be sent', async context => {
  const { rig, page } = await startOnThread(context);
  const expected = await screenshot(page);
  await rig.display.press(visibleArea);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const { attachments } = await readDraft(popup);

  await saveKey(popup, demoApiKey);
  await sendAndWait(popup, /ASM-\d+ created/);
  const [ticket] = rig.assembly.record.tickets;
  expect(ticket?.images).toHaveLength(1);
  const sent = PNG.sync.read(ticket?.images[0]?.bytes ?? Buffer.alloc(0));
  // The addresses on the page are covered, and nothing else is.
  expect(differentShare(sent, coveredAs(attachments, expected))).toBe(0);
  expect(ticket?.additionalProperties).toMatchObject({ page_url: rig.sampleSite.threadUrl });
});

test('a shortcut opens the popup with the selection quoted', async context => {
  const { rig, page } = await startOnThread(context);
  await page.click('#complaint', { count: 3 });
  await rig.display.press(openThePopup);
  const popup = await popupPage(rig.browser, rig.extension);
  const description = () => fieldText(popup, 'Description');
  await expect
    .poll(description)
    .toMatch(/^> Since Monday's update our nightly CSV export stops at row 5,000\./);
  expect(await description()).toContain(rig.sampleSite.threadUrl);
});

test('a shortcut lets a region be drawn, and the popup comes with its picture', async context => {
  const { rig, page } = await startOnThread(context);
  await rig.display.press(region);
  await page.waitForSelector(overlaySelector);
  await untilTrusted(page);
  await page.mouse.move(100, 120);
  await page.mouse.down();
  await page.mouse.move(400, 320, { steps: 4 });
  await page.mouse.up();
  await rig.display.press('Return');
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const [shot] = await readPictures(popup);
  expect([shot?.width, shot?.height]).toEqual([300, 200]);
});

test('a shortcut takes the full page, and the popup shows how far it is', async context => {
  const { rig, page } = await startOnThread(context);
  const heightPx = await page.evaluate(() => document.documentElement.scrollHeight);
  await rig.display.press(fullPage);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const [shot] = await readPictures(popup);
  expect(shot?.height).toBe(heightPx);
});

test('a shortcut that is pressed twice opens one popup, and no window beside it', async context => {
  const { rig } = await startOnThread(context);
  await rig.display.press(fullPage, fullPage);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const worker = await extensionWorker(rig.browser, rig.extension);
  const open = await worker.evaluate(() => chrome.runtime.getContexts({}));
  expect(open.filter(({ documentUrl }) => documentUrl?.includes('popup')).length).toBe(1);
});

test('with the popup open, a shortcut adds the shot to what is written there', async context => {
  const { rig, page } = await startOnThread(context);
  const expected = await screenshot(page);
  await rig.display.press(openThePopup);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.locator(ariaSelector('textbox', 'Description')).fill('typed before the shot');
  await rig.display.press(visibleArea);
  const now = await popupPage(rig.browser, rig.extension);
  await now.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  const { body, attachments } = await readDraft(now);
  expect(body).toContain('typed before the shot');
  expect(attachments).toHaveLength(1);
  const [shot] = await readPictures(now);
  // Neither the popup nor anything else of ours is in the picture.
  expect(shot && differentShare(shot, expected)).toBe(0);
});

test('where the browser opens no popup, a small window does the same', async context => {
  const { rig, page } = await startOnThread(context);
  const smallPage = await openSmallWindow(rig, page);
  const expected = await screenshot(smallPage);
  await rig.display.press(visibleArea);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  expect(await contextTypes(popup)).toEqual(['TAB']);

  // The small window stands for the page that it was opened over, its buttons do as well as a second press.
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 2'));
  await smallPage.bringToFront();
  await rig.display.press(visibleArea);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 3'));
  expect(await contextTypes(popup)).toEqual(['TAB']);
  const shots = await readPictures(popup);
  expect(shots.map(shot => differentShare(shot, expected))).toEqual([0, 0, 0]);

  await saveKey(popup, demoApiKey);
  await sendAndWait(popup, /ASM-\d+ created/);
  expect(rig.assembly.record.tickets[0]?.images).toHaveLength(3);
  expect(rig.assembly.record.tickets[0]?.additionalProperties).toMatchObject({ page_url: smallPage.url() });
});

test('a shortcut pressed in the small window means the page behind it', async context => {
  const { rig, page } = await startOnThread(context);
  const smallPage = await openSmallWindow(rig, page);
  const expected = await screenshot(smallPage);
  await rig.display.press(visibleArea);
  const popup = await popupPage(rig.browser, rig.extension);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  await popup.bringToFront();
  await rig.display.press(visibleArea);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 2'));
  const shots = await readPictures(popup);
  expect(shots.map(shot => differentShare(shot, expected))).toEqual([0, 0]);
});

async function startOnThread(context: TestContext): Promise<{ rig: DisplayRig; page: Page }> {
  const rig = await startDisplayRig(context);
  const page = await rig.openPage();
  await page.bringToFront();
  return { rig, page };
}

/** A window without a toolbar, where a popup has no place. */
async function openSmallWindow(rig: DisplayRig, page: Page): Promise<Page> {
  const [target] = await Promise.all([
    rig.browser.waitForTarget(found => found.url().endsWith('/?small')),
    page.evaluate(() => void open('/?small', '', 'popup,width=700,height=500')),
  ]);
  const smallPage = await target.asPage();
  await smallPage.waitForSelector('#post-2');
  await smallPage.bringToFront();
  return smallPage;
}

function contextTypes(popup: Page): Promise<string[]> {
  return popup.evaluate(async () =>
    (await chrome.runtime.getContexts({ documentUrls: [location.href] })).map(
      ({ contextType }) => contextType,
    ),
  );
}

async function screenshot(page: Page): Promise<PNG> {
  return PNG.sync.read(Buffer.from(await page.screenshot()));
}
