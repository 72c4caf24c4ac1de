import axe, { type AxeResults } from 'axe-core';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { byRole, waitForStatus } from '../../../tools/chromium/by-role.ts';
import { startRig } from '../../support/rig.ts';
import { flattenStored, pixel } from './flatten-in-page.ts';
import {
  addressOf,
  captureAndOpen,
  chooseTool,
  drag,
  finish,
  focusedName,
  markNames,
  oneOfEach,
  openEditor,
  storedPicture,
  storeMarks,
} from './open-editor.ts';

const allNames = [
  'Redaction 8 of 8',
  'Arrow 1 of 8, red',
  'Box 2 of 8, red',
  'Line 3 of 8, red',
  'Pen 4 of 8, red',
  'Text 5 of 8, red, “Look here”',
  'Step 6 of 8, red, number 1',
  'Highlight 7 of 8, yellow',
];

describe('every tool', () => {
  test('draws by mouse; all of it is undone and done again, saved, and comes back as objects', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    await chooseTool(editor, 'Arrow');
    await drag(editor, [60, 200], [200, 120]);
    await chooseTool(editor, 'Box');
    await drag(editor, [260, 40], [380, 120]);
    await chooseTool(editor, 'Line');
    await drag(editor, [260, 160], [380, 200]);
    await chooseTool(editor, 'Pen');
    await drag(editor, [60, 260], [100, 290], [140, 260]);
    await chooseTool(editor, 'Text');
    await drag(editor, [420, 60]);
    await editor.keyboard.type('Look here');
    await chooseTool(editor, 'Step');
    await drag(editor, [440, 240]);
    await chooseTool(editor, 'Highlight');
    await drag(editor, [60, 320], [360, 360]);
    await chooseTool(editor, 'Redact');
    await drag(editor, [40, 40], [240, 70]);
    expect(await markNames(editor)).toEqual(allNames);
    await waitForStatus(editor, 'Redaction added.');

    for (let step = 0; step < 8; step += 1) await byRole(editor, 'button', 'Undo').click();
    expect(await markNames(editor)).toEqual([]);
    for (let step = 0; step < 8; step += 1) await byRole(editor, 'button', 'Redo').click();
    expect(await markNames(editor)).toEqual(allNames);

    const address = addressOf(editor);
    await finish(editor);
    const before = await storedPicture(rig);
    expect(before.marks).toHaveLength(8);
    expect(before.marks[1]).toMatchObject({
      rect: { x: expect.closeTo(260, 0), width: expect.closeTo(120, 0) },
    });

    const again = await openEditor(rig, address);
    expect(await markNames(again)).toEqual(allNames);
    // The middle of the arrow is taken hold of.
    await drag(again, [130, 160], [150, 190]);
    expect(await focusedName(again)).toBe('Arrow 1 of 8, red');
    await finish(again);
    const after = await storedPicture(rig);
    expect(after.marksRevision).toBe(before.marksRevision + 1);
    expect(after.marks.slice(1)).toEqual(before.marks.slice(1));
    const [arrowBefore, arrowAfter] = [before.marks[0], after.marks[0]];
    if (arrowBefore?.tool !== 'arrow' || arrowAfter?.tool !== 'arrow') throw new Error('No arrow.');
    expect(arrowAfter.from.x - arrowBefore.from.x).toBeCloseTo(20, 0);
    expect(arrowAfter.to.y - arrowBefore.to.y).toBeCloseTo(30, 0);
  });

  test('draws by keyboard alone, and each mark is moved and sized there', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    const press = async (...keys: string[]) => {
      for (const key of keys) await editor.keyboard.press(key as 'Enter');
    };
    const withKey = async (held: 'Alt' | 'Control', ...keys: string[]) => {
      await editor.keyboard.down(held);
      await press(...keys);
      await editor.keyboard.up(held);
    };
    for (const letter of ['a', 'b', 'l', 'p', 'T', 's', 'h', 'r']) {
      await press(letter, 'Enter');
      if (letter === 'T') {
        await editor.keyboard.type('Look here');
        await press('Escape');
      }
      expect(await focusedName(editor), letter).toMatch(/ 1 of 1|\d of \d/);
      await press('ArrowRight', 'ArrowDown');
      await withKey('Alt', 'ArrowRight', 'ArrowDown');
    }
    expect(await markNames(editor)).toEqual(allNames);

    // The Select radio is reached and used by keyboard too.
    await editor.focus('input[name="tool"]:checked');
    await press('ArrowRight');
    expect(await editor.$eval('input[name="tool"]:checked', radio => radio.getAttribute('aria-label'))).toBe(
      'Select',
    );
    const stops: string[] = [];
    for (let stop = 0; stop < 40 && stops.at(-1) !== 'Highlight 7 of 8, yellow'; stop += 1) {
      await press('Tab');
      stops.push(await focusedName(editor));
    }
    expect(stops.filter(name => allNames.includes(name))).toEqual(allNames);

    await press('Delete');
    await withKey('Control', 'z');
    expect(await markNames(editor)).toEqual(allNames);
    await press('c');
    await withKey('Alt', 'ArrowLeft', 'ArrowUp');
    await press('ArrowRight', 'Enter');
    await finish(editor);
    const stored = await storedPicture(rig);
    expect(stored.marks).toHaveLength(8);
    expect(stored.crop).toEqual({ x: 1, y: 0, width: stored.widthPx - 1, height: stored.heightPx - 1 });
  });
});

