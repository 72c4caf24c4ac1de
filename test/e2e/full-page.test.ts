import type { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { pageHeightLimitPx } from '../../src/core/image/tiling.ts';
import { extensionWorker, killWorker, popupPage } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { type Capturing, openCapturing } from '../support/capture-by-message.ts';
import { ask } from '../support/file-by-message.ts';
import { type PageState, readPageState } from '../support/page-state.ts';
import { overlaySelector } from '../support/picking.ts';
import { notesOf } from '../support/popup-actions.ts';
import { readDraft, readPictures } from '../support/read-draft.ts';
import { type RigOptions, startRig } from '../support/rig.ts';
import { type Colour, css, stripeColour, stripePx, stripes, wrongPixels } from '../support/striped-pages.ts';

// The pictures are compared pixel by pixel with what the page says that it draws: stripes, each of another colour.

const black: Colour = [1, 2, 3];
const white: Colour = [255, 255, 255];
const red: Colour = [250, 5, 5];
const green: Colour = [5, 250, 5];

test('a plain page of 15,000 px is one picture, exact in every pixel, at the browser’s pace', async () => {
  const { page, capture } = await open(stripes(1_500));
  const { width, height } = await windowSize(page);
  const { failure, pictures, tookMs } = await capture('capture.fullPage');
  expect(failure).toBeNull();
  expect(sizes(pictures)).toEqual([[width, 15_000]]);
  expectPixels(pictures, (_x, y) => stripeAt(y));
  // Fitting and storing the picture is in it, and this machine may have other work.
  const slices = Math.ceil(15_000 / height);
  expect(tookMs).toBeLessThan(1.5 * (slices - 1) * 500 + 3_000);
}, 90_000);

test('what is fixed or sticky is in the picture once, where it belongs', async () => {
  const { page, capture } = await open(
    `<div id="top"></div><div id="late"></div><div id="bottom"></div>
    ${stripes(100)}<div id="sticky"></div>${stripes(200, 100)}
    <div style="transform: translateX(0)"><div class="held"></div>${stripes(20, 300)}</div>
    <script>addEventListener('scroll', () => { late.hidden = scrollY < 100; }); late.hidden = true;</script>`,
    `#top, #late, #bottom { position: fixed; left: 0; right: 0; height: 50px; background: ${css(black)}; }
    #top { top: 0; } #late { top: 50px; background: ${css(red)}; } #bottom { bottom: 0; z-index: 1; opacity: 1 !important; }
    #sticky { position: sticky; top: 50px; height: 40px; background: ${css(green)}; }
    .held { position: fixed; top: 30px; left: 0; right: 0; height: 20px; background: ${css(red)}; }`,
  );
  await page.evaluate(() => scrollTo(0, 700));
  await page.waitForSelector('#late:not([hidden])');
  const before = await readPageState(page);
  const { pictures } = await capture('capture.fullPage');
  expect(sizes(pictures)).toEqual([[(await windowSize(page)).width, 3_240]]);
  expectPixels(pictures, (_x, y) => {
    if (y < 50 || y >= 3_190) return black;
    if (y < 1_000) return stripeAt(y);
    if (y < 1_040) return green;
    // Fixed in something that moves, it moves along.
    if (y >= 3_070 && y < 3_090) return red;
    return stripeAt(y - 40);
  });
  await expectAsBefore(page, before);
});

test('where a pane scrolls and not the document, the picture is the content of the pane', async () => {
  const { page, capture } = await open(
    `<header>Mail</header><nav>${stripes(300)}</nav><main id="main">${stripes(400)}</main><b id="over"></b>`,
    `body { height: 100vh; overflow: hidden; display: grid; grid: 60px 1fr / 200px 1fr; }
    header { grid-column: 1 / 3; } nav, main { overflow-y: auto; min-height: 0; }
    main { border: 3px solid; scroll-behavior: smooth; }
    #over { position: absolute; right: 20px; bottom: 20px; width: 50px; height: 50px; background: ${css(red)}; }`,
  );
  await page.evaluate(() => document.querySelector('main')?.scrollTo({ top: 500, behavior: 'instant' }));
  const before = await readPageState(page);
  const { pictures } = await capture('capture.fullPage');
  const width = (await windowSize(page)).width - 200 - 6;
  expect(sizes(pictures)).toEqual([[width, 4_000]]);
  expectPixels(pictures, (x, y) => {
    // The button that lies over the pane is there once, at the end.
    const isButton = x >= width + 3 - 70 && x < width + 3 - 20 && y >= 4_003 - 70 && y < 4_003 - 20;
    return isButton ? red : stripeAt(y);
  });
  await expectAsBefore(page, before);
});

test('a pane in an open shadow root is found', async () => {
  const { page, capture } = await open(
    `<mail-app></mail-app><script>
      const root = document.querySelector('mail-app').attachShadow({ mode: 'open' });
      const pane = document.createElement('div');
      pane.style.cssText = 'position: fixed; inset: 0; overflow: auto';
      pane.setHTMLUnsafe(${JSON.stringify(stripes(250))});
      root.append(pane);
    </script>`,
  );
  const { pictures } = await capture('capture.fullPage');
  expect(sizes(pictures)).toEqual([[(await windowSize(page)).width, 2_500]]);
  expectPixels(pictures, (_x, y) => stripeAt(y));
});

test('pictures that load when they come near are in the picture, however they move what is below', async () => {
  const count = 30;
  const images = Array.from({ length: count }, (_, index) => `/image-${index}`);
  const pages = Object.fromEntries(
    images.map((path, index): [string, ExtraPage] => [
      path,
      {
        body: `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="${css(stripeColour(index))}"/></svg>`,
        contentType: 'image/svg+xml',
      },
    ]),
  );
  const { capture } = await open(
    images
      .map((path, index) =>
        index % 2 ? `<img loading="lazy" src="${path}">` : `<img class="late" data-src="${path}">`,
      )
      .join(''),
    'img { display: block; min-height: 20px; }',
    {
      pages,
      script: `const observer = new IntersectionObserver(entries => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) target.src = target.dataset.src;
      });
      document.querySelectorAll('.late').forEach(image => observer.observe(image));`,
    },
  );
  const { pictures } = await capture('capture.fullPage');
  expect(sizes(pictures).map(([, height]) => height)).toEqual([count * 200]);
  expectPixels(pictures, (x, y) => (x < 400 ? stripeColour(Math.floor(y / 200)) : white));
});

test('smooth scrolling, snapping and animation do not shift or blur anything', async () => {
  const { page, capture } = await open(
    `<i id="spinner"></i>${Array.from({ length: 5 }, (_, index) => `<section>${stripes(70, index * 70)}</section>`).join('')}`,
    `html { scroll-behavior: smooth; scroll-snap-type: y mandatory; }
    section { scroll-snap-align: start; animation: appear 2s both; transition: opacity 3s; }
    @keyframes appear { from { opacity: 0; } }
    #spinner { position: absolute; top: 2000px; left: 0; width: 100px; height: 100px; background: ${css(red)};
      animation: move 3s linear infinite; }
    @keyframes move { to { translate: 900px; } }`,
  );
  const before = await readPageState(page);
  const { pictures } = await capture('capture.fullPage');
  expect(sizes(pictures).map(([, height]) => height)).toEqual([3_500]);
  const isSpinner = (y: number) => y >= 2_000 && y < 2_100;
  expectPixels(pictures, (_x, y) => (isSpinner(y) ? null : stripeAt(y)));
  const after = await readPageState(page);
  // An animation that was under way is over; the endless one goes on.
  expect(after.animations).toContain('running 1');
  expect({ ...after, animations: [] }).toEqual({ ...before, animations: [] });
});

test('a page that grows for ever is cut at the stated height, into several pictures', async () => {
  const { page, capture } = await open(`<main>${stripes(200)}</main>`, '', {
    script: `const colours = ${JSON.stringify(Array.from({ length: 4_000 }, (_, index) => css(stripeColour(index))))};
      let count = 200;
      addEventListener('scroll', () => {
        if (scrollY + 2 * innerHeight < document.documentElement.scrollHeight) return;
        for (let end = Math.min(count + 200, 4_000); count < end; count++) {
          const stripe = document.createElement('div');
          stripe.style.cssText = 'height: ${stripePx}px; background: ' + colours[count];
          document.querySelector('main').append(stripe);
        }
      });`,
  });
  const { pictures } = await capture('capture.fullPage');
  expect(pictures.length).toBeGreaterThan(1);
  expect(pictures.reduce((sum, { height }) => sum + height, 0)).toBe(pageHeightLimitPx);
  expectPixels(pictures, (_x, y) => stripeAt(y));
  expect(await page.evaluate(() => scrollY)).toBe(0);
}, 120_000);

test('a page that is wider than the window keeps its place and its width', async () => {
  const { page, capture } = await open(
    `<div style="width: 3000px; position: relative">${stripes(200)}<b id="mark"></b></div>`,
    `#mark { position: absolute; left: 900px; top: 1500px; width: 100px; height: 100px; background: ${css(red)}; }`,
  );
  await page.evaluate(() => scrollTo(700, 300));
  const { pictures } = await capture('capture.fullPage');
  expect(sizes(pictures)).toEqual([[(await windowSize(page)).width, 2_000]]);
  const isMark = (x: number, y: number) => x >= 200 && x < 300 && y >= 1_500 && y < 1_600;
  expectPixels(pictures, (x, y) => (isMark(x, y) ? red : stripeAt(y)));
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([700, 300]);
});

test.each([1.25, 1.5, 2])('at %s device px for a CSS px no row is missing or doubled', async deviceScale => {
  const { page, capture } = await open(
    `<div style="height: 7.3px; background: ${css(black)}"></div>${stripes(300)}`,
    '',
    { launch: { deviceScale, scrollBars: true } },
  );
  const { pictures } = await capture('capture.fullPage');
  // What the browser itself draws in one piece is what the pieces must be.
  const whole = await page.evaluate(() => document.documentElement.getBoundingClientRect().height);
  const [picture] = pictures;
  expect(picture?.height).toBe(Math.round(whole * deviceScale));
  expectPixels(pictures, (_x, y) => {
    const at = (y + 0.5) / deviceScale - 7.3;
    // Edges fall on whole px, this one or the next; where they are, is the browser's business.
    const edge = Math.abs(at / stripePx - Math.round(at / stripePx)) * stripePx * deviceScale;
    return at < 0.5 || edge < 1 ? null : stripeAt(at);
  });
  const heights = runLengths(picture);
  const even = stripePx * deviceScale;
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(Math.floor(even));
  expect(Math.max(...heights)).toBeLessThanOrEqual(Math.ceil(even));
});

test('a slice that the browser refuses is taken again, and only that', async () => {
  const { rig, windowId, capture } = await open(stripes(300));
  // In the worker: a page that a person has just used is not limited.
  const worker = await extensionWorker(rig.browser, rig.extension);
  const captured = capture('capture.fullPage');
  const refused = await worker.evaluate(async id => {
    const calls: Promise<boolean>[] = [];
    for (let call = 0; call < 12; call++) {
      await new Promise(resolve => setTimeout(resolve, 150));
      // Not waited for: calls that take long would be few enough to be allowed.
      calls.push(
        chrome.tabs.captureVisibleTab(id, { format: 'png' }).then(
          () => false,
          () => true,
        ),
      );
    }
    return (await Promise.all(calls)).filter(isRefused => isRefused).length;
  }, windowId);
  expect(refused).toBeGreaterThan(0);
  const { failure, pictures } = await captured;
  expect(failure).toBeNull();
  expectPixels(pictures, (_x, y) => stripeAt(y));
});

test('after it all, focus, selection, sheets, styles and every scroll position are as they were', async () => {
  const { page, capture } = await openRestorable();
  const before = await readPageState(page);
  expect((await capture('capture.fullPage')).failure).toBeNull();
  await expectAsBefore(page, before);
});

test('cancelled half way, the page is as it was and nothing is added', async () => {
  const { page, asker, capture } = await openRestorable();
  const before = await readPageState(page);
  const captured = capture('capture.fullPage');
  await untilHalfWay(asker);
  await ask(asker, 'capture.cancel', {});
  expect(await captured).toMatchObject({ failure: 'capture-cancelled', pictures: [] });
  await expectAsBefore(page, before);
});

test('cancelled while the page is scrolled through before the first slice, the page is as it was', async () => {
  const { page, asker, capture } = await openRestorable();
  const before = await readPageState(page);
  const captured = capture('capture.fullPage');
  await page.waitForFunction(() => scrollY > 333, { polling: 'raf' });
  await ask(asker, 'capture.cancel', {});
  expect(await captured).toMatchObject({ failure: 'capture-cancelled', pictures: [] });
  await expectAsBefore(page, before);
});

test('a pick that was asked for with a delay does not come into a capture that was begun meanwhile', async () => {
  const { rig, page, asker, windowId } = await openRestorable();
  const { id: draftId } = await readDraft(asker);
  // The capture takes longer on any machine: it has seven slices, at the browser's pace.
  await ask(asker, 'capture.pick', { windowId, draftId, kind: 'region', delaySeconds: 2 });
  let isOver = false;
  const captured = ask(asker, 'capture.fullPage', { windowId, draftId, delaySeconds: 0 }).finally(() => {
    isOver = true;
  });
  let hasOverlay = false;
  while (!isOver && !hasOverlay) {
    hasOverlay = (await page.$(overlaySelector)) !== null;
    await delay(50);
  }
  expect(hasOverlay).toBe(false);
  expect(await captured).toMatchObject({ failure: null });
  expect(await readPictures(asker)).toHaveLength(1);
  // The pick was refused in words.
  const popup = await popupPage(rig.browser, rig.extension);
  await expect
    .poll(() => notesOf(popup))
    .toEqual(['Another capture is still running. Wait for it to end, or cancel it.']);
});

test('when the worker dies half way, the page puts itself back', async () => {
  const { rig, page, asker, windowId } = await openRestorable();
  const before = await readPageState(page);
  const { id: draftId } = await readDraft(asker);
  const captured = ask(asker, 'capture.fullPage', { windowId, draftId, delaySeconds: 0 }).catch(() => null);
  await untilHalfWay(asker);
  await killWorker(rig.browser, rig.extension);
  await captured;
  await expectAsBefore(page, before);
});

test('a tab that is closed, or goes elsewhere, half way leaves nothing', async () => {
  const { page, asker, capture, rig } = await openRestorable();
  const gone = capture('capture.fullPage');
  await untilHalfWay(asker);
  await page.goto(rig.sampleSite.threadUrl);
  expect(await gone).toMatchObject({ failure: 'page-changed', pictures: [] });

  const again = await openCapturing(rig, `${rig.sampleSite.url}/page`);
  const closed = again.capture('capture.fullPage');
  await untilHalfWay(again.asker);
  await again.page.close();
  expect(await closed).toMatchObject({ failure: 'page-changed', pictures: [] });
});

test('another tab that comes to the front half way is in no picture', async () => {
  const { page, asker, capture, rig } = await openRestorable();
  const before = await readPageState(page);
  const other = await rig.openPage();
  await page.bringToFront();
  const captured = capture('capture.fullPage');
  await untilHalfWay(asker);
  await other.bringToFront();
  expect(await captured).toMatchObject({ failure: 'page-changed', pictures: [] });
  await page.bringToFront();
  await expectAsBefore(page, before);
});

test('where no script may run, the full page says so and the visible area still works', async () => {
  const rig = await startRig();
  const { capture } = await openCapturing(rig, 'chrome://version');
  expect(await capture('capture.fullPage')).toMatchObject({ failure: 'page-refuses-script', pictures: [] });
  expect((await capture('capture.visibleArea')).pictures).toHaveLength(1);
});

interface OpenOptions extends RigOptions {
  script?: string;
}

/** A page of this body in a browser of its own. */
async function open(body: string, style = '', { script = '', pages, ...options }: OpenOptions = {}) {
  const whole = `<!doctype html><meta charset="utf-8"><title>Page</title>
    <style>body { margin: 0; } ${style}</style>${body}<script>${script}</script>`;
  const rig = await startRig({ ...options, pages: { ...pages, '/page': { body: whole } } });
  const capturing: Capturing = await openCapturing(rig, `${rig.sampleSite.url}/page`);
  return { rig, ...capturing };
}

/** A page with something of everything that a capture might leave behind. */
async function openRestorable() {
  const opened = await open(
    `<input id="field" value="some words"><p id="text" style="color:red;; opacity : .9">A sentence to select.</p>
    <div id="pane">${stripes(50)}</div><div id="bar" style="top:0"></div>${stripes(500)}`,
    `html { scroll-behavior: smooth; } #pane { height: 100px; overflow: auto; }
    #bar { position: fixed; width: 100%; height: 30px; background: ${css(black)}; opacity: 1 !important; }
    #text { position: sticky; top: 40px !important; } #field { transition: all 1s; }`,
    {
      script: `const sheet = new CSSStyleSheet(); sheet.replaceSync('p { margin: 3px }');
        document.adoptedStyleSheets = [sheet];
        pane.scrollTop = 77; scrollTo({ top: 333, behavior: 'instant' });
        getSelection().setBaseAndExtent(text.firstChild, 2, text.firstChild, 10);
        field.focus({ preventScroll: true }); field.setSelectionRange(1, 4);
        // A page that loses focus and selection as soon as it is scrolled far.
        addEventListener('scroll', () => { if (scrollY > 1000) { field.blur(); getSelection().removeAllRanges(); } });`,
    },
  );
  await opened.page.waitForFunction(() => scrollY === 333 && document.getAnimations().length === 0);
  return opened;
}

/** The page's own transitions, as of a focus that comes back, may take their second. */
async function expectAsBefore(page: Page, before: PageState): Promise<void> {
  await expect.poll(() => readPageState(page), { interval: 200 }).toEqual(before);
}

function stripeAt(y: number): Colour {
  return stripeColour(Math.floor(y / stripePx));
}

function sizes(pictures: readonly PNG[]): [number, number][] {
  return pictures.map(({ width, height }) => [width, height]);
}

/** Holds pictures that follow each other downwards to what the whole should be. */
function expectPixels(pictures: readonly PNG[], expected: (x: number, y: number) => Colour | null): void {
  expect(pictures.length).toBeGreaterThan(0);
  let top = 0;
  for (const picture of pictures) {
    const above = top;
    expect(wrongPixels(picture, (x, y) => expected(x, y + above))).toEqual([]);
    top += picture.height;
  }
}

/** How many rows each colour of the first column has, the first and the last left out. */
function runLengths(picture: PNG | undefined): number[] {
  const lengths: number[] = [];
  let last = -1;
  for (let y = 0; picture && y < picture.height; y++) {
    const colour = picture.data.readUInt32BE(y * picture.width * 4);
    if (colour === last) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    else lengths.push(1);
    last = colour;
  }
  return lengths.slice(1, -1);
}

function windowSize(page: Page): Promise<{ width: number; height: number }> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
}

/** Waits until a capture that runs has taken two slices, with most of the page still to come. */
async function untilHalfWay(asker: Page): Promise<void> {
  const slicesDone = async () => (await ask(asker, 'draft.read', { windowId: null })).capture?.done ?? 0;
  await expect.poll(slicesDone).toBeGreaterThanOrEqual(2);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
