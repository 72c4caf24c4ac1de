import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { parsePageWords } from '../../src/contract/page-words.ts';
import type { Rect } from '../../src/core/image/geometry.ts';
import type { PageWords } from '../../src/core/redaction/page-words.ts';
import { allRules } from '../../src/core/redaction/redaction-rules.ts';
import { type SecretPlace, secretsInWords } from '../../src/core/redaction/secrets-in-picture.ts';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import { type Rig, startRig } from '../support/rig.ts';
import {
  lookAlikePage,
  lookAlikes,
  plantedCount,
  plantedOwnPatterns,
  secretPage,
} from '../support/secret-pages.ts';

const rules = { ...allRules, ownPatterns: plantedOwnPatterns };
/** Boxes are compared as they are; what is left over is rounding. */
const tolerancePx = 0.6;

test('sixty secrets of every kind are all boxed', async () => {
  const rig = await startRig({ pages: { '/secrets': secretPage } });
  const { page, read } = await openForReading(rig, '/secrets');
  await page.waitForFunction(() => window.__plantedBoxes().every(({ boxes }) => boxes.length > 0));
  // On a busy machine the time may be over before the page is.
  await expect.poll(async () => (await read()).isCut).toBe(false);
  const words = await read();
  const places = secretsInWords(words, rules);
  const planted = await page.evaluate(() => window.__plantedBoxes());
  expect(planted).toHaveLength(plantedCount);
  expect(plantedCount).toBe(60);
  const inSight = await page.evaluate(() => ({ x: 0, y: 0, width: innerWidth, height: innerHeight }));
  expect(planted.filter(({ boxes }) => !boxes.every(box => isInside(box, inSight)))).toEqual([]);
  const open = planted.filter(({ kind, boxes }) => !boxes.every(box => isCovered(box, kind, places)));
  expect(open.map(({ kind, value }) => `${kind} ${value}`)).toEqual([]);
  // And not by boxes as large as the page.
  const area = (rects: Rect[]) => rects.reduce((sum, { width, height }) => sum + width * height, 0);
  expect(area(places.map(({ rect }) => rect))).toBeLessThan(
    2.5 * area(planted.flatMap(({ boxes }) => boxes)),
  );
});

test('of sixty look-alikes three at most are boxed', async () => {
  const rig = await startRig({ pages: { '/look-alikes': lookAlikePage } });
  const { read } = await openForReading(rig, '/look-alikes');
  const words = await read();
  expect(lookAlikes).toHaveLength(60);
  expect(words.blocks.length).toBeGreaterThanOrEqual(60);
  const found = secretsInWords(words, rules);
  expect(found.length, JSON.stringify(found)).toBeLessThanOrEqual(3);
});

const email = 'jane@example.com';

describe('a page that makes it hard', () => {
  test.each<[string, string]>([
    [
      'a form that answers for its controls',
      `<form id="f"><input name="parentNode"><input name="firstChild"><input name="nextSibling"><input name="nodeType">
        <input name="getBoundingClientRect"><input name="getClientRects"><input name="localName"><input name="shadowRoot">
        <input name="children"><input name="hasAttribute"><input name="ownerDocument"><p id="words">${email}</p></form>`,
    ],
    [
      'changes without end',
      `<p id="words">${email}</p><ul></ul><script>
        const list = document.querySelector('ul');
        const change = () => {
          for (let count = 0; count < 500; count += 1) list.append(document.createElement('li'));
          if (list.childElementCount > 5000) list.replaceChildren();
          document.body.style.paddingTop = list.childElementCount % 2 + 'px';
          setTimeout(change);
        };
        change();
      </script>`,
    ],
    [
      'four hundred elements one in the other',
      `<p id="words">${email}</p>${'<div>'.repeat(400)}deep${'</div>'.repeat(400)}`,
    ],
    [
      'a frame in a frame in a frame, for ever',
      `<p id="words">${email}</p><iframe src="/hard"></iframe><iframe src="/hard"></iframe>`,
    ],
    [
      'globals that are not what they were',
      `<p id="words">${email}</p><script>
        Element.prototype.getBoundingClientRect = () => { throw new Error('no'); };
        Range.prototype.getClientRects = () => [];
        Array.prototype.push = Object.prototype.toString;
        globalThis.getComputedStyle = () => null;
        performance.now = () => 0;
      </script>`,
    ],
  ])('%s', async (_what, body) => {
    const rig = await startRig({ pages: { '/hard': { body: `<!doctype html><title>Hard</title>${body}` } } });
    const { read } = await openForReading(rig, '/hard');
    const start = performance.now();
    const places = secretsInWords(await read(), rules);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(places.map(({ kind }) => kind)).toContain('email');
  });

  test('a million nodes: what is in sight is read, in time', async () => {
    const body = `<!doctype html><title>Large</title><p id="words">${email}</p><main></main><script>
      const main = document.querySelector('main');
      for (let row = 0; row < 1000; row += 1) {
        const part = document.createElement('div');
        for (let item = 0; item < 500; item += 1) {
          const line = document.createElement('i');
          line.textContent = 'x';
          part.append(line);
        }
        main.append(part);
      }
      document.title = 'made';
    </script>`;
    const rig = await startRig({ pages: { '/large': { body } } });
    const { page, read } = await openForReading(rig, '/large');
    await page.waitForFunction(() => document.title === 'made', { timeout: 30_000 });
    // The first look lays the page out.
    await page.evaluate(() => document.body.getBoundingClientRect().height);
    const start = performance.now();
    const words = await read();
    const tookMs = performance.now() - start;
    expect(secretsInWords(words, rules).map(({ kind }) => kind)).toContain('email');
    expect(tookMs).toBeLessThan(3_000);
  });
});

