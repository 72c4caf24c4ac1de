import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, killWorker, openExtensionPage, popupPage } from '../../tools/chromium/extension.ts';
import { ask } from '../support/file-by-message.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  typeAtEnd,
  waitForField,
} from '../support/popup-actions.ts';
import { coveredAs, differentShare, readDraft, readPictures } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

const quoteOfComplaint = /^> Since Monday's update our nightly CSV export stops at row 5,000\./;

test('what was typed is there again after the popup is closed right behind the last key', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  let popup = await rig.openPopup(page);
  await typeAtEnd(popup, 'Description', 'closed by a press beside it');
  await closePopup(popup);
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', 'closed by a press beside it');

  await typeAtEnd(popup, 'Description', ', then by the toolbar button');
  popup = await reopenByToolbar(rig, page, popup);
  await waitForField(popup, 'Description', 'closed by a press beside it, then by the toolbar button');

  await typeAtEnd(popup, 'Title', 'Closed by another tab');
  await rig.openPage();
  await expect.poll(() => popup.isClosed()).toBe(true);
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Title', 'Closed by another tab');
});

test('what was typed while an earlier word was still being stored is there again, though the popup is closed at once', async () => {
  const rig = await startRig();
  const storing = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const page = await rig.openPage();
  let popup = await rig.openPopup(page);
  await typeAtEnd(popup, 'Description', 'stored');
  await expect.poll(async () => (await readDraft(storing)).body).toBe('stored');
  await storing.evaluate(holdDatabase);
  await typeAtEnd(popup, 'Description', ' and typed behind');
  await typeAtEnd(popup, 'Title', 'Another field');
  await closePopup(popup);
  await storing.evaluate(() => globalThis.releaseDatabase?.());
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', 'stored and typed behind');
  await waitForField(popup, 'Title', 'Another field');
});

test('messages arrive in the order in which they are sent, also at a worker that has to start for them', async () => {
  const rig = await startRig();
  const page = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const { draft } = await ask(page, 'draft.read', { windowId: null });
  await killWorker(rig.browser, rig.extension);
  const titles = Array.from({ length: 200 }, (_, number) => String(number));
  const answers = await page.evaluate(
    (draftId, wanted) =>
      Promise.all(
        wanted.map(title =>
          chrome.runtime.sendMessage({
            name: 'draft.edit',
            input: { draftId, edits: { title }, baseBody: '' },
          }),
        ),
      ),
    draft.id,
    titles,
  );
  const stored = answers.map(({ value }) => value).toSorted((a, b) => a.revision - b.revision);
  expect(stored.map(({ title }) => title)).toEqual(titles);
});

test('what was typed is there again after the worker was killed, open or not', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  let popup = await rig.openPopup(page);
  await typeAtEnd(popup, 'Description', 'before');
  await killWorker(rig.browser, rig.extension);
  await typeAtEnd(popup, 'Description', ' and after');
  await closePopup(popup);
  await killWorker(rig.browser, rig.extension);
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', 'before and after');
});

test('words, a quote, a shot and every field are there again after the browser was started anew', async () => {
  const rig = await startRig();
  let page = await rig.openPage();
  await page.click('#complaint', { count: 3 });
  let popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', quoteOfComplaint);
  await addVisibleArea(popup);
  const fields = {
    Title: 'Export stops',
    'Customer email': 'dana@example.com',
    'Customer name': 'Dana Whitfield',
  };
  for (const [name, text] of Object.entries(fields)) await fill(popup, name, text);
  await fill(popup, 'Category', 'Question', 'combobox');
  await typeAtEnd(popup, 'Description', 'typed last');
  const description = await fieldText(popup, 'Description');
  const [shot] = await readPictures(popup);
  await closePopup(popup);
  await rig.restart();

  page = await rig.openPage();
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', description);
  for (const [name, text] of Object.entries(fields)) expect(await fieldText(popup, name)).toBe(text);
  expect(await fieldText(popup, 'Category', 'combobox')).toBe('Question');
  expect(await attachmentCount(popup)).toBe(1);
  expectPictures(await readPictures(popup), [shot]);

  await popup.close();
  await connect(rig);
  popup = await rig.openPopup(page);
  const { attachments } = await readDraft(popup);
  await sendAndWait(popup, 'ASM-111 created.');
  expect(textsOf(rig.assembly.record.requestsTo('ticket')[0], 'query')).toEqual([description.trim()]);
  const sent = rig.assembly.record.tickets[0]?.images.map(({ bytes }) => PNG.sync.read(bytes));
  expectPictures(sent, [shot && coveredAs(attachments, shot)]);
});

