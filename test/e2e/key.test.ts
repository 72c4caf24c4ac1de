import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, waitForStatus } from '../../tools/chromium/by-role.ts';
import {
  activityPath,
  extensionWorker,
  killWorker,
  openExtensionPage,
  saveKey,
  settingsPath,
} from '../../tools/chromium/extension.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  waitForField,
  waitForText,
} from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';

const wrongKey = 'fake-wrong-key-0000-not-a-secret';
const keyIsAsked = ariaSelector('textbox', 'API key');
const refusal = 'Paused: key refused (401: Invalid API Key).';

describe('the popup', () => {
  test('asks for the key on the first run, and keeps what is captured meanwhile', async () => {
    const rig = await startRig();
    const page = await rig.openPage();
    await page.click('#complaint', { count: 3 });
    const popup = await rig.openPopup(page);
    await popup.waitForSelector(keyIsAsked);
    await waitForField(popup, 'Description', /^> Since Monday's update/);
    await addVisibleArea(popup);
    const quoted = await fieldText(popup, 'Description');
    await saveKey(popup, demoApiKey);
    expect(await popup.$(keyIsAsked)).toBeNull();
    expect(await fieldText(popup, 'Description')).toBe(quoted);
    expect(rig.assembly.record.requests).toEqual([]);
    await sendAndWait(popup, 'ASM-111 created.');
    expect(rig.assembly.record.tickets[0]).toMatchObject({ images: [{ format: 'png' }] });
  });

  test('keeps what is sent before there is a key, and sends it once there is one', async () => {
    const rig = await startRig();
    const page = await rig.openPage();
    let popup = await rig.openPopup(page);
    await fill(popup, 'Description', 'Written before the key');
    await addVisibleArea(popup);
    const withoutKey = 'Kept, not sent. There is no API key yet. Enter one and it is sent.';
    expect(await sendAndWait(popup, 'Kept')).toBe(withoutKey);
    await closePopup(popup);
    popup = await rig.openPopup(page);
    await waitForStatus(popup, withoutKey);
    expect(await fieldText(popup, 'Description')).toBe('Written before the key');
    expect(await attachmentCount(popup)).toBe(1);
    expect(rig.assembly.record.requests).toEqual([]);

    await fill(popup, 'API key', demoApiKey);
    await press(popup, 'Save key');
    await waitForStatus(popup, 'ASM-111 created.');
    expect(rig.assembly.record.requests).toHaveLength(1);
    expect(rig.assembly.record.tickets).toMatchObject([{ query: 'Written before the key', images: [{}] }]);
  });

  test('tells that the key is refused, asks nothing more with it, and sends once with another', async () => {
    const rig = await startRig();
    await connect(rig, { key: wrongKey });
    const { record } = rig.assembly;
    const page = await rig.openPage();
    let popup = await rig.openPopup(page);
    await fill(popup, 'Description', 'Sent with a wrong key');
    const said = await sendAndWait(popup, refusal);
    expect(said).toContain('Manage Integrations → Manage API Keys');
    expect(said).not.toContain(wrongKey);
    expect(await fieldText(popup, 'Description')).toBe('Sent with a wrong key');
    expect(record.requests).toHaveLength(1);

    await press(popup, 'Start over');
    await waitForField(popup, 'Description', '');
    await fill(popup, 'Description', 'Sent while the key is refused');
    await sendAndWait(popup, refusal);
    await closePopup(popup);
    await killWorker(rig.browser, rig.extension);
    popup = await rig.openPopup(page);
    await waitForStatus(popup, refusal);
    expect(await fieldText(popup, 'Description')).toBe('Sent while the key is refused');
    expect(record.requests).toHaveLength(1);

    await fill(popup, 'API key', demoApiKey);
    await press(popup, 'Save key');
    await waitForStatus(popup, /ASM-\d+ created/);
    await expect
      .poll(() => record.tickets.map(({ query }) => query))
      .toEqual(['Sent with a wrong key', 'Sent while the key is refused']);
    expect(record.requests.map(({ headers: { authorization } }) => authorization)).toEqual([
      wrongKey,
      demoApiKey,
      demoApiKey,
    ]);
  });
});

describe('the settings', () => {
  test('take the key out of what is pasted, and test it', async () => {
    const rig = await startRig();
    const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
    const pastes = [
      `Bearer ${demoApiKey}`,
      `"${demoApiKey}"`,
      `\n${demoApiKey}\n`,
      `Authorization: Bearer '${demoApiKey}' \r\n`,
    ];
    for (const [index, pasted] of pastes.entries()) {
      await paste(settings, 'API key', pasted);
      await press(settings, 'Save key');
      await waitForStatus(settings, 'Key saved.');
      expect(await fieldText(settings, 'API key')).toBe('');
      await press(settings, 'Test key');
      await waitForStatus(settings, 'The key works.');
      const asked = rig.assembly.record.requestsTo('list-users')[index];
      expect(asked).toMatchObject({ method: 'GET', path: '/list-users' });
      expect(asked?.headers).toMatchObject({ authorization: demoApiKey });
    }
    expect(rig.assembly.record.requests).toHaveLength(pastes.length);
  });

  test('say that Assembly refuses a key, and remove it', async () => {
    const rig = await startRig();
    const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
    await waitForText(settings, 'No key is stored.');
    await saveKey(settings, wrongKey);
    await waitForText(settings, 'A key ending in cret is stored.');
    await press(settings, 'Test key');
    await waitForStatus(settings, 'Assembly refused the API key (401: Invalid API Key).');
    expect(await wordsOf(settings)).not.toContain(wrongKey);

    await press(settings, 'Remove key');
    await waitForStatus(settings, 'Key removed.');
    await waitForText(settings, 'No key is stored.');
    await settings.close();
    const popup = await rig.openPopup(await rig.openPage());
    await popup.waitForSelector(keyIsAsked);
  });
});

test('the key is in storage.local and in the Authorization header, and nowhere else', async () => {
  const canary = 'fake-canary-7f3a9c-not-a-secret';
  const rig = await startRig({ assembly: { apiKeys: [canary] } });
  const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
  await activity.evaluate(overhear);
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  const page = await rig.openPage();
  await page.click('#complaint', { count: 3 });
  let popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', /^> Since Monday's update/);
  await addVisibleArea(popup);
  await saveKey(popup, canary);
  await sendAndWait(popup, 'ASM-111 created.');
  await closePopup(popup);
  await settings.bringToFront();
  await press(settings, 'Test key');
  await waitForStatus(settings, 'The key works.');
  popup = await rig.openPopup(page);
  await waitForField(popup, 'Description', /^> Since Monday's update/);

  // Each of these holds what it should, so that a search in it means something.
  const heard = await activity.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'heard')));
  expect(heard).toContain('draft.send');
  expect(heard).toContain('"about":"outbox"');
  expect(heard).not.toContain(canary);
  for (const surface of [activity, settings, popup, page]) {
    const words = await wordsOf(surface);
    expect(words.length).toBeGreaterThan(500);
    expect(words).not.toContain(canary);
  }
  const stores = await storesOf(rig);
  expect(stores.databases).toContain("Since Monday's update");
  expect(stores.databases).not.toContain(canary);
  expect(stores.sync).not.toContain(canary);
  expect(stores.session).not.toContain(canary);
  expect(stores.local.split(canary)).toHaveLength(2);
  const { requests } = rig.assembly.record;
  expect(requests.map(({ endpoint }) => endpoint)).toEqual(['ticket', 'list-users']);
  for (const { headers, ...rest } of requests) {
    const { authorization, ...others } = headers;
    expect(authorization).toBe(canary);
    expect(JSON.stringify([others, rest])).not.toContain(canary);
  }
});

