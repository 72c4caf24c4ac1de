import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { messages } from '../../src/contract/messages.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { distPath } from '../../tools/build.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { extensionUrl, extensionWorker, popupPath, saveKey } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { ask } from '../support/file-by-message.ts';
import {
  bombard,
  loadable,
  readStorage,
  sendAll,
  stealNonces,
  stolenNonce,
  storedState,
  traces,
} from '../support/hostile-scripts.ts';
import { type Rig, startRig } from '../support/rig.ts';

// Any value that survives a message, often with the shape or a part of the shape of a true one.
const envelopeArbitrary = fc.oneof(
  fc.record({ name: fc.constantFrom(...Object.keys(messages)), input: fc.jsonValue() }),
  fc.record({ name: fc.string(), input: fc.jsonValue() }),
  fc.record(
    {
      name: fc.constantFrom('draft.send', 'key.remove', 'data.eraseEverything', 'selection.deliver'),
      input: fc.constant({}),
      sender: fc.constant({ origin: 'chrome-extension://forged', frameId: 0 }),
    },
    { requiredKeys: ['name'] },
  ),
  fc.jsonValue(),
);

const badMessage = { ok: false, failure: { kind: 'bad-message' } };

describe('a page', () => {
  test('that was never clicked cannot tell that the extension is installed', async () => {
    const rig = await startRig({
      pages: { '/plain': { body: '<!doctype html><title>Plain</title><p>Plain' } },
    });
    const page = await rig.browser.newPage();
    const session = await page.createCDPSession();
    const worlds: string[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.origin));
    await session.send('Runtime.enable');
    const isOurs = (origin: string) => origin.startsWith('chrome-extension:');

    for (let visit = 1; visit <= 10; visit += 1) {
      await page.goto(visit % 2 ? `${rig.sampleSite.url}/plain?${visit}` : rig.sampleSite.threadUrl);
      expect(await page.evaluate(traces)).toEqual({ globals: [], dom: false, runtime: false });
    }
    expect(worlds.filter(isOurs)).toEqual([]);
    expect(rig.assembly.record.requests).toEqual([]);
    const worker = await extensionWorker(rig.browser, rig.extension);
    expect(await worker.evaluate(storedState)).toMatchObject({ drafts: [], jobs: [], blobs: [] });

    // After the click the extension has been there, and still the page sees nothing of it.
    await rig.openPopup(page).then(popup => popup.waitForSelector(ariaSelector('textbox', 'Description')));
    await expect.poll(() => worlds.filter(isOurs)).not.toEqual([]);
    expect(await page.evaluate(traces)).toEqual({ globals: [], dom: false, runtime: false });
  });

  test('gets none of the packaged files, and no window or frame of ours', async () => {
    const rig = await startRig();
    const page = await rig.openPage();
    const files = readdirSync(distPath, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(distPath.length + 1));
    expect(files).toContain(popupPath);
    const urls = files.map(path => extensionUrl(rig.extension, path));
    const ownPicture = `${rig.sampleSite.url}/export-failed.png`;
    expect(await page.evaluate(loadable, [...urls, ownPicture])).toEqual([ownPicture]);

    const popupUrl = extensionUrl(rig.extension, popupPath);
    const isPopup = () => rig.browser.targets().some(target => target.url().startsWith(popupUrl));
    const framed = await page.evaluate(async url => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      await new Promise(resolve => frame.addEventListener('load', resolve));
      open(url);
      return frame.contentDocument === null;
    }, popupUrl);
    // The frame holds the browser's own page about a blocked address.
    expect(framed).toBe(true);
    expect(page.frames().map(frame => frame.url())).not.toContain(popupUrl);
    expect(isPopup()).toBe(false);
  });

  test('has no effect by anything that it posts or dispatches', async () => {
    const rig = await startRig();
    const page = await rig.openPage();
    const popup = await rig.openPopup(page);
    await saveKeyAndRest(popup);
    const worker = await extensionWorker(rig.browser, rig.extension);
    const before = await worker.evaluate(storedState);
    expect(before).toMatchObject({ drafts: [expect.anything()], local: { apiKey: expect.anything() } });
    const heard = popup.evaluate(
      () =>
        new Promise<unknown[]>(resolve => {
          const all: unknown[] = [];
          new BroadcastChannel('capture-changes').onmessage = ({ data }) => {
            all.push(data);
            if (data === 'the last') resolve(all);
          };
        }),
    );
    await page.evaluate(bombard, rig.extension.id, Object.keys(messages));
    await worker.evaluate(() => new BroadcastChannel('capture-changes').postMessage('the last'));
    expect(await heard).toEqual(['the last']);
    expect(await worker.evaluate(storedState)).toEqual(before);
    expect(rig.assembly.record.requests).toEqual([]);
  });
});

