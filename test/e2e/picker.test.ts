import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { ariaSelector } from '../../tools/chromium/by-role.ts';
import { extensionWorker, killWorker, openExtensionPage } from '../../tools/chromium/extension.ts';
import type { ExtraPage } from '../../tools/sample-site/start-sample-site.ts';
import { hearPicks, overlaySelector, takeBy, untilTrusted } from '../support/picking.ts';
import { type Rig, startRig } from '../support/rig.ts';

const style = `<!doctype html><style>body { margin: 0 } #one, #two { width: 300px; height: 100px; background: #cde }
  #one { margin: 40px 0 0 50px } #two { margin: 20px 0 0 50px }</style>`;
const plain = `${style}<title>Plain</title><input id="field" value="typed">
  <div id="one"><p id="inner">Words</p></div><div id="two">More words</div>`;

const pages: Readonly<Record<string, ExtraPage>> = {
  '/plain': { body: plain },
  '/tall': { body: `${style}<title>Tall</title><div style="height: 5000px">Tall</div>` },
  '/pane': {
    body: `${style}<title>Pane</title><style>html, body { height: 100%; overflow: hidden }</style>
      <div style="height: 60px">Bar</div>
      <div id="pane" style="height: calc(100% - 60px); overflow: auto; margin-left: 200px">
      <div style="height: 4000px">Tall</div></div>`,
  },
  '/zoomed-pane': {
    body: `${style}<title>Zoomed pane</title><style>html, body { height: 100%; overflow: hidden }</style>
      <div id="pane" style="zoom: 2; height: 50%; overflow: auto"><div style="height: 4000px">Tall</div></div>`,
  },
  '/rtl': {
    body: `<!doctype html><html dir="rtl"><title>Right to left</title><style>body { margin: 0 }</style>
      <div style="width: 3000px; height: 3000px">Wide</div></html>`,
  },
  '/sandbox': {
    body: plain,
    headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" },
  },
  '/trusted-types': {
    body: plain,
    headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
  },
  '/zoomed': { body: plain.replace('body {', 'html { zoom: 2 } body {') },
  '/modal': {
    body: `${plain}<dialog id="dialog" style="width: 400px; height: 300px"><p id="said">In the dialog</p></dialog>
      <script>dialog.showModal()</script>`,
  },
  '/shadow': {
    body: `${style}<title>Shadow</title><div id="one"><template shadowrootmode="open"><p id="deep"
      style="margin: 0; height: 60px">Deep</p></template></div>`,
  },
  '/clobbered': {
    body: `${style}<title>Clobbered</title><form id="one"><input name="parentNode"><input name="nextSibling">
      <input name="getBoundingClientRect"><input name="localName"><input name="scrollBy"><input name="checkVisibility">
      <input name="getRootNode"><input name="shadowRoot"><input name="ownerDocument"><input name="getAttribute"></form>
      <div id="two">After</div>`,
  },
};

