import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, killWorker, openExtensionPage } from '../../tools/chromium/extension.ts';
import { ask, fileTicket } from '../support/file-by-message.ts';
import {
  addVisibleArea,
  badgeText,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  waitForText,
} from '../support/popup-actions.ts';
import { startRig } from '../support/rig.ts';

test('a damaged record is shown and can be discarded, and the tickets beside it are sent', async () => {
  const rig = await startRig();
  const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
  for (const words of ['First', 'Damaged', 'Third']) await fileTicket(activity, words);
  const { jobs } = await ask(activity, 'outbox.list', {});
  const damaged = jobs.find(({ title }) => title === 'Damaged');
  await changeRow(activity, 'jobs', damaged?.id ?? '', { job: { torn: true } });

  await connect(rig);
  const { record } = rig.assembly;
  await expect.poll(() => record.tickets.map(({ query }) => query).sort()).toEqual(['First', 'Third']);
  await expect.poll(() => badgeText(rig)).toBe('1');
  await activity.reload();
  await byRole(activity, 'heading', 'Could not be read').wait();
  await (await activity.waitForSelector('button[aria-label^="Discard"]'))?.click();
  await byRole(activity, 'button', 'Discard').click();
  await expect.poll(() => badgeText(rig)).toBe('');
});

test('a picture whose bytes are no longer what was stored is not sent', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await fill(popup, 'Description', 'With a picture');
  await addVisibleArea(popup);
  await sendAndWait(popup, 'Kept, not sent.');
  // The picture as it was captured, and what is sent of it.
  for (const id of await keysOf(popup, 'blobs')) await changeRow(popup, 'blobs', id, { blob: 'other bytes' });
  await fill(popup, 'API key', demoApiKey);
  await press(popup, 'Save key');
  await waitForStatus(popup, 'A picture or file is no longer what was stored.');
  expect(rig.assembly.record.requests).toEqual([]);
  expect(await fieldText(popup, 'Description')).toBe('With a picture');

  await press(popup, 'Remove attachment 1');
  await sendAndWait(popup, 'ASM-111 created.');
  expect(rig.assembly.record.tickets).toMatchObject([{ query: 'With a picture', images: [] }]);
});

test('what a newer version has stored is left alone, and said', async () => {
  const rig = await startRig();
  await connect(rig);
  const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
  await killWorker(rig.browser, rig.extension);
  const before = await upgradeTo(activity, 99);
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await waitForText(popup, 'written by a newer version');
  expect(await versionOf(popup)).toBe(99);
  expect(await keysOf(popup, 'meta')).toEqual(before);
});

/** Runs in a page: the database as it is, whatever its version. */
async function changeRow(page: Page, store: string, id: string, changes: Record<string, unknown>) {
  await page.evaluate(
    async (store, id, changes) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await settled(indexedDB.open('capture'));
      const rows = database.transaction(store, 'readwrite').objectStore(store);
      const row = await settled(rows.get(id));
      const { blob, ...others } = changes;
      await settled(rows.put({ ...row, ...others, ...(blob ? { blob: new Blob([String(blob)]) } : {}) }));
      database.close();
    },
    store,
    id,
    changes,
  );
}

function keysOf(page: Page, store: string): Promise<string[]> {
  return page.evaluate(async store => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('capture'));
    const keys = await settled(database.transaction(store).objectStore(store).getAllKeys());
    database.close();
    return keys.map(String);
  }, store);
}

/** Raises the version as a newer extension does; answers what stood in `meta`. */
async function upgradeTo(page: Page, version: number): Promise<string[]> {
  const before = await keysOf(page, 'meta');
  await page.evaluate(async version => {
    const request = indexedDB.open('capture', version);
    await new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    request.result.close();
  }, version);
  return before;
}

async function versionOf(page: Page): Promise<number | undefined> {
  return page.evaluate(
    async () => (await indexedDB.databases()).find(({ name }) => name === 'capture')?.version,
  );
}
