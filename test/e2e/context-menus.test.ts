import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { chooseFromMenu } from '../../tools/chromium/display.ts';
import { popupPage, saveKey } from '../../tools/chromium/extension.ts';
import { startSampleSite } from '../../tools/sample-site/start-sample-site.ts';
import { samplePng } from '../integration/assembly/sample-images.ts';
import { attachmentNames } from '../support/attaching.ts';
import { fieldText, notesOf, sendAndWait } from '../support/popup-actions.ts';
import { differentShare, readDraft, readPictures } from '../support/read-draft.ts';
import { type DisplayRig, type RigOptions, startDisplayRig } from '../support/rig.ts';

// From the end: Inspect, then the extension's entries. Several are a menu of their own; a single one is not.
const firstOfMenu = ['Up', 'Up', 'Right', 'Return'];
const secondOfMenu = ['Up', 'Up', 'Right', 'Down', 'Return'];
const singleEntry = ['Up', 'Up', 'Return'];
// With nothing selected, "View page source" stands between them.
const firstOfPageMenu = ['Up', 'Up', 'Up', 'Right', 'Return'];

const complaint = /^> Since Monday's update our nightly CSV export stops at row 5,000\./;
const notFound =
  'The image is not on the page any more, or cannot be told from others there. Capture that part of the page instead.';

test('New ticket from selection opens the popup on New ticket, with the quote', async context => {
  const { rig, page } = await startOn(context);
  await page.click('#complaint', { count: 3 });
  const popup = await choose(rig, page, '#complaint', firstOfMenu);
  expect(await selectedTab(popup)).toBe('New ticket');
  await expect.poll(() => fieldText(popup, 'Description')).toMatch(complaint);

  // Another entry of the menu: the draft becomes a reply and keeps what it holds.
  await popup.close();
  await page.click('#post-1 li', { count: 3 });
  const again = await choose(rig, page, '#post-1 li', secondOfMenu);
  expect(await selectedTab(again)).toBe('Reply');
  await expect.poll(() => fieldText(again, 'Message')).toMatch(complaint);
  expect(await fieldText(again, 'Message')).toContain('\n> - The job says **Finished**, with no warning.\n');
});

test('Add image to ticket sends the very address of a public image, or its pixels when they are asked for', async context => {
  const address = 'https://images.example.com/dialog/export%20failed.png?size=large';
  const { rig, page } = await startOn(context, {
    pages: {
      '/picture': { body: `<img id="picture" src="${address}" width="300" height="200" alt="A dialog">` },
    },
  });
  await servePicture(page, address);
  await page.goto(`${rig.sampleSite.url}/picture`);
  const expected = await pictureOf(page, '#picture');
  const popup = await choose(rig, page, '#picture', singleEntry);
  await expect.poll(() => attachmentNames(popup)).toEqual([address]);
  await byRole(popup, 'button', 'Use its pixels').click();
  await expect.poll(() => attachmentNames(popup)).toEqual(['Picture from the page']);
  await waitForStatus(popup, 'The picture was taken from the page.');
  const [taken] = await readPictures(popup);
  expect(taken && differentShare(taken, expected)).toBe(0);
  await byRole(popup, 'button', 'Use its address').click();
  await expect.poll(() => attachmentNames(popup)).toEqual([address]);

  await saveKey(popup, demoApiKey);
  await sendAndWait(popup, /ASM-\d+ created/);
  expect(rig.assembly.record.tickets[0]).toMatchObject({ imageUrls: [address], images: [] });
});

