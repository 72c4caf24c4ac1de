import type { Page } from 'puppeteer-core';
import { expect, type TestContext, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { fitTroubles, isFocusSeen, tabThrough } from '../support/fit-troubles.ts';
import { connect, fill, press, waitUntilArmed } from '../support/popup-actions.ts';
import { type DisplayRig, startDisplayRig } from '../support/rig.ts';
import { storeSettings } from '../support/store-settings.ts';

/** Chrome caps a popup at 800 x 600 px of the screen: what is left of them for the page is that, divided by the zoom. */
const zooms = [1.25, 2, 4];

test.for(zooms)('at a page zoom of %d a ticket fits, and is sent by keyboard', async (zoom, context) => {
  const { rig, popup } = await openZoomed(context, zoom);
  expect(await fitTroubles(popup)).toEqual([]);

  await fill(popup, 'Description', 'Ask ada@example.com about it.');
  for (const count of [1, 2]) {
    await press(popup, 'Visible area');
    await popup.waitForSelector(ariaSelector('button', `Remove attachment ${count}`));
  }
  await openAllDetails(popup);
  expect(await fitTroubles(popup), 'with attachments and findings').toEqual([]);

  await fill(popup, 'Company', 'a', 'combobox');
  await popup.waitForSelector('[role="option"]');
  expect(await isFocusSeen(popup), 'the field whose list is open').toBe(true);
  expect(await popup.$eval('.combobox-panel', isInWindow), 'the open list').toBe(true);
  expect(await fitTroubles(popup), 'with the list of companies').toEqual([]);
  await popup.keyboard.press('Escape');

  await press(popup, 'Send ticket');
  await popup.waitForSelector('[aria-invalid="true"]');
  await expect.poll(() => isFocusSeen(popup), { message: 'the field that is wrong' }).toBe(true);
  expect(await fitTroubles(popup), 'with a problem').toEqual([]);
  await popup.keyboard.press('Backspace');

  await popup.focus('[role="tab"][aria-selected="true"]');
  const { names, unseen } = await tabThrough(popup, 'Send ticket');
  expect(unseen).toEqual([]);
  expect(names.at(-1)).toBe('Send ticket');
  await popup.keyboard.press('Enter');
  await popup.waitForSelector('dialog[open]');
  expect(await fitTroubles(popup), 'with a question').toEqual([]);
  await byRole(popup, 'button', 'Mask all and send').click();
  await waitForStatus(popup, 'ASM-111');
  expect(await fitTroubles(popup), 'sent').toEqual([]);
  expect(rig.assembly.record.tickets).toHaveLength(1);
});

test.for(zooms)('at a page zoom of %d a reply and the drafts fit', async (zoom, context) => {
  const { popup } = await openZoomed(context, zoom);
  await fill(popup, 'Title', 'A title that is longer than a line of the list of drafts is wide');
  await press(popup, 'Start over');
  await press(popup, 'Drafts (1)');
  await popup.waitForSelector(ariaSelector('list', 'Drafts'));
  expect(await fitTroubles(popup), 'the drafts').toEqual([]);
  expect(await popup.$eval('dialog', isInWindow), 'the dialog').toBe(true);
  await popup.keyboard.press('Escape');

  await byRole(popup, 'tab', 'Reply').click();
  await byRole(popup, 'textbox', 'Message').wait();
  expect(await fitTroubles(popup), 'a reply').toEqual([]);
  await press(popup, 'Send reply');
  await popup.waitForSelector('[aria-invalid="true"]');
  await expect.poll(() => isFocusSeen(popup), { message: 'the field that is wrong' }).toBe(true);
  expect(await fitTroubles(popup), 'with problems').toEqual([]);
  await popup.focus('[role="tab"][aria-selected="true"]');
  const { names, unseen } = await tabThrough(popup, 'Send reply');
  expect(unseen).toEqual([]);
  expect(names.at(-1)).toBe('Send reply');
});

async function openZoomed(context: TestContext, pageZoom: number): Promise<{ rig: DisplayRig; popup: Page }> {
  const rig = await startDisplayRig(context, { pageZoom });
  await connect(rig, { key: demoApiKey });
  const template = { id: 't', name: 'Bug report', sites: [], title: '', body: '', category: '' };
  await storeSettings(rig, { templates: [template] });
  const popup = await rig.openPopup(await rig.openPage());
  await byRole(popup, 'combobox', 'Template').wait();
  await waitUntilArmed(popup);
  expect(await popup.evaluate(() => devicePixelRatio)).toBe(pageZoom);
  return { rig, popup };
}

function openAllDetails(popup: Page): Promise<void> {
  return popup.$$eval('details', all => {
    for (const details of all) details.open = true;
  });
}

/** Runs in the page. */
function isInWindow(element: Element): boolean {
  const { top, left, right, bottom } = element.getBoundingClientRect();
  return top >= 0 && left >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
}
