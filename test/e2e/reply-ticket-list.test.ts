import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { openExtensionPage, popupPage, popupPath } from '../../tools/chromium/extension.ts';
import { fileTicket } from '../support/file-by-message.ts';
import { closePopup, connect, fieldText, fill, sendAndWait, waitForField } from '../support/popup-actions.ts';
import {
  agent,
  chooseTicket,
  offeredTickets,
  startOnReply,
  startReply,
  typeTicket,
  waitForUnderstood,
} from '../support/reply-actions.ts';
import { startDisplayRig, startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

test('a ticket of the history is found by words of its title, its number, its page and its time', async () => {
  const rig = await startRig({
    assembly: { http2: true },
    pages: { '/billing': { body: '<title>Billing</title>' }, '/export': { body: '<title>Export</title>' } },
  });
  await connect(rig, { agent });
  const { record } = rig.assembly;
  for (const [path, title] of [
    ['/export', 'Nightly export stops at row 5,000'],
    ['/export', 'Encoding of the export is wrong'],
    ['/billing', 'Invoice in the wrong currency'],
  ] as const) {
    const popup = await rig.openPopup(await rig.openPage(`${rig.sampleSite.url}${path}`));
    await fill(popup, 'Title', title);
    await sendAndWait(popup, /ASM-\d+ created/);
    await closePopup(popup);
  }
  const newestFirst = [
    'ASM-113 Invoice in the wrong currency',
    'ASM-112 Encoding of the export is wrong',
    'ASM-111 Nightly export stops at row 5,000',
  ];
  const popup = await rig.openPopup(await rig.openPage());
  await startReply(popup);
  await byRole(popup, 'combobox', 'Ticket').click();
  await expect.poll(() => offeredTickets(popup)).toEqual(newestFirst);
  await popup.keyboard.press('Escape');

  for (const [typed, index] of [
    ['encod wrong', 1],
    ['#asm-111', 2],
    ['/billing', 0],
  ] as const) {
    await chooseTicket(popup, typed, newestFirst.slice(index, index + 1));
    expect(await fieldText(popup, 'Ticket', 'combobox')).toBe(['ASM-113', 'ASM-112', 'ASM-111'][index]);
    await waitForUnderstood(popup, /^Replies to ASM-11\d “.*”, filed just now from 127\.0\.0\.1:\d+\.$/);
    await fill(popup, 'Message', `Found by ${typed}`);
    await sendAndWait(popup, 'Reply sent.', 'Send reply');
    await startReply(popup);
  }
  await typeTicket(popup, new Date().toLocaleDateString('en', { weekday: 'long' }));
  await expect.poll(() => offeredTickets(popup)).toEqual(newestFirst);
  await waitForUnderstood(popup, 'Not chosen yet: the list has the tickets with these words.');

  const ids = record.requestsTo('ticket').map(seen => textsOf(seen, 'source_specific_id')[0]);
  expect(record.requestsTo('reply').map(({ query }) => query)).toEqual([
    { source_specific_id: ids[1] },
    { source_specific_id: ids[0] },
    { source_specific_id: ids[2] },
  ]);
  expect(record.replies.map(({ ticketNumber, content }) => [ticketNumber, content])).toEqual([
    ['ASM-112', 'Found by encod wrong'],
    ['ASM-111', 'Found by #asm-111'],
    ['ASM-113', 'Found by /billing'],
  ]);
});

test('a reply to a ticket that still waits goes out right after it', async () => {
  const { rig, popup } = await startOnReply();
  const { record, faults } = rig.assembly;
  faults.always({ kind: 'drop', match: 'any', commit: false });
  await byRole(popup, 'tab', 'New ticket').click();
  await fill(popup, 'Title', 'Filed while Assembly was away');
  await sendAndWait(popup, 'Queued.');
  await startReply(popup);
  await chooseTicket(popup, 'away', ['Filed while Assembly was away']);
  const id = await fieldText(popup, 'Ticket', 'combobox');
  expect(id).toMatch(/^cap_[0-9a-f]{32}$/);
  await waitForUnderstood(
    popup,
    'Replies to “Filed while Assembly was away”, which still waits: the reply goes right after it.',
  );
  await fill(popup, 'Message', 'And one more thing');
  await sendAndWait(popup, /Queued|Saved/, 'Send reply');
  expect(record.requestsTo('reply')).toEqual([]);
  expect(record.tickets.filter(({ sourceSpecificId }) => sourceSpecificId === id)).toEqual([]);

  faults.clear();
  await expect.poll(() => record.replies.length, { timeout: 20_000 }).toBe(1);
  const delivered = record.requests.filter(({ status }) => status === 200);
  expect(delivered.map(({ endpoint }) => endpoint).filter(name => name !== 'list-users')).toEqual([
    'ticket',
    'reply',
  ]);
  expect(record.requestsTo('reply').map(({ query }) => query)).toEqual([{ source_specific_id: id }]);
  expect(record.replies).toMatchObject([{ content: 'And one more thing', ticketNumber: 'ASM-111' }]);
});

test('the list is sound for a screen reader, stays inside of the popup, and moves nothing', async () => {
  const { rig, popup } = await startOnReply();
  for (let count = 1; count <= 12; count += 1) await fileTicket(popup, `Ticket ${count}`);
  await startReply(popup);
  await expectListInView(popup);
  expect(await violations(popup)).toEqual([]);
  await popup.keyboard.press('Escape');
  // With the field near the lower edge it opens upwards.
  await popup.$eval('.reply-target', field =>
    (field as HTMLElement).style.setProperty('margin-top', '300px'),
  );
  await expectListInView(popup);
  await closePopup(popup);

  // As small as it is at 200 %: neither side has room for all of it. A tab takes another size, and a popup does not.
  const small = await openExtensionPage(rig.browser, rig.extension, popupPath);
  await small.setViewport({ width: 400, height: 300, deviceScaleFactor: 2 });
  await byRole(small, 'tab', 'Reply').click();
  await expectListInView(small);
  expect(await violations(small)).toEqual([]);
});

/** Opens the list: it stands at its field, whole, and the last option can be seen. */
async function expectListInView(popup: Page): Promise<void> {
  const field = await popup.waitForSelector(ariaSelector('combobox', 'Ticket'));
  await field?.scrollIntoView();
  const before = await boxOf(popup, 'textarea');
  await byRole(popup, 'combobox', 'Ticket').click();
  await expect.poll(() => offeredTickets(popup)).toHaveLength(12);
  expect(await boxOf(popup, 'textarea')).toEqual(before);
  const panel = await boxOf(popup, '.combobox-panel');
  const input = await boxOf(popup, '.combobox input');
  expect(panel.top).toBeGreaterThanOrEqual(0);
  expect(panel.bottom).toBeLessThanOrEqual(await popup.evaluate(() => innerHeight));
  expect(panel.bottom - panel.top).toBeGreaterThanOrEqual(128);
  expect([panel.left, panel.right]).toEqual([input.left, input.right]);
  expect(panel.bottom <= input.top || panel.top >= input.bottom).toBe(true);
  await popup.keyboard.press('ArrowUp');
  const last = await boxOf(popup, '[role="option"][aria-selected="true"]');
  expect(last.top).toBeGreaterThanOrEqual(panel.top);
  expect(last.bottom).toBeLessThanOrEqual(panel.bottom);
}

test('Escape closes the list and leaves the popup; the next one closes the popup', async context => {
  const rig = await startDisplayRig(context);
  await connect(rig, { agent });
  const page = await rig.openPage();
  await page.bringToFront();
  await rig.display.press('alt+shift+e');
  const popup = await popupPage(rig.browser, rig.extension);
  await fill(popup, 'Title', 'One');
  await sendAndWait(popup, /created/);
  await startReply(popup);
  await byRole(popup, 'combobox', 'Ticket').click();
  await expect.poll(() => offeredTickets(popup)).toEqual(['ASM-111 One']);
  // By a real key: one that is typed by the debugger never gets to the window around the popup.
  await rig.display.press('Escape');
  await expect.poll(() => offeredTickets(popup)).toEqual([]);
  await waitForField(popup, 'Message', '');
  const gone = new Promise<void>(resolve => popup.once('close', () => resolve()));
  await rig.display.press('Escape');
  await gone;
});

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

function boxOf(popup: Page, selector: string): Promise<Box> {
  return popup.$eval(selector, element => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return { top, bottom, left, right };
  });
}

/** What axe says is wrong with the popup as it is. */
async function violations(popup: Page): Promise<string[]> {
  await popup.evaluate(axe.source);
  const results = (await popup.evaluate('axe.run(document)')) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