test('words out of sight, hidden and covered by their frame have no boxes', async () => {
  const rig = await startRig({
    pages: {
      '/hidden': {
        body: `<!doctype html><title>Hidden</title><style>div { position: absolute; top: 0; } p { margin: 0; }</style>
          <p style="display: none">a1@example.com</p><p style="visibility: hidden">a2@example.com</p>
          <p style="opacity: 0">a3@example.com</p><div style="left: -500px">a4@example.com</div>
          <p style="width: 1px; height: 1px; overflow: hidden">a5@example.com</p>
          <p style="height: 20px; overflow: hidden">seen@example.com<br><br><br>a6@example.com</p>
          <details><summary>More</summary>a7@example.com</details><input type="hidden" value="a8@example.com">
          <textarea hidden>a9@example.com</textarea><script type="text/plain">b1@example.com</script>
          <select><option>None<option>b2@example.com</select><p title="b3@example.com">title</p>
          <p style="content-visibility: hidden">b4@example.com</p>
          <div style="top: 5000px">b5@example.com</div>`,
      },
    },
  });
  const { read } = await openForReading(rig, '/hidden');
  const words = await read();
  expect(words.blocks.filter(({ text }) => text.includes('@')).map(({ text }) => text.slice(0, 16))).toEqual([
    'seen@example.com',
  ]);
  expect(secretsInWords(words, rules)).toHaveLength(1);
});

/** Opens a page, clicks the toolbar button over it, and gives what reads its words as the worker does. */
async function openForReading(
  rig: Rig,
  path: string,
): Promise<{ page: Page; read: () => Promise<PageWords> }> {
  const page = await rig.openPage(`${rig.sampleSite.url}${path}`);
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  const tabId = await popup.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    return tab?.id ?? chrome.tabs.TAB_ID_NONE;
  });
  await popup.close();
  return { page, read: () => readWords(rig, tabId) };
}

async function readWords(rig: Rig, tabId: number): Promise<PageWords> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  const answer = await worker.evaluate(async tabId => {
    const target = { tabId };
    await chrome.scripting.executeScript({ target, files: ['src/content/read-words.js'] });
    const [answered] = await chrome.scripting.executeScript({
      target,
      func: () => globalThis.captureForAssembly?.readWords?.() ?? null,
    });
    return answered?.result ?? null;
  }, tabId);
  const words = parsePageWords(answer);
  if (words === null) throw new Error(`The words do not parse: ${JSON.stringify(answer).slice(0, 500)}`);
  return words;
}

function isCovered(box: Rect, kind: string, places: readonly SecretPlace[]): boolean {
  return places.some(place => place.kind === kind && isInside(box, place.rect));
}

function isInside(box: Rect, outer: Rect): boolean {
  return (
    box.x >= outer.x - tolerancePx &&
    box.y >= outer.y - tolerancePx &&
    box.x + box.width <= outer.x + outer.width + tolerancePx &&
    box.y + box.height <= outer.y + outer.height + tolerancePx
  );
}