/** Puts a text into a field by way of the clipboard, as the browser pastes it: typing cannot give a line end. */
async function paste(page: Page, name: string, text: string): Promise<void> {
  await page.bringToFront();
  await page.evaluate(words => navigator.clipboard.writeText(words), text);
  await (await page.waitForSelector(ariaSelector('textbox', name)))?.focus();
  await page.keyboard.press('KeyV', { commands: ['paste'] });
}

/** Runs in a page of the extension: keeps every message and every broadcast that another context sends. */
function overhear(): void {
  const heard: unknown[] = [];
  Reflect.set(globalThis, 'heard', heard);
  new BroadcastChannel('capture-changes').onmessage = ({ data }) => heard.push(data);
  chrome.runtime.onMessage.addListener(message => void heard.push(message));
}

/** The document of a page as text, with what its fields hold. */
function wordsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')];
    const own = [localStorage, sessionStorage].map(storage => JSON.stringify(storage));
    return [document.documentElement.outerHTML, ...fields.map(({ value }) => value), ...own].join('\n');
  });
}

/** All that the extension stores, each store as text. */
async function storesOf(rig: Rig) {
  const worker = await extensionWorker(rig.browser, rig.extension);
  return worker.evaluate(async () => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = await result(database.transaction(store).objectStore(store).getAll());
        texts.push(JSON.stringify(rows));
        for (const { blob } of rows) if (blob instanceof Blob) texts.push(await blob.text());
      }
      database.close();
    }
    const { local, sync, session } = chrome.storage;
    const areas = await Promise.all([local, sync, session].map(area => area.get(null)));
    const [localText = '', syncText = '', sessionText = ''] = areas.map(area => JSON.stringify(area));
    return { databases: texts.join('\n'), local: localText, sync: syncText, session: sessionText };
  });
}
