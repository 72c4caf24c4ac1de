import { describe, expect, test } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { killWorker } from '../../tools/chromium/extension.ts';
import {
  addVisibleArea,
  attachmentCount,
  badgeText,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  waitForField,
  waitForText,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

describe('when Assembly cannot be reached', () => {
  test('the ticket waits, the popup is free for the next, and it is delivered by itself', async () => {
    const { rig, popup } = await startWithKey();
    rig.assembly.faults.always({ kind: 'drop', match: 'ticket', commit: false });
    await fill(popup, 'Description', 'While it is away');
    await addVisibleArea(popup);
    const said = await sendAndWait(popup, 'Queued.');
    expect(said).toMatch(/^Queued\. Assembly cannot be reached\. Next try at /);
    await waitForField(popup, 'Description', '');
    expect(await attachmentCount(popup)).toBe(0);
    expect(await badgeText(rig)).toBe('1');
    expect(rig.assembly.record.tickets).toEqual([]);

    await fill(popup, 'Description', 'The next draft');
    rig.assembly.faults.clear();
    await expectTickets(rig, ['While it is away']);
    await waitForStatus(popup, 'ASM-111 created.');
    await expect.poll(() => badgeText(rig)).toBe('');
    expect(rig.assembly.record.tickets[0]?.images).toHaveLength(1);
    expect(await fieldText(popup, 'Description')).toBe('The next draft');
  });

  test('it is delivered after the browser was started anew', async () => {
    const { rig, popup } = await startWithKey();
    rig.assembly.faults.always({ kind: 'drop', match: 'ticket', commit: false });
    await fill(popup, 'Description', 'Before the restart');
    await sendAndWait(popup, 'Queued.');
    await rig.restart();
    await expect.poll(() => badgeText(rig)).toBe('1');
    rig.assembly.faults.clear();
    await expectTickets(rig, ['Before the restart']);
  });
});

describe('when the answer says nothing that can be relied on', () => {
  test('one that is lost after the ticket was created gives one ticket', async () => {
    const { rig, popup } = await startWithKey();
    rig.assembly.faults.next({ kind: 'drop', match: 'ticket', commit: true });
    await fill(popup, 'Description', 'Created, but nobody was told');
    await sendAndWait(popup, 'ASM-111 created.');
    await expectTickets(rig, ['Created, but nobody was told']);
    expect(rig.assembly.record.requestsTo('ticket')).toHaveLength(2);
  });

  test('a sign-in page with status 200 is no success', async () => {
    const { rig, popup } = await startWithKey();
    rig.assembly.faults.next({
      kind: 'answer',
      match: 'ticket',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Sign in to the network</title>',
    });
    await fill(popup, 'Description', 'Behind a captive portal');
    const said = await sendAndWait(popup, /Queued|created/);
    expect(said).toMatch(/^Queued\. The answer did not come from Assembly \(200\)\./);
    await waitForStatus(popup, 'ASM-111 created.');
    await expectTickets(rig, ['Behind a captive portal']);
  });

  test('a worker that is killed while it waits leaves one ticket, created or not', async () => {
    const { rig, popup: first, page } = await startWithKey();
    const { faults, record } = rig.assembly;
    let popup = first;
    for (const commit of [false, true]) {
      faults.next({ kind: 'hang', match: 'ticket', commit });
      await fill(popup, 'Description', `Killed, created: ${commit}`);
      const before = record.requestsTo('ticket').length;
      await waitUntilArmed(popup);
      await press(popup, 'Send ticket');
      await expect.poll(() => record.requestsTo('ticket')[before]?.fault).toBe('hang');
      await closePopup(popup);
      await killWorker(rig.browser, rig.extension);
      popup = await rig.openPopup(page);
      await expect.poll(() => record.requestsTo('ticket').slice(before + 1)).toMatchObject([{ status: 200 }]);
      await waitForField(popup, 'Description', '');
    }
    expect(record.tickets.map(({ query }) => query)).toEqual([
      'Killed, created: false',
      'Killed, created: true',
    ]);
  });
});

describe('when Assembly refuses', () => {
  test('for the moment (429), the ticket waits as long as it is told to', async () => {
    const { rig, popup } = await startWithKey();
    const retryAfterSeconds = 3;
    rig.assembly.faults.next({
      kind: 'answer',
      match: 'ticket',
      status: 429,
      headers: { 'retry-after': String(retryAfterSeconds), 'content-type': 'application/json' },
      body: '{"error":"rate limit exceeded"}',
    });
    await fill(popup, 'Description', 'One of too many');
    const said = await sendAndWait(popup, 'Queued.');
    expect(said).toMatch(/^Queued\. Assembly takes no more requests for the moment\. Next try at /);
    await expectTickets(rig, ['One of too many']);
    const [refused, taken] = rig.assembly.record.requestsTo('ticket').map(({ timeMs }) => timeMs);
    expect((taken ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(retryAfterSeconds * 1_000);
  });

  test('what is in the ticket (400), it comes back with the reason, and is sent once it is put right', async () => {
    const { rig, popup: first, page } = await startWithKey();
    rig.assembly.faults.next({
      kind: 'answer',
      match: 'ticket',
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"query is <b>too</b> short"}',
    });
    let popup = first;
    await fill(popup, 'Description', 'Short');
    await addVisibleArea(popup);
    const said = await sendAndWait(popup, 'Not sent.');
    expect(said).toBe('Not sent. Assembly did not accept it (400: query is <b>too</b> short).');
    await expect.poll(() => badgeText(rig)).toBe('1');
    await closePopup(popup);
    popup = await rig.openPopup(page);
    await waitForStatus(popup, said);
    expect(await fieldText(popup, 'Description')).toBe('Short');
    expect(await attachmentCount(popup)).toBe(1);

    await fill(popup, 'Description', 'Short, but longer now');
    await sendAndWait(popup, 'ASM-111 created.');
    await expectTickets(rig, ['Short, but longer now']);
    const ids = rig.assembly.record.requestsTo('ticket').map(seen => textsOf(seen, 'source_specific_id')[0]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await expect.poll(() => badgeText(rig)).toBe('');
  });
});

test('a double click on Send makes one ticket', async () => {
  const { rig, popup } = await startWithKey();
  rig.assembly.faults.next({ kind: 'delay', match: 'ticket', afterCommitMs: 300 });
  await fill(popup, 'Description', 'Pressed twice');
  await waitUntilArmed(popup);
  await byRole(popup, 'button', 'Send ticket').click({ count: 2, delay: 20 });
  await waitForStatus(popup, 'ASM-111 created.');
  expect(rig.assembly.record.requestsTo('ticket')).toHaveLength(1);
  // A third press, in the popup that is empty now, sends nothing either.
  await press(popup, 'Send ticket');
  await waitForText(popup, 'Write something, add the selection or capture the page.');
  await expectTickets(rig, ['Pressed twice']);
});

test('a dozen tickets that are free to go at once all go, each once, and none is refused', async () => {
  const rig = await startRig();
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  const wanted = Array.from({ length: 12 }, (_, index) => `Ticket ${index + 1}`);
  for (const text of wanted) {
    await fill(popup, 'Description', text);
    await sendAndWait(popup, 'Kept, not sent.');
    await press(popup, 'Start over');
    await waitForField(popup, 'Description', '');
  }
  expect(await badgeText(rig)).toBe('12');
  await fill(popup, 'API key', demoApiKey);
  await press(popup, 'Save key');
  await expectTickets(rig, wanted);
  const { requests } = rig.assembly.record;
  expect(requests.map(({ status }) => status)).toEqual(wanted.map(() => 200));
});

async function startWithKey() {
  const rig = await startRig();
  await connect(rig);
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await popup.waitForSelector(ariaSelector('textbox', 'Description'));
  return { rig, page, popup };
}

/** Waits until Assembly holds these tickets, in any order, and nothing waits in the outbox: no other can come. */
async function expectTickets(rig: Rig, queries: string[]): Promise<void> {
  const now = () => rig.assembly.record.tickets.map(({ query }) => query).sort();
  const wanted = queries.toSorted();
  await expect.poll(now).toEqual(wanted);
  await expect.poll(() => badgeText(rig)).toBe('');
  expect(now()).toEqual(wanted);
}