describe('a region', () => {
  test('is drawn, moved and resized by mouse, and taken by its button', async () => {
    const { page, picking } = await startPicker('/plain', 'region');
    await drag(page, [100, 120], [400, 320]);
    // By its inside, then by the handle at the right, then by that at the top left.
    await drag(page, [250, 220], [280, 240]);
    await drag(page, [430, 240], [480, 300]);
    await drag(page, [130, 140], [120, 100]);
    await takeBy(page, () => page.locator(ariaSelector('button', 'Take it')).click());
    expect(await picking.end()).toEqual({
      outcome: 'taken',
      subject: { kind: 'area', of: 'html', rect: { x: 120, y: 100, width: 360, height: 240 } },
      hasTrace: false,
    });
  });

  test('is made by keys alone, and spoken', async () => {
    const { page, picking } = await startPicker('/plain', 'region');
    const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await press(page, 'Enter');
    await press(page, 'ArrowRight', 3);
    await press(page, 'Shift+ArrowUp', 2);
    await press(page, 'Tab');
    await press(page, 'Shift+ArrowLeft');
    await press(page, 'Tab');
    await press(page, 'ArrowDown', 4);
    const size = { width: Math.round(width / 2) + 10, height: Math.round(height / 2) + 4 };
    const rect = { x: Math.round(width / 4) + 3 - 10, y: Math.round(height / 4) - 20, ...size };
    await expect
      .poll(() => accessibleText(page))
      .toContain(`${size.width} by ${size.height} pixels, ${rect.x} from the left, ${rect.y} from the top`);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({ outcome: 'taken', subject: { kind: 'area', rect } });
  });

  test('is drawn by touch', async () => {
    const { page, picking } = await startPicker('/plain', 'region');
    const finger = await page.touchscreen.touchStart(60, 90);
    for (let step = 1; step <= 5; step += 1) await finger.move(60 + 40 * step, 90 + 30 * step);
    await finger.end();
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({
      subject: { rect: { x: 60, y: 90, width: 200, height: 150 } },
    });
  });

  test('grows past the window when the drag scrolls the document', async () => {
    const { page, picking } = await startPicker('/tall', 'region');
    await page.mouse.move(100, 200);
    await page.mouse.down();
    await page.mouse.move(600, (await innerHeightOf(page)) - 3, { steps: 4 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1_000);
    await page.mouse.move(600, 300);
    await page.mouse.up();
    const bottom = 300 + (await page.evaluate(() => scrollY));
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({
      subject: { kind: 'area', of: 'html', rect: { x: 100, y: 200, width: 500, height: bottom - 200 } },
    });
  });

  test('goes with the pane in which the drag began, where the document does not scroll', async () => {
    const { page, picking } = await startPicker('/pane', 'region');
    await page.mouse.move(300, 160);
    await page.mouse.down();
    await page.mouse.move(600, (await innerHeightOf(page)) - 3, { steps: 4 });
    await expect.poll(() => page.$eval('#pane', pane => pane.scrollTop)).toBeGreaterThan(1_000);
    await page.mouse.move(100, 300);
    await page.mouse.up();
    const scrolled = await page.$eval('#pane', pane => pane.scrollTop);
    await takeBy(page, () => press(page, 'Enter'));
    // From where it began, in the pane's own coordinates, and never outside of the pane.
    expect(await picking.end()).toMatchObject({
      subject: {
        kind: 'area',
        of: 'div#pane',
        rect: { x: 0, y: 100, width: 100, height: scrolled + 300 - 60 - 100 },
      },
    });
  });

  test('counts in px of the window in a pane that the page zooms, and puts the pane back', async () => {
    const { page, picking } = await startPicker('/zoomed-pane', 'region');
    const drawDown = async () => {
      await page.mouse.move(100, 100);
      await page.mouse.down();
      await page.mouse.move(300, (await innerHeightOf(page)) - 3, { steps: 4 });
      await expect.poll(() => page.$eval('#pane', pane => pane.scrollTop)).toBeGreaterThan(500);
      await page.mouse.move(300, 300);
      await page.mouse.up();
    };
    await drawDown();
    await press(page, 'Escape');
    expect(await picking.end()).toMatchObject({ outcome: 'left' });
    expect(await page.$eval('#pane', pane => pane.scrollTop)).toBe(0);

    await picking.start(page, 'region');
    await drawDown();
    const scrolled = await page.$eval('#pane', pane => pane.scrollTop);
    await takeBy(page, () => press(page, 'Enter'));
    const { subject } = await picking.end(2);
    expect(subject).toMatchObject({ of: 'div#pane', rect: { x: 100, y: 100, width: 200 } });
    expect(subject?.rect?.height).toBeCloseTo(200 + scrolled * 2, -1);
  });

  test('over a pane and what is beside it belongs to the document', async () => {
    const { page, picking } = await startPicker('/pane', 'region');
    await drag(page, [300, 160], [100, 20]);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({
      subject: { of: 'html', rect: { x: 100, y: 20, width: 200, height: 140 } },
    });
  });

  test('counts from the left end of a page that begins at the right', async () => {
    const { page, picking } = await startPicker('/rtl', 'region');
    const width = await page.evaluate(() => document.documentElement.clientWidth);
    await drag(page, [100, 100], [300, 200]);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({
      subject: { of: 'html', rect: { x: 3000 - width + 100, y: 100, width: 200, height: 100 } },
    });
  });

  test('is asked for again only when the page is not in full screen', async () => {
    const { page, picking, rig } = await startPicker('/plain', 'region');
    await page.evaluate(() => document.addEventListener('keydown', () => document.body.requestFullscreen()));
    await press(page, 'Escape');
    expect(await picking.end()).toMatchObject({ outcome: 'left', subject: null });
    await press(page, 'f');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await picking.ask(page, 'region');
    expect(await picking.end(2)).toEqual({ outcome: 'disturbed', subject: null, hasTrace: false });
    expect(rig.assembly.record.requests).toEqual([]);
  });
});

describe('an element', () => {
  test('is pointed at, shown, and taken by a click that the page does not hear', async () => {
    const { page, picking } = await startPicker('/plain', 'element');
    await page.evaluate(noteEvents);
    await page.mouse.move(200, 200);
    await takeBy(page, () => page.mouse.click(200, 200));
    expect(await picking.end()).toEqual({
      outcome: 'taken',
      subject: { kind: 'element', of: 'div#two' },
      hasTrace: false,
    });
    expect(await page.evaluate(() => globalThis.heardEvents)).toEqual([]);
  });

  test('is shown by a first tap of a finger and taken by a second', async () => {
    const { page, picking } = await startPicker('/plain', 'element');
    await page.touchscreen.tap(200, 200);
    await expect.poll(() => shownName(page)).toBe('Part of the page · 300 × 100');
    await untilTrusted(page);
    await page.touchscreen.tap(200, 120);
    expect(await picking.ends()).toEqual([]);
    await page.touchscreen.tap(200, 120);
    expect(await picking.end()).toMatchObject({ outcome: 'taken', subject: { kind: 'element' } });
  });

  test('is walked to by keys: on, back, out, in and sideways', async () => {
    const { page, picking } = await startPicker('/plain', 'element');
    const expectShownAfter = async (key: string, words: RegExp) => {
      await press(page, key);
      await expect.poll(() => shownName(page), { message: key }).toMatch(words);
    };
    await expectShownAfter('Tab', /^Field · /);
    await expectShownAfter('Tab', /^Part of the page · 300 × 100$/);
    await expectShownAfter('ArrowDown', /^Paragraph · 300 × /);
    await expectShownAfter('ArrowUp', /^Part of the page · 300 × 100$/);
    await expectShownAfter('ArrowLeft', /^Field · /);
    await expectShownAfter('ArrowRight', /^Part of the page · 300 × 100$/);
    await expectShownAfter('Tab', /^Paragraph · /);
    await expectShownAfter('Shift+Tab', /^Part of the page · 300 × 100$/);
    await expectShownAfter('ArrowRight', /^Part of the page · 300 × 100$/);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({ subject: { kind: 'element', of: 'div#two' } });
  });

  test('is found in open shadow trees, in an open dialog, and on a page that is zoomed by its styles', async () => {
    const rig = await startRig({ pages });
    const picking = await hearPicks(rig);
    const cases = [
      ['/shadow', '#one', 20, 'p#deep'],
      ['/modal', '#said', 5, 'p#said'],
      ['/zoomed', '#two', 20, 'div#two'],
    ] as const;
    for (const [number, [path, selector, inset, of]] of cases.entries()) {
      const page = await rig.openPage(rig.sampleSite.url + path);
      await picking.start(page, 'element');
      const { x, y } = await page.$eval(selector, element => element.getBoundingClientRect().toJSON());
      await page.mouse.move(x + inset, y + inset);
      await takeBy(page, () => page.mouse.click(x + inset, y + inset));
      expect(await picking.end(number + 1), path).toEqual({
        outcome: 'taken',
        subject: { kind: 'element', of },
        hasTrace: false,
      });
    }
  });

  test('is walked to in a form whose fields are named like what a script reads', async () => {
    const { page, picking } = await startPicker('/clobbered', 'element');
    await page.mouse.move(340, 45);
    await expect.poll(() => shownName(page)).toBe('Form · 300 × 100');
    await press(page, 'ArrowRight');
    await expect.poll(() => shownName(page)).toBe('Part of the page · 300 × 100');
    await press(page, 'Shift+Tab');
    await press(page, 'ArrowUp', 3);
    await press(page, 'Tab', 3);
    await press(page, 'Escape');
    expect(await picking.end()).toMatchObject({ outcome: 'left' });
  });
});

describe('the overlay', () => {
  test.each(['/sandbox', '/trusted-types', '/zoomed', '/modal'])('works on %s', async path => {
    const { page, picking } = await startPicker(path, 'region');
    await drag(page, [100, 100], [300, 200]);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({
      outcome: 'taken',
      subject: { kind: 'area', rect: { x: 100, y: 100, width: 200, height: 100 } },
      hasTrace: false,
    });
  });

  test('leaves the page as it was: markup, focus, selection, scroll position, and nothing heard', async () => {
    const rig = await startRig({ pages });
    const picking = await hearPicks(rig);
    const page = await rig.openPage(`${rig.sampleSite.url}/plain`);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<div style="height: 4000px"></div>');
      scrollTo(0, 37);
      const field = document.querySelector('input');
      field?.focus({ preventScroll: true });
      field?.setSelectionRange(1, 3);
    });
    await page.evaluate(noteEvents);
    const before = await page.evaluate(pageState);

    await picking.start(page, 'region');
    expect((await page.evaluate(pageState)).focus).not.toBe(before.focus);
    await page.mouse.move(100, 200);
    await page.mouse.down();
    await page.mouse.move(300, (await innerHeightOf(page)) - 3, { steps: 4 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
    await page.mouse.up();
    for (const key of ['ArrowUp', 'Tab', 'a', ' ', 'PageDown', 'Escape']) await press(page, key);
    expect(await picking.end()).toEqual({ outcome: 'left', subject: null, hasTrace: false });
    expect(await page.evaluate(pageState)).toEqual(before);
    expect(await page.evaluate(() => globalThis.heardEvents)).toEqual([]);

    // And afterwards everything reaches the page again.
    await press(page, 'b');
    await page.mouse.click(70, 90);
    expect(await page.evaluate(() => globalThis.heardEvents)).toEqual(
      expect.arrayContaining(['keydown', 'pointerdown', 'click']),
    );
  });

  test('says what it is and what can be done, by roles and names', async () => {
    const { page } = await startPicker('/plain', 'region');
    await press(page, 'Enter');
    for (const [role, name] of [
      ['dialog', 'Pick a region of the page'],
      ['slider', 'Top left corner'],
      ['slider', 'Bottom right corner'],
      ['button', 'Take it'],
      ['button', 'Leave'],
    ] as const) {
      const found = await page.$(`::-p-aria([name="${name}"][role="${role}"])`);
      expect(found, `${role} ${name}`).not.toBeNull();
    }
    await page.locator(ariaSelector('button', 'Leave')).click();
  });

  test('takes nothing before it has been in sight for half a second', async () => {
    const rig = await startRig({ pages });
    const picking = await hearPicks(rig);
    const page = await rig.openPage(`${rig.sampleSite.url}/plain`);
    const shownMs = page.evaluate(
      selector =>
        new Promise<number>(resolve => {
          let shownAt: number | undefined;
          new MutationObserver(() => {
            const isThere = document.querySelector(selector) !== null;
            if (isThere) shownAt ??= performance.now();
            else if (shownAt !== undefined) resolve(performance.now() - shownAt);
          }).observe(document.documentElement, { childList: true });
        }),
      overlaySelector,
    );
    await picking.start(page, 'element');
    await press(page, 'Tab');
    // Whoever hammers on the key takes it as soon as it can be taken.
    await expect
      .poll(() => press(page, 'Enter').then(() => picking.ends()), { interval: 10 })
      .toHaveLength(1);
    expect(await picking.end()).toMatchObject({ outcome: 'taken' });
    expect(await shownMs).toBeGreaterThanOrEqual(500);
  });

  test('is replaced by a second one, in this tab or another, which alone may answer', async () => {
    const { page, picking, rig } = await startPicker('/plain', 'region');
    await picking.start(page, 'element');
    expect(await page.$$(overlaySelector)).toHaveLength(1);
    const other = await rig.openPage(`${rig.sampleSite.url}/plain`);
    await picking.start(other, 'region');
    await expect.poll(() => page.$(overlaySelector)).toBeNull();
    await press(other, 'Escape');
    expect(await picking.end()).toMatchObject({ outcome: 'left' });
    expect(await picking.ends()).toHaveLength(1);
  });

  test('is answered for once, and only by the document that was asked', async () => {
    const { page, picking, rig } = await startPicker('/plain', 'region');
    const other = await rig.openPage(`${rig.sampleSite.url}/plain`);
    // As after a click of the person there: the extension may run scripts in both.
    await rig.openPopup(other).then(popup => popup.close());
    const answers = await picking.inExtension(async () => {
      const { pendingPick } = await chrome.storage.session.get('pendingPick');
      const { nonce, tabId } = pendingPick as { nonce: string; tabId: number };
      const tabs = await chrome.tabs.query({ active: true });
      const otherTabId = tabs.find(({ id }) => id !== tabId)?.id ?? 0;
      const sayIn = async (inTab: number, said: string, outcome: string) => {
        const [injected] = await chrome.scripting.executeScript({
          target: { tabId: inTab },
          args: [said, outcome],
          func: (nonce, outcome) =>
            chrome.runtime.sendMessage({ name: 'pick.deliver', input: { nonce, outcome } }),
        });
        return injected?.result?.ok;
      };
      return [
        await sayIn(otherTabId, nonce, 'taken'),
        await sayIn(tabId, 'another', 'taken'),
        await sayIn(tabId, nonce, 'sent'),
        await sayIn(tabId, nonce, 'left'),
        await sayIn(tabId, nonce, 'taken'),
      ];
    });
    expect(answers).toEqual([false, false, false, true, false]);
    await page.bringToFront();
    await press(page, 'Escape');
  });

  test('goes when the extension is loaded anew under it', async () => {
    const { page, rig } = await startPicker('/plain', 'region');
    const extensions = await rig.browser.newPage();
    await extensions.goto('chrome://extensions');
    // Without it an extension from a folder is switched off as it is loaded again.
    await extensions.evaluate(() =>
      Reflect.get(chrome, 'developerPrivate').updateProfileConfiguration({ inDeveloperMode: true }),
    );
    await extensions.close();
    expect(await page.$(overlaySelector)).not.toBeNull();
    const worker = await extensionWorker(rig.browser, rig.extension);
    // A little later, so that this call is answered.
    await worker.evaluate(() => void setTimeout(() => chrome.runtime.reload()));
    await expect.poll(() => page.$(overlaySelector)).toBeNull();
    const isBack = () =>
      openExtensionPage(rig.browser, rig.extension, 'manifest.json').then(
        opened => opened.close().then(() => true),
        () => false,
      );
    await expect.poll(isBack).toBe(true);
  });

  test('outlives a worker that is ended while the person draws', async () => {
    const { page, picking, rig } = await startPicker('/plain', 'region');
    const isPending = () =>
      picking.inExtension(async () => 'pendingPick' in (await chrome.storage.session.get(null)));
    await page.mouse.move(100, 100);
    await page.mouse.down();
    await page.mouse.move(300, 200);
    await killWorker(rig.browser, rig.extension);
    await page.mouse.up();
    expect(await isPending()).toBe(true);
    await takeBy(page, () => press(page, 'Enter'));
    expect(await picking.end()).toMatchObject({ outcome: 'taken' });
    // The new worker knew of the pick, and it is over.
    await expect.poll(isPending).toBe(false);
  });
});

declare global {
  var heardEvents: string[] | undefined;
}

async function startPicker(path: string, kind: 'region' | 'element') {
  const rig: Rig = await startRig({ pages });
  const picking = await hearPicks(rig);
  const page = await rig.openPage(rig.sampleSite.url + path);
  await picking.start(page, kind);
  return { rig, picking, page };
}

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

async function press(page: Page, key: string, times = 1) {
  const [name = '', modifier] = key.split('+').reverse();
  for (let time = 1; time <= times; time += 1) {
    if (modifier) await page.keyboard.down('Shift');
    await page.keyboard.press(name as 'Enter');
    if (modifier) await page.keyboard.up('Shift');
  }
}

function innerHeightOf(page: Page): Promise<number> {
  return page.evaluate(() => innerHeight);
}

/** All that a screen reader could say of the overlay. */
async function accessibleText(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.map(node => String(node.name?.value ?? '')).join('\n');
}

/** The words beside the outline. */
async function shownName(page: Page): Promise<string> {
  const lines = (await accessibleText(page)).split('\n');
  return lines.find(line => line.includes(' · ')) ?? '';
}

/** In the page: what of a person's doing it hears. */
function noteEvents(): void {
  globalThis.heardEvents = [];
  const types =
    'pointerdown pointermove pointerup mousedown mousemove mouseup click dblclick keydown keyup keypress wheel ' +
    'touchstart touchend focusin focusout contextmenu';
  for (const type of types.split(' ')) {
    // The popup takes the window's focus for a moment, as any window in front does.
    const note = () => document.hasFocus() && globalThis.heardEvents?.push(type);
    document.addEventListener(type, note, true);
  }
}

/** In the page: what it can see of itself. */
function pageState() {
  const field = document.querySelector('input');
  return {
    html: document.documentElement.outerHTML,
    focus: document.activeElement?.localName,
    caret: [field?.selectionStart, field?.selectionEnd],
    scroll: [scrollX, scrollY],
    keys: Object.getOwnPropertyNames(window).length,
  };
}
