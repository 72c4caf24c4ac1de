import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
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
  const words = await read();
  expect(words.isCut).toBe(false);
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
