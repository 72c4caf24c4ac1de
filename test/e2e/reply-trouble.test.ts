import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { activityPath, killWorker, openExtensionPage } from '../../tools/chromium/extension.ts';
import {
  addVisibleArea,
  attachmentCount,
  closePopup,
  fieldText,
  fill,
  sendAndWait,
  waitForField,
  waitForText,
} from '../support/popup-actions.ts';
import { older, startOnReply, startReply, typeTicket } from '../support/reply-actions.ts';
import type { Rig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

describe('a reply that Assembly refuses comes back with all that it holds', () => {
  test('404: the ticket is not there. Another one is typed, and it goes under its id', async () => {
    const { rig, popup } = await startOnReply();
    await fill(popup, 'Ticket', 'desk_43', 'combobox');
    await fill(popup, 'Message', 'To a ticket that is not there');
    await addVisibleArea(popup);
    const said = await sendAndWait(popup, 'Not sent.', 'Send reply');
    expect(said).toBe(
      'Not sent. Assembly did not accept it (404: ticket not found for identifier: desk_43). Check the ticket, then press Send reply again.',
    );
    expect(await fieldText(popup, 'Message')).toBe('To a ticket that is not there');
    expect(await attachmentCount(popup)).toBe(1);
    await typeTicket(popup, 'desk_42');
    await sendAndWait(popup, 'Reply sent.', 'Send reply');
    expectSameReply(rig, [404, 200]);
    expect(rig.assembly.record.replies).toMatchObject([{ ticketNumber: older.number }]);
    expect(rig.assembly.record.replies[0]?.files).toHaveLength(1);
  });

  test.each([
    [
      413,
      'File size exceeds 32MB',
      'Remove the file, or share it by a link instead, then press Send reply again.',
    ],
    [400, 'content is required', 'Change it, then press Send reply again.'],
  ])('%i: its words are shown, with what can be done', async (status, error, advice) => {
    const { rig, popup } = await startOnReply();
    rig.assembly.faults.next({
      kind: 'answer',
      match: 'reply',
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error }),
    });
    await fill(popup, 'Ticket', older.ulid, 'combobox');
    await fill(popup, 'Message', 'Once');
    const said = await sendAndWait(popup, 'Not sent.', 'Send reply');
    expect(said).toBe(`Not sent. Assembly did not accept it (${status}: ${error}). ${advice}`);
    await fill(popup, 'Message', 'Twice');
    await sendAndWait(popup, 'Reply sent.', 'Send reply');
    expectSameReply(rig, [status, 200]);
    expect(rig.assembly.record.replies).toMatchObject([{ content: 'Twice' }]);
  });

  test('409: it is there already, so it was sent', async () => {
    const { rig, popup } = await startOnReply();
    rig.assembly.faults.next({
      kind: 'answer',
      match: 'reply',
      status: 409,
      headers: { 'content-type': 'application/json' },
      body: '{"error": "source specific id already exists"}',
    });
    await fill(popup, 'Ticket', older.ulid, 'combobox');
    await fill(popup, 'Message', 'Twice on its way');
    expect(await sendAndWait(popup, 'Reply sent.', 'Send reply')).toBe('Reply sent.');
    expectSameReply(rig, [409]);
    await startReply(popup);
  });
});

describe('a reply whose answer is lost may have been sent', () => {
  test('Send now sends it again under its id, and Assembly takes it for the same', async () => {
    const { rig, popup, page } = await startOnReply();
    const { record, faults, config } = rig.assembly;
    config.change({ replyDedupe: 'conflict' });
    faults.next({ kind: 'drop', match: 'reply', commit: true });
    await fill(popup, 'Ticket', older.ulid, 'combobox');
    await fill(popup, 'Message', 'Perhaps');
    await sendAndWait(popup, 'May have been sent.', 'Send reply');
    await closePopup(popup);

    // What would send it by itself: a new worker, and another item that goes out.
    await killWorker(rig.browser, rig.extension);
    const again = await rig.openPopup(page);
    await waitForStatus(again, 'May have been sent.');
    await waitForField(again, 'Message', 'Perhaps');
    expect(record.requestsTo('reply')).toHaveLength(1);
    await closePopup(again);

    const activity = await openExtensionPage(rig.browser, rig.extension, activityPath);
    await waitForText(activity, 'May have been sent');
    await byRole(activity, 'button', 'Send now: Perhaps').click();
    await expectState(activity, 'Sent');
    expectSameReply(rig, [null, 409]);
    expect(record.replies).toMatchObject([{ content: 'Perhaps' }]);
  });

  test('one that never came is sent by the second press, once', async () => {
    const { rig, popup } = await startOnReply();
    rig.assembly.faults.next({ kind: 'drop', match: 'reply', commit: false });
    await fill(popup, 'Ticket', older.ulid, 'combobox');
    await fill(popup, 'Message', 'Lost on the way');
    await sendAndWait(popup, 'May have been sent.', 'Send reply');
    await sendAndWait(popup, 'Reply sent.', 'Send reply');
    expectSameReply(rig, [null, 200]);
    expect(rig.assembly.record.replies).toMatchObject([{ content: 'Lost on the way' }]);
  });
});

/** All requests were tries of one reply, under one id. */
function expectSameReply(rig: Rig, statuses: (number | null)[]): void {
  const requests = rig.assembly.record.requestsTo('reply');
  expect(requests.map(({ status }) => status)).toEqual(statuses);
  expect(new Set(requests.map(seen => textsOf(seen, 'source_specific_id')[0])).size).toBe(1);
}

async function expectState(activity: Page, state: string): Promise<void> {
  await expect
    .poll(() => activity.$$eval('.state', words => words.map(({ textContent }) => textContent)))
    .toEqual([state]);
}
