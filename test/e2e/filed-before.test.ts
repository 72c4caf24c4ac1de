import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { focused } from '../support/keyboard-focus.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  waitForField,
} from '../support/popup-actions.ts';
import { agent, waitForUnderstood } from '../support/reply-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

test('what is in the draft becomes a reply to the ticket that was filed from the page before', async () => {
  const { rig, page } = await startWithTicket();
  const { record } = rig.assembly;
  const popup = await rig.openPopup(page);
  await waitForNotice(
    popup,
    /^You have already filed from this page: ASM-111 “The export stops”, (?:just now|1 minute ago)\.$/,
  );
  await fill(popup, 'Title', 'A title for a ticket');
  await fill(popup, 'Description', 'It still stops, see the picture.');
  await fill(popup, 'Customer email', 'someone@example.org');
  await addVisibleArea(popup);
  await press(popup, 'Reply to ASM-111');
  await expect.poll(async () => (await focused(popup)).name).toBe('Message');
  expect(await fieldText(popup, 'Message')).toBe('It still stops, see the picture.');
  expect(await fieldText(popup, 'Ticket', 'combobox')).toBe('ASM-111');
  expect(await attachmentCount(popup)).toBe(1);
  await waitForUnderstood(popup, /^Replies to ASM-111 “The export stops”, filed /);

  // The way back: nothing of the ticket is gone.
  await byRole(popup, 'tab', 'New ticket').click();
  await waitForField(popup, 'Title', 'A title for a ticket');
  expect(await fieldText(popup, 'Description')).toBe('It still stops, see the picture.');
  expect(await fieldText(popup, 'Customer email')).toBe('someone@example.org');
  await byRole(popup, 'tab', 'Reply').click();

  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  const [ticketId] = textsOf(record.requestsTo('ticket')[0], 'source_specific_id');
  expect(record.requestsTo('reply').map(({ query }) => query)).toEqual([{ source_specific_id: ticketId }]);
  expect(record.replies).toMatchObject([
    { ticketNumber: 'ASM-111', content: 'It still stops, see the picture.' },
  ]);
  expect(record.replies[0]?.files).toHaveLength(1);
  expect(record.tickets).toHaveLength(1);
});

test('the same passage is told from the same page; a ticket without a number is replied to as well', async () => {
  const { rig, page } = await startWithTicket({ selects: true, isAway: true });
  await page.click('#complaint', { count: 3 });
  const popup = await rig.openPopup(page);
  await waitForNotice(popup, /^You have already filed this passage: “The export stops” \(waiting\), /);
  await press(popup, 'Reply to it');
  await expect.poll(async () => (await focused(popup)).name).toBe('Message');
  expect(await fieldText(popup, 'Ticket', 'combobox')).toMatch(/^cap_[0-9a-f]{32}$/);
  await waitForUnderstood(popup, /^Replies to “The export stops”, which still waits/);
  await sendAndWait(popup, /Queued|Saved/, 'Send reply');
  rig.assembly.faults.clear();
  await expect.poll(() => rig.assembly.record.replies.length, { timeout: 20_000 }).toBe(1);
  expect(rig.assembly.record.replies[0]?.ticketNumber).toBe('ASM-111');
});

test('a dismissed notice stays away from this draft, and another page has none', async () => {
  const { rig, page } = await startWithTicket();
  const popup = await rig.openPopup(page);
  await waitForNotice(popup, /ASM-111/);
  await fill(popup, 'Description', 'Something else');
  await popup.locator('.filed-notice button[aria-label="Dismiss"]').click();
  await expect.poll(() => noticeOf(popup)).toBeNull();
  await closePopup(popup);
  const again = await rig.openPopup(page);
  await waitForField(again, 'Description', 'Something else');
  expect(await noticeOf(again)).toBeNull();
  await press(again, 'Start over');
  await waitForField(again, 'Description', '');
  await closePopup(again);
  const elsewhere = await rig.openPopup(await rig.openPage(`${rig.sampleSite.url}/elsewhere`));
  await elsewhere.waitForSelector(ariaSelector('textbox', 'Description'));
  expect(await noticeOf(elsewhere)).toBeNull();
});

test('the notice comes with the first look, or not at all: no field moves', async () => {
  const { rig, page } = await startWithTicket();
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Title'));
  const top = () => popup.$eval(ariaSelector('textbox', 'Title'), field => field.getBoundingClientRect().top);
  expect(await noticeOf(popup)).not.toBeNull();
  const before = await top();
  await fill(popup, 'Title', 'Another one');
  await addVisibleArea(popup);
  expect(await top()).toBe(before);
  // Right after it is filed, the next draft begins without one.
  await sendAndWait(popup, 'ASM-112 created.');
  await waitForField(popup, 'Title', '');
  expect(await noticeOf(popup)).toBeNull();
});

/** A ticket was filed from the sample page; `isAway`: it waits, for Assembly is out of reach. */
async function startWithTicket({ selects = false, isAway = false } = {}): Promise<{ rig: Rig; page: Page }> {
  const rig = await startRig({
    assembly: { http2: true },
    pages: { '/elsewhere': { body: '<title>Elsewhere</title>' } },
  });
  await connect(rig, { agent });
  if (isAway) rig.assembly.faults.always({ kind: 'drop', match: 'any', commit: false });
  const page = await rig.openPage();
  if (selects) await page.click('#complaint', { count: 3 });
  const popup = await rig.openPopup(page);
  if (selects) await waitForField(popup, 'Description', /^> Since Monday/);
  await fill(popup, 'Title', 'The export stops');
  await sendAndWait(popup, isAway ? 'Queued.' : 'ASM-111 created.');
  await waitForField(popup, 'Title', '');
  await closePopup(popup);
  return { rig, page };
}

function noticeOf(popup: Page): Promise<string | null> {
  return popup.evaluate(() => document.querySelector('.filed-notice p')?.textContent ?? null);
}

async function waitForNotice(popup: Page, words: RegExp): Promise<void> {
  await expect.poll(() => noticeOf(popup)).toMatch(words);
}