test('Add image to ticket takes the pixels of an image that has no public address', async context => {
  const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==';
  const { rig, page } = await startOn(context, {
    pages: {
      '/pictures': {
        body: `<style>body { margin: 0; background: teal } img { display: block; margin: 20px }</style>
          <img src="${pixel}" width="90" height="90" style="position: absolute; top: -500px">
          <img src="${pixel}" width="90" height="90" style="visibility: hidden">
          <img id="data" src="${pixel}" width="200" height="120">
          <img id="http" src="/export-failed.png" width="300">`,
      },
    },
  });
  await page.goto(`${rig.sampleSite.url}/pictures`);
  for (const [index, selector] of ['#data', '#http'].entries()) {
    const expected = await pictureOf(page, selector);
    const popup = await choose(rig, page, selector, singleEntry);
    await expect.poll(() => attachmentNames(popup)).toHaveLength(index + 1);
    const taken = (await readPictures(popup))[index];
    expect(taken && differentShare(taken, expected)).toBe(0);
    expect((await readDraft(popup)).attachments[index]).toMatchObject({ kind: 'image', publicUrl: null });
    await popup.close();
  }
});

test('Add image to ticket says that an image in a frame of another site cannot be found', async context => {
  const otherSite = await startSampleSite({
    '/frame': { body: '<body style="margin: 0"><img src="/export-failed.png" width="600" height="400">' },
  });
  onTestFinished(() => otherSite.close());
  const { rig, page } = await startOn(context, {
    pages: {
      '/framing': { body: `<iframe src="${otherSite.url}/frame" width="600" height="400">` },
    },
  });
  await page.goto(`${rig.sampleSite.url}/framing`);
  await page.waitForFrame(`${otherSite.url}/frame`);
  const popup = await choose(rig, page, 'iframe', firstOfMenu);
  await expect.poll(() => notesOf(popup)).toEqual([notFound]);
  expect((await readDraft(popup)).attachments).toEqual([]);
});

test('Capture visible area takes the page without the menu and without the popup', async context => {
  const { rig, page } = await startOn(context);
  const expected = PNG.sync.read(Buffer.from(await page.screenshot()));
  const popup = await choose(rig, page, '#post-1 h2', firstOfPageMenu);
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 1'));
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector(ariaSelector('button', 'Remove attachment 2'));
  const shots = await readPictures(popup);
  expect(shots.map(shot => differentShare(shot, expected))).toEqual([0, 0]);
});

test('a selection in a frame of another site is quoted', async context => {
  const otherSite = await startSampleSite({
    '/frame': { body: '<p id="words" style="font-size:40px">Words inside the <b>other</b> site</p>' },
  });
  onTestFinished(() => otherSite.close());
  const { rig, page } = await startOn(context, {
    pages: {
      '/framing': {
        body: `<title>Framing</title><iframe src="${otherSite.url}/frame" width="600" height="120">`,
      },
    },
  });
  await page.goto(`${rig.sampleSite.url}/framing`);
  const frame = await page.waitForFrame(`${otherSite.url}/frame`);
  await frame.click('#words', { count: 3 });
  const popup = await choose(rig, page, 'iframe', firstOfMenu);
  await expect
    .poll(() => fieldText(popup, 'Description'))
    .toBe(`> Words inside the other site\n\n— [Framing](${rig.sampleSite.url}/framing)\n`);
});

async function startOn(
  context: TestContext,
  options: RigOptions = {},
): Promise<{ rig: DisplayRig; page: Page }> {
  const rig = await startDisplayRig(context, options);
  return { rig, page: await rig.openPage() };
}

async function choose(rig: DisplayRig, page: Page, selector: string, keys: readonly string[]): Promise<Page> {
  await page.bringToFront();
  await chooseFromMenu(rig.display, page, selector, keys);
  return popupPage(rig.browser, rig.extension);
}

function selectedTab(popup: Page): Promise<string> {
  return popup
    .locator('[role="tab"][aria-selected="true"]')
    .map(tab => tab.textContent)
    .wait();
}

/** Answers the page's request for a picture that is nowhere. */
async function servePicture(page: Page, address: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', request => {
    if (request.url() !== address) return void request.continue();
    void request.respond({ contentType: 'image/png', body: samplePng(30, 20) });
  });
}

/** An element of the page as it is shown. */
async function pictureOf(page: Page, selector: string): Promise<PNG> {
  const element = await page.waitForSelector(selector);
  return PNG.sync.read(Buffer.from((await element?.screenshot()) ?? []));
}
