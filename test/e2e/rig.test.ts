import { describe, expect, test } from 'vitest';
import { chooseFromMenu } from '../../tools/chromium/display.ts';
import {
  extensionWorker,
  killWorker,
  openExtensionPage,
  popupPage,
  settingsPath,
} from '../../tools/chromium/extension.ts';
import { startDisplayRig, startRig } from '../support/rig.ts';

test('a click on the toolbar button opens the popup of the shipped build', async () => {
  const rig = await startRig();
  const popup = await rig.openPopup(await rig.openPage());
  expect(await popup.title()).toBe('Capture for Assembly');
});

test('the settings open in a tab', async () => {
  const rig = await startRig();
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  expect(await settings.title()).toContain('Capture for Assembly');
});

test('the API of the vendor is the local Assembly, by its own certificate', async () => {
  const rig = await startRig();
  const worker = await extensionWorker(rig.browser, rig.extension);
  const status = await worker.evaluate(
    async () => (await fetch('https://api.wavelength.cx/list-users')).status,
  );
  expect(status).toBe(401);
  expect(rig.assembly.record.requestsTo('list-users')).toHaveLength(1);
});

test('no other host can be reached, whatever this machine knows of it', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  const network = await page.createCDPSession();
  await network.send('Network.enable');
  const errors: string[] = [];
  network.on('Network.loadingFailed', ({ errorText }) => errors.push(errorText));
  // Chromium knows localhost by itself, with and without a network, and the sample site answers there: it is the rig that hides it.
  const localhost = rig.sampleSite.url.replace('127.0.0.1', 'localhost');
  for (const address of [localhost, 'https://example.com/']) {
    await page.evaluate(async url => void (await fetch(url, { mode: 'no-cors' }).catch(() => {})), address);
  }
  await expect.poll(() => errors).toEqual(['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_NAME_NOT_RESOLVED']);
});

test('what is stored outlives a killed worker and a restarted browser', async () => {
  const rig = await startRig();
  const worker = await extensionWorker(rig.browser, rig.extension);
  await worker.evaluate(() => chrome.storage.local.set({ 'rig-test': 'kept' }));
  await killWorker(rig.browser, rig.extension);
  const id = rig.extension.id;
  await rig.restart();
  expect(rig.extension.id).toBe(id);
  const nextWorker = await extensionWorker(rig.browser, rig.extension);
  expect(await nextWorker.evaluate(() => chrome.storage.local.get('rig-test'))).toEqual({
    'rig-test': 'kept',
  });
});

describe('a test fails on', () => {
  test('a violation of the policy in a page of the extension', async () => {
    const rig = await startRig();
    const popup = await rig.openPopup(await rig.openPage());
    await popup.evaluate(() => fetch('https://example.com/').catch(() => undefined));
    await expect.poll(() => rig.problems).toContainEqual(expect.stringContaining('Content Security Policy'));
    rig.expectProblem(/example\.com/);
  });

  test('an error in a popup and one in the worker', async () => {
    const rig = await startRig();
    const worker = await extensionWorker(rig.browser, rig.extension);
    const popup = await rig.openPopup(await rig.openPage());
    for (const context of [worker, popup]) {
      await context.evaluate(() => {
        setTimeout(() => Promise.reject(new Error('thrown by the test')));
      });
    }
    await expect.poll(() => rig.problems).toHaveLength(2);
    rig.expectProblem(/thrown by the test/);
  });
});

test('a key of the keyboard reaches the browser itself', async context => {
  const rig = await startDisplayRig(context);
  const page = await rig.openPage();
  await page.bringToFront();
  await rig.display.press('alt+shift+e');
  const popup = await popupPage(rig.browser, rig.extension);
  expect(await popup.title()).toBe('Capture for Assembly');
});

test('a right click and the arrow keys choose an entry of the extension', async context => {
  const rig = await startDisplayRig(context);
  const page = await rig.openPage();
  await page.click('#complaint', { count: 3 });
  // From the end: Inspect, then the extension's own menu; its first entry is taken.
  await chooseFromMenu(rig.display, page, '#complaint', ['Up', 'Up', 'Right', 'Return']);
  const popup = await popupPage(rig.browser, rig.extension);
  expect(await popup.title()).toBe('Capture for Assembly');
});