describe('by pointer', () => {
  test('a mark is sized by its handles, and a drag is one step to undo', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    await chooseTool(editor, 'Box');
    await drag(editor, [200, 200], [400, 300]);
    await drag(editor, [400, 300], [450, 330], [500, 360]);
    const sized = await editor.$eval('.mark path', path => path.getAttribute('d'));
    expect(sized).toMatch(/^M200 200h300v160/);
    await byRole(editor, 'button', 'Undo').click();
    expect(await editor.$eval('.mark path', path => path.getAttribute('d'))).toMatch(/^M200 200h200v100/);
    // Escape in the middle of a drag takes it back.
    await chooseTool(editor, 'Select');
    const before = await editor.$eval('.mark path', path => path.getAttribute('d'));
    await editor.mouse.move(0, 0);
    await drag(editor, [300, 200]);
    await editor.mouse.down();
    await editor.mouse.move(600, 600, { steps: 4 });
    await editor.keyboard.press('Escape');
    await editor.mouse.up();
    expect(await editor.$eval('.mark path', path => path.getAttribute('d'))).toBe(before);
  });

  test('a crop is drawn, shown, saved, and can be taken back later', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    await chooseTool(editor, 'Crop');
    await drag(editor, [100, 80], [500, 380]);
    await byRole(editor, 'button', 'Crop to this').click();
    expect(await editor.$eval('.sheet > svg', svg => svg.getAttribute('viewBox'))).toBe('100 80 400 300');
    const address = addressOf(editor);
    await finish(editor);
    expect((await storedPicture(rig)).crop).toEqual({ x: 100, y: 80, width: 400, height: 300 });

    const again = await openEditor(rig, address);
    await chooseTool(again, 'Crop');
    await byRole(again, 'button', 'Show all again').click();
    await finish(again);
    expect((await storedPicture(rig)).crop).toBeNull();
  });

  test('touch draws, and two fingers do not', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    await chooseTool(editor, 'Highlight');
    const box = await editor.$eval('.sheet', sheet => sheet.getBoundingClientRect().toJSON());
    const finger = await editor.touchscreen.touchStart(box.x + 50, box.y + 50);
    await finger.move(box.x + 150, box.y + 90);
    await finger.move(box.x + 250, box.y + 120);
    await finger.end();
    expect(await markNames(editor)).toEqual(['Highlight 1 of 1, yellow']);
    const one = await editor.touchscreen.touchStart(box.x + 300, box.y + 50);
    await one.move(box.x + 320, box.y + 90);
    const other = await editor.touchscreen.touchStart(box.x + 400, box.y + 200);
    await other.move(box.x + 420, box.y + 240);
    await one.end();
    await other.end();
    expect(await markNames(editor)).toEqual(['Highlight 1 of 1, yellow']);
  });

  test('zoom keeps to its steps, and the wheel with Ctrl zooms the picture and not the page', async () => {
    const rig = await startRig();
    const editor = await captureAndOpen(rig);
    const percent = () => editor.$eval('.zoom-percent', shown => shown.textContent);
    await byRole(editor, 'button', 'Actual size').click();
    expect(await percent()).toBe('100 %');
    await byRole(editor, 'button', 'Zoom in').click();
    expect(await percent()).toBe('125 %');
    await editor.keyboard.down('Control');
    await editor.mouse.move(700, 400);
    await editor.mouse.wheel({ deltaY: -100 });
    await editor.keyboard.up('Control');
    await expect.poll(percent).not.toBe('125 %');
    expect(await editor.evaluate(() => visualViewport?.scale)).toBe(1);
    await byRole(editor, 'button', 'Fit').click();
    expect(Number.parseInt((await percent()) ?? '', 10)).toBeLessThanOrEqual(100);
  });
});