describe('a content script of a hostile renderer', () => {
  test('can neither read the storage nor call anything', async () => {
    const { rig, tabId } = await startInIsolatedWorld();
    const worker = await extensionWorker(rig.browser, rig.extension);
    const before = await worker.evaluate(storedState);

    expect(await inTab(rig, tabId, readStorage)).toEqual([]);
    const names = [...Object.keys(messages), '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
    const inputs = [
      {},
      { windowId: 1 },
      { jobId: 'x', draftId: 'x' },
      { nonce: '0'.repeat(32), selection: null },
    ];
    const envelopes = names.flatMap(name => inputs.map(input => ({ name, input })));
    expect(await inTab(rig, tabId, sendAll, envelopes)).toEqual([badMessage]);

    const fuzzed = fc.sample(envelopeArbitrary, { numRuns: 1_000, seed: 20_240_610 });
    expect(await inTab(rig, tabId, sendAll, fuzzed)).toEqual([badMessage]);
    expect(await worker.evaluate(storedState)).toEqual(before);
    expect(rig.assembly.record.requests).toEqual([]);
  });

  test('answers a question of the worker once, from the page that was asked', async () => {
    const { rig, page, tabId } = await startInIsolatedWorld();
    const otherPage = await rig.openPage(`${rig.sampleSite.url}/?other`);
    const otherPopup = await rig.openPopup(otherPage);
    const otherTabId = await activeTabId(otherPopup);
    await otherPopup.close();

    // The script in this page takes the nonce of the next question, and the true answer is never given.
    await inTab(rig, tabId, stealNonces);
    const popup = await openPopup(rig, page);
    await expect.poll(() => inTab(rig, tabId, stolenNonce)).toMatch(/^[0-9a-f]{32}$/);
    const nonce = await inTab(rig, tabId, stolenNonce);
    const selection = {
      text: 'forged',
      tree: null,
      textFragment: null,
      cut: null,
    };
    const envelope = { name: 'selection.deliver', input: { nonce, selection } };
    expect(await inTab(rig, otherTabId, sendAll, [envelope])).toEqual([badMessage]);
    expect(await inTab(rig, tabId, sendAll, [envelope])).toEqual([{ ok: true, value: null }]);
    expect(await inTab(rig, tabId, sendAll, [envelope])).toEqual([badMessage]);
    // The page that was asked may say of its own selection what it likes, and only that.
    await expect.poll(() => popup.$eval('textarea', ({ value }) => value)).toMatch(/^> forged\n/);
  });
});

test('names of a prototype are no messages, not even from a page of ours', async () => {
  const rig = await startRig();
  const popup = await rig.openPopup(await rig.openPage());
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
  expect(
    await popup.evaluate(
      sendAll,
      names.map(name => ({ name, input: {} })),
    ),
  ).toEqual([badMessage]);
});

const hostilePages: Readonly<Record<string, ExtraPage>> = {
  '/clobbered': {
    body: `<title>Clobbered</title><form name="body"></form><form id="documentElement"></form>
      <img name="createElement"><img name="getSelection"><img name="activeElement"><img name="querySelectorAll">
      <p id="words">The <b>right</b> words</p>`,
  },
  '/trusted-types': {
    body: '<title>Trusted</title><p id="words">The <b>right</b> words</p>',
    headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
  },
  '/patched': {
    body: `<title>Patched</title><script>
      Object.prototype.nonce = 'polluted'; Object.prototype.text = 'polluted'; Object.prototype.toJSON = () => 'polluted';
      Array.prototype.push = Array.prototype.map = Array.prototype[Symbol.iterator] = () => { throw new Error('patched'); };
      window.getSelection = document.getSelection = Document.prototype.getSelection = () => ({ toString: () => 'forged' });
      Selection.prototype.getComposedRanges = Selection.prototype.getRangeAt = () => { throw new Error('patched'); };
      Element.prototype.attachShadow = window.getComputedStyle = () => { throw new Error('patched'); };
      JSON.stringify = () => 'forged'; window.chrome = { runtime: { sendMessage: () => 'forged' } };
    </script><p id="words">The <b>right</b> words</p>`,
  },
};

test('the selection of a page that fights it is the right one', async () => {
  const rig = await startRig({ pages: hostilePages });
  for (const path of Object.keys(hostilePages)) {
    const page = await rig.openPage(rig.sampleSite.url + path);
    await page.click('#words', { count: 3 });
    const popup = await rig.openPopup(page);
    await expect
      .poll(() => popup.$eval('textarea', ({ value }) => value))
      .toContain(`> The **right** words\n\n— [${await page.title()}](${rig.sampleSite.url}${path}`);
    await popup.close();
  }
});

async function startInIsolatedWorld(): Promise<{ rig: Rig; page: Page; tabId: number }> {
  const rig = await startRig();
  const page = await rig.openPage();
  const popup = await openPopup(rig, page);
  await saveKeyAndRest(popup);
  const tabId = await activeTabId(popup);
  await popup.close();
  return { rig, page, tabId };
}

/** Resolves when the outbox, which a key wakes, has nothing more to store. */
async function saveKeyAndRest(popup: Page): Promise<void> {
  await saveKey(popup, demoApiKey);
  await ask(popup, 'outbox.run', {});
}

async function openPopup(rig: Rig, page: Page): Promise<Page> {
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  return popup;
}

function activeTabId(popup: Page): Promise<number> {
  return popup.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    return tab?.id ?? chrome.tabs.TAB_ID_NONE;
  });
}

/** Runs a function as a content script of ours, as a renderer does that has been taken over. */
async function inTab<Args extends unknown[], Answer>(
  rig: Rig,
  tabId: number,
  func: (...args: Args) => Answer | Promise<Answer>,
  ...args: Args
): Promise<Answer> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  // As text: the browser drops what is null from the arguments of an injected function.
  const call = `json => (${func})(...JSON.parse(json))`;
  const answer: unknown = await worker.evaluate(
    `chrome.scripting.executeScript({ target: { tabId: ${tabId} }, func: ${call}, args: [${JSON.stringify(JSON.stringify(args))}] })
      .then(([injected]) => injected.result)`,
  );
  return answer as Answer;
}
