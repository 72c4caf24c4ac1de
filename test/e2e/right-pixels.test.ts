import type { PNG } from 'pngjs';
import type { Page, WebWorker } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { Rect } from '../../src/core/image/geometry.ts';
import { extensionWorker } from '../../tools/chromium/extension.ts';
import { type Capturing, openCapturing } from '../support/capture-by-message.ts';
import { type Rig, type RigOptions, startRig } from '../support/rig.ts';
import { type Colour, css, pixel } from '../support/striped-pages.ts';

// A grid of cells with corners of their own colours. What is picked is a block of cells, so the picture must begin with
// one corner and end with the other, to the device pixel, whatever the screen's density, the zoom and the scrolling.

const cellPx = 48;
const columns = 40;
const rows = 40;
const cornerPx = 16;

const deviceScales = [1, 1.25, 1.5, 2, 3];
const zooms = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];

interface Block {
  column: number;
  row: number;
  columns: number;
  rows: number;
}

function cellColour(column: number, row: number): Colour {
  return [20 + column * 5, 20 + row * 5, ((column * 37 + row * 91) % 200) + 20];
}

const topLeft: Colour = [255, 0, 0];
const bottomRight: Colour = [0, 0, 255];

const grid = `<!doctype html><meta charset="utf-8"><title>Grid</title><style>
  body { margin: 0; }
  #grid { position: relative; width: ${columns * cellPx}px; height: ${rows * cellPx}px; }
  #grid i { position: absolute; width: ${cellPx}px; height: ${cellPx}px; }
  #grid i::before, #grid i::after { content: ''; position: absolute; width: ${cornerPx}px; height: ${cornerPx}px; }
  #grid i::before { left: 0; top: 0; background: ${css(topLeft)}; }
  #grid i::after { right: 0; bottom: 0; background: ${css(bottomRight)}; }
  #block { position: absolute; }
  </style><div id="grid">${Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    return `<i style="left:${column * cellPx}px;top:${row * cellPx}px;background:${css(cellColour(column, row))}"></i>`;
  }).join('')}<div id="block"></div></div>`;