test('what is shown is what is burnt in', async () => {
  const rig = await startRig();
  const first = await captureAndOpen(rig);
  const address = addressOf(first);
  await storeMarks(first, address, oneOfEach);
  await first.close();
  const editor = await openEditor(rig, address);
  await editor.setViewport({ width: 1900, height: 1400 });
  await byRole(editor, 'button', 'Actual size').click();
  await editor.evaluate(() => document.fonts.ready.then(() => undefined));
  const sheet = await editor.$('.sheet');
  const shown = PNG.sync.read(Buffer.from((await sheet?.screenshot({ type: 'png' })) ?? []));
  const stored = await storedPicture(rig);
  const burnt = await flattenStored(editor, stored);
  expect([shown.width, shown.height]).toEqual([burnt.width, burnt.height]);

  let far = 0;
  let sum = 0;
  for (let at = 0; at < burnt.data.length; at += 1) {
    const difference = Math.abs((burnt.data[at] ?? 0) - (shown.data[at] ?? 0));
    sum += difference;
    if (difference > 64) far += 1;
  }
  // Edges may be smoothed a little differently.
  expect(sum / burnt.data.length).toBeLessThan(0.1);
  expect(far / burnt.data.length).toBeLessThan(0.0005);

  // Under the redaction, and in it to the last pixel, there is one colour.
  const colours = new Set<string>();
  for (let y = 40; y < 71; y += 1) {
    for (let x = 40; x < 241; x += 1) colours.add(String(pixel(burnt, x, y)));
  }
  expect([...colours]).toEqual(['0,0,0,255']);
});

test('a picture that is gone or of another draft is not opened', async () => {
  const rig = await startRig();
  const editor = await captureAndOpen(rig);
  const [, attachmentId] = addressOf(editor).split('/');
  await editor.goto(`${editor.url().split('#')[0]}#${'0'.repeat(32)}/${attachmentId}`);
  await editor.reload();
  await editor.waitForSelector('[role="alert"]');
  expect(await editor.$eval('[role="alert"]', alert => alert.textContent)).toMatch(/no longer there/);
});

describe('axe finds nothing serious', () => {
  test.each([
    ['at 1280 px', { width: 1280, height: 900 }],
    ['at 320 px', { width: 320, height: 640 }],
    ['at 200 %', { width: 640, height: 450, deviceScaleFactor: 2 }],
  ])('%s, in light and dark', async (_, viewport) => {
    const rig = await startRig();
    const first = await captureAndOpen(rig);
    await storeMarks(first, addressOf(first), oneOfEach);
    const editor = await openEditor(rig, addressOf(first));
    await first.close();
    await editor.setViewport(viewport);
    await editor.evaluate(axe.source);
    const found = await violations(editor, 'marks');
    await editor.focus('[data-mark="m7"]');
    found.push(...(await violations(editor, 'a selected step')));
    await byRole(editor, 'radio', 'Crop').click();
    found.push(...(await violations(editor, 'cropping')));
    await byRole(editor, 'radio', 'Text').click();
    await editor.keyboard.press('Enter');
    await editor.keyboard.type('Words');
    found.push(...(await violations(editor, 'typing')));
    await byRole(editor, 'button', 'Cancel').click();
    await editor.waitForSelector('dialog[open]');
    found.push(...(await violations(editor, 'a question')));
    expect(found).toEqual([]);
    // Nothing hangs out of the side of a narrow window.
    expect(await editor.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

async function violations(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    const results = (await page.evaluate('axe.run(document)')) as AxeResults;
    for (const { id, nodes } of results.violations) {
      found.push(`${state}, ${scheme}: ${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
    }
  }
  return found;
}
