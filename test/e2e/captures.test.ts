import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { killWorker, popupPage } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { overlaySelector, takeBy } from '../support/picking.ts';
import { attachmentCount, fill, notesOf, press } from '../support/popup-actions.ts';
import { readDraft, readPictures } from '../support/read-draft.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { cellColour, colourGrid, gridColumns, gridRows } from '../support/test-pages.ts';

// From the popup to the page and back, by each way of taking a picture.

const pages: Record<string, ExtraPage> = {
  '/grid': colourGrid,
  '/tall': {
    body: `<!doctype html><title>Tall</title><style>body { margin: 0 } p { height: 500px; margin: 0 }</style>
      ${Array.from({ length: 20 }, (_, n) => `<p style="background: rgb(${n * 12} 80 ${255 - n * 12})">`).join('')}`,
  },
  '/menu': {
    body: `<!doctype html><title>Menu</title><body style="margin: 0; background: #102030">`,
  },
};

async function openOver(path: string): Promise<{ rig: Rig; page: Page; popup: Page }> {
  const rig = await startRig({ pages });
  const page = await rig.openPage(`${rig.sampleSite.url}${path}`);
  return { rig, page, popup: await rig.openPopup(page) };
}

/** Presses a button after which the popup goes, and comes back when `meanwhile` is done. */
async function leaveBy(rig: Rig, popup: Page, button: string, meanwhile: () => Promise<void>): Promise<Page> {
  const gone = new Promise<void>(resolve => popup.once('close', () => resolve()));
  // The popup closes under the press.
  await press(popup, button).catch(() => {});
  await gone;
  await meanwhile();
  const back = await popupPage(rig.browser, rig.extension);
  await back.waitForSelector(ariaSelector('button', 'Send ticket'));
  return back;
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 5 });
  await page.mouse.up();
}

function colourAt(picture: PNG | undefined, x: number, y: number): number[] {
  if (!picture) return [];
  const at = (Math.round(y) * picture.width + Math.round(x)) * 4;
  return [...picture.data.subarray(at, at + 3)];
}

test('a region is drawn on the page, and its picture is in the popup that comes back', async () => {
  const { rig, page, popup } = await openOver('/grid');
  await fill(popup, 'Title', 'typed before');
  const view = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const cell = { width: view.width / gridColumns, height: view.height / gridRows };
  const back = await leaveBy(rig, popup, 'Region', async () => {
    await page.waitForSelector(overlaySelector);
    await drag(page, [cell.width * 2, cell.height * 3], [cell.width * 5, cell.height * 5]);
    await takeBy(page, () => page.keyboard.press('Enter'));
  });
  await expect.poll(() => attachmentCount(back)).toBe(1);
  const draft = await readDraft(back);
  expect(draft.title).toBe('typed before');
  const [picture] = await readPictures(back);
  expect(Math.abs((picture?.width ?? 0) - cell.width * 3)).toBeLessThanOrEqual(1);
  expect(Math.abs((picture?.height ?? 0) - cell.height * 2)).toBeLessThanOrEqual(1);
  expect(colourAt(picture, cell.width / 2, cell.height / 2)).toEqual(cellColour(2, 3));
  expect(colourAt(picture, cell.width * 2.5, cell.height * 1.5)).toEqual(cellColour(4, 4));
});

test('a worker that has gone to sleep while the region is drawn takes it all the same', async () => {
  const { rig, page, popup } = await openOver('/grid');
  const back = await leaveBy(rig, popup, 'Region', async () => {
    await page.waitForSelector(overlaySelector);
    await drag(page, [100, 100], [300, 200]);
    await killWorker(rig.browser, rig.extension);
    await takeBy(page, () => page.keyboard.press('Enter'));
  });
  await expect.poll(() => attachmentCount(back)).toBe(1);
});

test('Escape leaves the page as it was, and the popup comes back with what was written', async () => {
  const { rig, page, popup } = await openOver('/grid');
  await fill(popup, 'Title', 'typed before');
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  const back = await leaveBy(rig, popup, 'Region', async () => {
    await page.waitForSelector(overlaySelector);
    await page.keyboard.press('Escape');
  });
  expect(await attachmentCount(back)).toBe(0);
  expect((await readDraft(back)).title).toBe('typed before');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
});

test('an element is picked by a click', async () => {
  const { rig, page, popup } = await openOver('/tall');
  const back = await leaveBy(rig, popup, 'Element', async () => {
    await page.waitForSelector(overlaySelector);
    await page.mouse.move(200, 100);
    await takeBy(page, () => page.mouse.click(200, 100));
  });
  await expect.poll(() => attachmentCount(back)).toBe(1);
  const [picture] = await readPictures(back);
  expect(picture?.height).toBe(500);
  expect(colourAt(picture, 10, 499)).toEqual([0, 80, 255]);
});

test('the full page is taken with the popup open, which says how far it is', async () => {
  const { page, popup } = await openOver('/tall');
  await page.evaluate(() => scrollTo(0, 700));
  await press(popup, 'Full page');
  await waitForStatus(popup, /part \d+ of \d+/);
  await waitForStatus(popup, 'Full page added.', 30_000);
  const pictures = await readPictures(popup);
  expect(pictures.reduce((sum, { height }) => sum + height, 0)).toBe(10_000);
  expect(colourAt(pictures[0], 5, 499)).toEqual([0, 80, 255]);
  expect(colourAt(pictures[0], 5, 500)).toEqual([12, 80, 243]);
  expect(await page.evaluate(() => scrollY)).toBe(700);
});

test('a full page that is cancelled adds nothing, and the page is where it was', async () => {
  const { page, popup } = await openOver('/tall');
  await page.evaluate(() => scrollTo(0, 700));
  await press(popup, 'Full page');
  await waitForStatus(popup, /part [1-9]\d* of \d+/);
  await press(popup, 'Cancel capture');
  await expect.poll(() => notesOf(popup)).toEqual(['The capture was cancelled. Nothing was added.']);
  expect(await attachmentCount(popup)).toBe(0);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
});

test('with a delay, what the page shows at its end is taken', async () => {
  const { rig, page, popup } = await openOver('/menu');
  const delay = await popup.waitForSelector(ariaSelector('combobox', 'Delay'));
  await delay?.select('3');
  const back = await leaveBy(rig, popup, 'Visible area', async () => {
    await page.evaluate(() => {
      document.body.style.background = '#a0b0c0';
    });
  });
  await expect.poll(() => attachmentCount(back)).toBe(1);
  const [picture] = await readPictures(back);
  expect(colourAt(picture, 50, 50)).toEqual([0xa0, 0xb0, 0xc0]);
});

test('on a page that takes no script, a region is refused in words, and the visible area is not', async () => {
  const rig = await startRig({ pages });
  const page = await rig.openPage('data:text/html,<h1>Data</h1>');
  const popup = await rig.openPopup(page);
  await press(popup, 'Region');
  await expect.poll(() => notesOf(popup)).toContainEqual(expect.stringContaining('cannot be read'));
  await byRole(popup, 'button', 'Visible area').click();
  await expect.poll(() => attachmentCount(popup)).toBe(1);
});