test.each(deviceScales)(
  'at %s device px for a CSS px, at every zoom',
  async deviceScale => {
    const opened = await open({ launch: { deviceScale, scrollBars: true, windowSize: [900, 700] } });
    const wrong: string[] = [];
    for (const zoom of zooms) {
      await setZoom(opened, zoom);
      const scale = deviceScale * zoom;
      const seen = await opened.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      // Within the window; and larger than the window, so that it is put together.
      const within = block(1, 1, seen.width / cellPx - 2.5, seen.height / cellPx - 2.5, 4);
      const beyond = block(1, 2, (seen.width / cellPx) * 1.4, (seen.height / cellPx) * 1.4, 12);
      const picks = [
        ['area', within],
        ['element', within],
        [zooms.indexOf(zoom) % 2 ? 'area' : 'element', beyond],
      ] as const;
      for (const [kind, wanted] of picks) {
        await opened.page.evaluate(() => scrollTo(0, 0));
        const problem = problemOf(await take(opened, kind, wanted), wanted, scale);
        if (problem) wrong.push(`zoom ${zoom}, ${kind} ${JSON.stringify(wanted)}: ${problem}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  300_000,
);

test('in a page that reads from right to left', async () => {
  const opened = await open(
    { launch: { scrollBars: true } },
    grid.replace('<!doctype html>', '<!doctype html><html dir="rtl">'),
  );
  await opened.page.evaluate(() => scrollTo(-200, 0));
  for (const wanted of [
    { column: 20, row: 2, columns: 3, rows: 3 },
    { column: 2, row: 30, columns: 36, rows: 4 },
  ]) {
    expect(problemOf(await take(opened, 'element', wanted), wanted, 1)).toBeNull();
  }
});

test('of a pane that scrolls both ways, with a border and scroll bars', async () => {
  const opened = await open(
    { launch: { scrollBars: true, deviceScale: 1.5 } },
    `${grid.replace('#grid {', '#pane { overflow: auto; width: 501.3px; height: 402.7px; border: 5.5px solid; margin: 33.3px; } #grid {').replace('<div id="grid">', '<div id="pane"><div id="grid">')}</div>`,
  );
  for (const wanted of [
    { column: 1, row: 1, columns: 4, rows: 4 },
    { column: 3, row: 5, columns: 14, rows: 12 },
  ]) {
    for (const kind of ['area', 'element'] as const) {
      expect(problemOf(await take(opened, kind, wanted), wanted, 1.5)).toBeNull();
    }
  }
});

test('of an element that a fixed header covers in part', async () => {
  const opened = await open(
    {},
    grid.replace(
      '<div id="grid">',
      '<b style="position:fixed;inset:0 0 auto;height:100px;background:#000"></b><div id="grid">',
    ),
  );
  await opened.page.evaluate(() => scrollTo(0, 60));
  const wanted = { column: 2, row: 2, columns: 4, rows: 4 };
  expect(problemOf(await take(opened, 'element', wanted), wanted, 1)).toBeNull();
  expect(await opened.page.evaluate(() => scrollY)).toBe(60);
});

test('under pinch zoom, of what is in view', async () => {
  const opened = await open({});
  const session = await opened.page.createCDPSession();
  await session.send('Input.synthesizePinchGesture', { x: 400, y: 300, scaleFactor: 2 });
  const scale = await opened.page.evaluate(() => visualViewport?.scale ?? 1);
  expect(scale).toBeGreaterThan(1.5);
  const seen = await opened.page.evaluate(() => ({
    x: visualViewport?.offsetLeft ?? 0,
    y: visualViewport?.offsetTop ?? 0,
  }));
  const wanted = {
    column: Math.ceil(seen.x / cellPx) + 1,
    row: Math.ceil(seen.y / cellPx) + 1,
    columns: 5,
    rows: 4,
  };
  for (const kind of ['area', 'element'] as const) {
    expect(problemOf(await take(opened, kind, wanted), wanted, scale)).toBeNull();
  }
});

test('under pinch zoom, of more than is in view, from the first row to the last', async () => {
  const opened = await open({});
  const session = await opened.page.createCDPSession();
  await session.send('Input.synthesizePinchGesture', { x: 400, y: 300, scaleFactor: 2 });
  const pinch = () =>
    opened.page.evaluate(() => [visualViewport?.scale ?? 1, visualViewport?.offsetTop, scrollY]);
  const before = await pinch();
  const wanted = { column: 0, row: 0, columns: 15, rows };
  expect(problemOf(await take(opened, 'element', wanted), wanted, Number(before[0]))).toBeNull();
  expect(await pinch()).toEqual(before);
});

interface Opened extends Capturing {
  worker: WebWorker;
  tabId: number;
}

async function open(options: RigOptions, body = grid): Promise<Opened> {
  const rig: Rig = await startRig({ ...options, pages: { '/grid': { body } } });
  const capturing = await openCapturing(rig, `${rig.sampleSite.url}/grid`);
  const worker = await extensionWorker(rig.browser, rig.extension);
  const tabId = await worker.evaluate(
    async windowId => (await chrome.tabs.query({ active: true, windowId }))[0]?.id ?? 0,
    capturing.windowId,
  );
  return { ...capturing, worker, tabId };
}

async function setZoom({ worker, tabId, page }: Opened, zoom: number): Promise<void> {
  const before = await page.evaluate(() => devicePixelRatio);
  const now = await worker.evaluate(
    async (id, factor) => {
      const old = await chrome.tabs.getZoom(id);
      await chrome.tabs.setZoom(id, factor);
      return old;
    },
    tabId,
    zoom,
  );
  if (now !== zoom) await page.waitForFunction(ratio => devicePixelRatio !== ratio, {}, before);
}

/** A block of whole cells, at most `limit` of them each way. */
function block(column: number, row: number, width: number, height: number, limit: number): Block {
  const count = (cells: number) => Math.min(limit, Math.max(1, Math.floor(cells)));
  return { column, row, columns: count(width), rows: count(height) };
}

/** Picks a block as the picker does, and takes it. */
async function take(
  { page, worker, tabId, captureSubject }: Opened,
  kind: 'area' | 'element',
  wanted: Block,
): Promise<PNG | string> {
  await place(page, wanted);
  const [picture] = await captureSubject(() =>
    worker.evaluate(
      async (id, picked, rect) => {
        await chrome.scripting.executeScript({
          target: { tabId: id },
          args: [picked, rect] as const,
          func: (as: 'area' | 'element', area: Rect) => {
            const element = document.querySelector('#block');
            const scroller = document.querySelector('#pane') ?? document.documentElement;
            if (!element) return;
            globalThis.captureForAssembly ??= {};
            globalThis.captureForAssembly.subject =
              as === 'area' ? { kind: 'area', scroller, rect: area } : { kind: 'element', element };
          },
        });
      },
      tabId,
      kind,
      {
        x: wanted.column * cellPx,
        y: wanted.row * cellPx,
        width: wanted.columns * cellPx,
        height: wanted.rows * cellPx,
      },
    ),
  );
  return picture ?? 'no picture';
}

function place(page: Page, { column, row, columns: wide, rows: high }: Block): Promise<void> {
  return page.evaluate(
    (left, top, width, height) => {
      const element = document.querySelector<HTMLElement>('#block');
      if (element)
        Object.assign(element.style, {
          left: `${left}px`,
          top: `${top}px`,
          width: `${width}px`,
          height: `${height}px`,
        });
    },
    column * cellPx,
    row * cellPx,
    wide * cellPx,
    high * cellPx,
  );
}

/** What is wrong with a picture of these cells; null when it is right to the device pixel. */
function problemOf(picture: PNG | string, wanted: Block, scale: number): string | null {
  if (typeof picture === 'string') return picture;
  const width = wanted.columns * cellPx * scale;
  const height = wanted.rows * cellPx * scale;
  if (Math.abs(picture.width - width) > 1 || Math.abs(picture.height - height) > 1) {
    return `${picture.width} × ${picture.height} instead of ${width} × ${height}`;
  }
  for (let row = 0; row < wanted.rows; row++) {
    for (let column = 0; column < wanted.columns; column++) {
      const at = (share: number, index: number) => Math.floor((index + share) * cellPx * scale);
      const colour = pixel(picture, at(0.5, column), at(0.5, row));
      const right = cellColour(wanted.column + column, wanted.row + row);
      if (colour.join() !== right.join()) return `cell ${column}, ${row}: ${colour} instead of ${right}`;
    }
  }
  // The corner of the first cell begins at the first pixel or the next, and has its own size; the last one's likewise.
  const corner = cornerPx * scale;
  const first = runOf(picture, topLeft, 1);
  const last = runOf(picture, bottomRight, -1);
  for (const [name, { skipped, length }] of Object.entries({
    left: first.x,
    top: first.y,
    right: last.x,
    bottom: last.y,
  })) {
    if (skipped > 1 || Math.abs(length + skipped - corner) > 1.01) {
      return `${name}: the corner begins at ${skipped} and has ${length} px instead of ${corner}`;
    }
  }
  return null;
}

/** From a corner inwards along both edges: pixels before the first of this colour, and how many it then has. */
function runOf(picture: PNG, colour: Colour, step: 1 | -1) {
  const along = (length: number, at: (index: number) => Colour) => {
    const isColour = (index: number) => at(step === 1 ? index : length - 1 - index).join() === colour.join();
    let skipped = 0;
    while (skipped < 3 && !isColour(skipped)) skipped++;
    let end = skipped;
    while (end < length && isColour(end)) end++;
    return { skipped, length: end - skipped };
  };
  const inside = (length: number) => (step === 1 ? 3 : length - 4);
  return {
    x: along(picture.width, x => pixel(picture, x, inside(picture.height))),
    y: along(picture.height, y => pixel(picture, inside(picture.width), y)),
  };
}
