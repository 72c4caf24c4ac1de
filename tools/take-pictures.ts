import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { demoApiKey } from './assembly/settings.ts';
import { buildIfNeeded } from './build.ts';
import { byRole, waitForStatus } from './chromium/by-role.ts';
import { activityPath, openExtensionPage, openPopup, saveKey, settingsPath } from './chromium/extension.ts';
import { type Demo, openDemo } from './demo/open-demo.ts';
import { projectRoot } from './run-command.ts';
import { ensureChromium } from './setup.ts';
import { runTool } from './trouble.ts';

const editorPath = 'src/editor/editor.html';
const picturesPath = join(projectRoot, 'docs', 'pictures');
const pageSize = { width: 900, height: 1100, deviceScaleFactor: 1 };

// Makes the pictures of the README from the shipped build: `npm run pictures`.
await runTool(async () => {
  const { executablePath } = await ensureChromium();
  await buildIfNeeded();
  await mkdir(picturesPath, { recursive: true });
  const demo = await openDemo(executablePath, true);
  try {
    await takeAll(demo);
  } finally {
    await demo.close();
  }
  console.log(`The pictures are in ${picturesPath}.`);
  return 0;
});

async function takeAll({ assembly, sampleSite, browser, extension }: Demo): Promise<void> {
  const page = await browser.newPage();
  await page.goto(sampleSite.threadUrl);

  let popup = await popupOver(page);
  await take(popup, 'popup-empty');
  await popup.close();

  await page.click('#complaint', { count: 3 });
  popup = await popupOver(page);
  await popup.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('>'));
  await byRole(popup, 'button', 'Visible area').click();
  await popup.waitForSelector('.attachments img');
  await byRole(popup, 'textbox', 'Customer email').fill('dana@example.com');
  await byRole(popup, 'textbox', 'Customer name').fill('Dana Whitfield');
  // The quote and its picture; what was filled in last has the focus, further down.
  await popup.$eval('main', main => main.scrollTo(0, 96));
  await take(popup, 'popup-filled');

  const address = await popup.evaluate(markPicture);
  await popup.close();
  const editor = await openExtensionPage(browser, extension, `${editorPath}#${address}`);
  await editor.setViewport({ width: 1200, height: 800, deviceScaleFactor: 1 });
  await editor.waitForSelector('.stage image');
  await take(editor, 'editor');
  await editor.close();

  popup = await popupOver(page);
  await popup.waitForSelector('.attachments img');
  assembly.faults.next({ match: 'ticket', kind: 'delay', beforeCommitMs: 4_000 });
  await byRole(popup, 'button', 'Send ticket').click();
  await waitForStatus(popup, /Sending/);
  await take(popup, 'popup-sending');
  await waitForStatus(popup, /ASM-/);
  await take(popup, 'popup-sent');
  await popup.close();
  popup = await popupOver(page);
  await take(popup, 'popup-filed-before');
  await byRole(popup, 'tab', 'Reply').click();
  await byRole(popup, 'combobox', 'Ticket').click();
  await popup.waitForSelector('[role=option]');
  await take(popup, 'popup-reply');
  await byRole(popup, 'tab', 'New ticket').click();
  await popup.close();

  const settings = await openExtensionPage(browser, extension, settingsPath);
  await settings.setViewport(pageSize);
  await saveKey(settings, 'fake-key-that-is-refused');
  popup = await popupOver(page);
  await byRole(popup, 'textbox', 'Description').fill('The export stops at row 5,000.');
  await byRole(popup, 'button', 'Send ticket').click();
  await waitForStatus(popup, /refused/);
  await take(popup, 'popup-failed');

  const activity = await openExtensionPage(browser, extension, activityPath);
  await activity.setViewport({ ...pageSize, height: 500 });
  await activity.waitForSelector('li');
  await take(activity, 'activity');
  await settings.bringToFront();
  await saveKey(settings, demoApiKey);
  await take(settings, 'settings');

  await byRole(settings, 'button', 'Remove key').click();
  await waitForStatus(settings, /removed/i);
  popup = await popupOver(page);
  await popup.waitForSelector('input[type=password]');
  await take(popup, 'popup-first-run');

  async function popupOver(over: Page): Promise<Page> {
    const opened = await openPopup(over, extension);
    await byRole(opened, 'textbox', 'Title').wait();
    return opened;
  }
}

/** Runs in a page of the extension: draws on the first picture of the draft. Answers the editor's address of it. */
async function markPicture(): Promise<string> {
  const { value: view } = await chrome.runtime.sendMessage({ name: 'draft.read', input: { windowId: null } });
  const { id: draftId, attachments } = view.draft;
  const [{ id: attachmentId, marks: found }] = attachments;
  const red = { colour: 'red', widthPx: 4 };
  const marks = [
    ...found,
    { id: 'a', tool: 'arrow', from: { x: 1030, y: 334 }, to: { x: 915, y: 276 }, style: red },
    {
      id: 'b',
      tool: 'text',
      at: { x: 1038, y: 322 },
      widthPx: 220,
      letterPx: 22,
      text: 'It stops at row 5,000',
      style: red,
    },
    {
      id: 'c',
      tool: 'step',
      at: { x: 1050, y: 470 },
      text: 'Export the ledger',
      style: { ...red, colour: 'blue' },
    },
    {
      id: 'd',
      tool: 'step',
      at: { x: 1050, y: 520 },
      text: 'Count its rows',
      style: { ...red, colour: 'blue' },
    },
  ];
  const input = { draftId, attachmentId, marks: { marks, crop: null } };
  await chrome.runtime.sendMessage({ name: 'attachment.mark', input });
  return `${draftId}/${attachmentId}`;
}

async function take(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.screenshot({
      path: join(picturesPath, `${name}-${scheme}.png`) as `${string}.png`,
    });
  }
}