test('Start over empties the draft, and it stays empty', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  let popup = await rig.openPopup(page);
  await fill(popup, 'Title', 'Not wanted');
  await fill(popup, 'Description', 'Not wanted either');
  await addVisibleArea(popup);
  await press(popup, 'Start over');
  await waitForStatus(popup, 'A new draft.');
  for (let time = 1; time <= 2; time++) {
    await waitForField(popup, 'Description', '');
    expect(await fieldText(popup, 'Title')).toBe('');
    expect(await attachmentCount(popup)).toBe(0);
    await closePopup(popup);
    popup = await rig.openPopup(page);
  }
});

test('two windows work on the same draft', async () => {
  const rig = await startRig();
  const first = await rig.openPage();
  const second = await rig.browser.newPage({ type: 'window' });
  await second.goto(rig.sampleSite.threadUrl);
  await second.click('#complaint', { count: 3 });
  expect(await second.windowId()).not.toBe(await first.windowId());

  let popup = await rig.openPopup(first);
  await typeAtEnd(popup, 'Description', 'typed in the first window');
  await closePopup(popup);
  popup = await rig.openPopup(second);
  await waitForField(popup, 'Description', /^typed in the first window\n\n> Since Monday/);
  await addVisibleArea(popup);
  await closePopup(popup);
  popup = await rig.openPopup(first);
  await waitForField(popup, 'Description', /^typed in the first window\n\n> Since Monday/);
  expect(await attachmentCount(popup)).toBe(1);
});

test('what arrives while somebody types takes no letter away', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await typeAtEnd(popup, 'Description', 'start ');
  await page.evaluate(() =>
    getSelection()?.selectAllChildren(document.querySelector('#complaint') ?? document),
  );
  const words = 'the quick brown fox jumps over the lazy dog and then some more';
  await Promise.all([
    typeAtEnd(popup, 'Description', words),
    // By script: a press with the mouse would take the focus away from the field.
    (async () => {
      await waitForField(popup, 'Description', /the/);
      await clickByScript(popup, 'Add selection');
      await waitForField(popup, 'Description', /> Since/);
      await clickByScript(popup, 'Visible area');
    })(),
  ]);
  await expect.poll(() => attachmentCount(popup)).toBe(1);
  const text = await fieldText(popup, 'Description');
  // The quote goes below, also when it arrives in the middle of a word.
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`start ${words} > Since`);
  expect(text).toMatch(/^> Since Monday's update .* went out wrong\.$/m);
  await closePopup(popup);
  const again = await rig.openPopup(page);
  await waitForField(again, 'Description', text);
});

declare global {
  var releaseDatabase: (() => void) | undefined;
}

/** In a page of the extension: whoever writes waits until `releaseDatabase` is called, as on a disk that is slow. */
function holdDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('capture');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const drafts = opening.result.transaction('drafts', 'readwrite').objectStore('drafts');
      let isReleased = false;
      globalThis.releaseDatabase = () => {
        isReleased = true;
      };
      // A transaction without a request ends by itself.
      const hold = () => {
        resolve();
        if (isReleased) opening.result.close();
        else drafts.count().onsuccess = hold;
      };
      drafts.count().onsuccess = hold;
    };
  });
}

function expectPictures(pictures: readonly PNG[] = [], expected: readonly (PNG | undefined)[]): void {
  expect(pictures).toHaveLength(expected.length);
  for (const [index, picture] of pictures.entries()) {
    const wanted = expected[index];
    expect(wanted && differentShare(picture, wanted)).toBe(0);
  }
}

/** Closes the popup by the toolbar button and resolves to the next one. */
async function reopenByToolbar(rig: Rig, page: Page, popup: Page): Promise<Page> {
  await page.triggerExtensionAction(rig.extension);
  await expect.poll(() => popup.isClosed()).toBe(true);
  // The interface for tests opens the popup again after the press that has closed it.
  return popupPage(rig.browser, rig.extension);
}

async function clickByScript(popup: Page, name: string): Promise<void> {
  await popup.$$eval(
    'button',
    (buttons, wanted) => buttons.find(({ textContent }) => textContent === wanted)?.click(),
    name,
  );
}

test('a look at an empty draft over the page that it names stores nothing', async () => {
  const rig = await startRig();
  const popup = await rig.openPopup(await rig.openPage());
  const windowId = await popup.evaluate(async () => (await chrome.windows.getCurrent()).id ?? 0);
  const { draft } = await ask(popup, 'draft.read', { windowId });
  expect(draft.page.page_url).toMatch(/^http/);
  expect((await ask(popup, 'draft.read', { windowId })).draft.revision).toBe(draft.revision);
});
