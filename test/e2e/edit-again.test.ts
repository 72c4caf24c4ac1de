import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { stateNames } from '../support/file-by-message.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
} from '../support/popup-actions.ts';
import { startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

const longMs = 15_000;

/** Removes what is in a store of the extension's database. */
function emptyStore(page: Page, store: 'drafts' | 'blobs'): Promise<void> {
  return page.evaluate(async name => {
    const request = indexedDB.open('capture');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction(name, 'readwrite');
    transaction.objectStore(name).clear();
    await new Promise(resolve => {
      transaction.oncomplete = resolve;
    });
    database.close();
  }, store);
}

test.each([
  ['is made again with its picture, and goes under its id', [], /part of them now\.$/, 1],
  [
    'says that its picture is gone too',
    ['blobs'],
    /One of its pictures or files is gone: add it again\.$/,
    0,
  ],
] as const)('a ticket whose draft is gone %s', async (_, lost, said, pictures) => {
  const rig = await startRig();
  const popup = await rig.openPopup(await rig.openPage());
  await fill(popup, 'Title', 'Its draft is gone');
  await fill(popup, 'Description', 'What was seen');
  await fill(popup, 'Customer email', 'ada@example.com');
  await addVisibleArea(popup);
  await sendAndWait(popup, /key/);
  await closePopup(popup);

  const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
  await expect.poll(() => stateNames(activity), { timeout: longMs }).toEqual(['paused']);
  for (const store of ['drafts', ...lost] as const) await emptyStore(activity, store);
  await press(activity, 'Edit: Its draft is gone');
  const words = await waitForStatus(activity, /made again from what would have been sent\./);
  expect(words).toMatch(said);

  await connect(rig);
  const again = await rig.openPopup(await rig.openPage());
  expect(await fieldText(again, 'Title')).toBe('Its draft is gone');
  expect(await fieldText(again, 'Description')).toMatch(/^What was seen/);
  expect(await fieldText(again, 'Customer email')).toBe('ada@example.com');
  expect(await attachmentCount(again)).toBe(pictures);
  await fill(again, 'Title', 'Edited again');
  await sendAndWait(again, /ASM-\d+ created/);
  const [ticket, ...more] = rig.assembly.record.requestsTo('ticket');
  expect(more).toEqual([]);
  expect(textsOf(ticket, 'title')).toEqual(['Edited again']);
  expect(textsOf(ticket, 'files_base64')).toHaveLength(pictures);
  expect(textsOf(ticket, 'source_specific_id')[0]).toMatch(/^cap_[0-9a-f]{32}$/);
});
