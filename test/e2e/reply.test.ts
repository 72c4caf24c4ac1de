import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { FilePart } from '../../tools/assembly/multipart-form.ts';
import { byRole, waitForStatus } from '../../tools/chromium/by-role.ts';
import { killWorker, openExtensionPage, settingsPath } from '../../tools/chromium/extension.ts';
import {
  addVisibleArea,
  attachmentCount,
  clear,
  closePopup,
  connect,
  fieldText,
  fill,
  press,
  sendAndWait,
  typeAtEnd,
  waitForField,
  waitForText,
  waitUntilArmed,
} from '../support/popup-actions.ts';
import { differentShare } from '../support/read-draft.ts';
import {
  agent,
  offeredTickets,
  older,
  startOnReply,
  startReply,
  typeTicket,
  waitForUnderstood,
} from '../support/reply-actions.ts';
import { startRig } from '../support/rig.ts';
import { expectHeaders, expectTimestamp, textFields, textsOf } from '../support/sent-fields.ts';
import { noisePage } from '../support/test-pages.ts';

test('a reply to the ticket that was just filed carries the agent and the shot at full size', async () => {
  const startMs = Date.now();
  const rig = await startRig({ assembly: { http2: true }, pages: { '/noise': noisePage(1_600, 1_200) } });
  await connect(rig, { agent });
  const page = await rig.openPage(`${rig.sampleSite.url}/noise`);
  await rig.browser.setWindowBounds(await page.windowId(), { width: 1_600, height: 1_200 });
  await page.waitForFunction(() => innerWidth === 1_600 && document.title === 'drawn');
  const screenshot = PNG.sync.read(Buffer.from(await page.screenshot()));
  const popup = await rig.openPopup(page);
  await fill(popup, 'Description', 'The ticket');
  await sendAndWait(popup, 'ASM-111 created.');

  await startReply(popup);
  await byRole(popup, 'combobox', 'Ticket').click();
  await expect.poll(() => offeredTickets(popup)).toEqual(['ASM-111 The ticket']);
  await fill(popup, 'Ticket', 'asm-111', 'combobox');
  await waitForUnderstood(popup, /^Replies to ASM-111 “The ticket”, filed just now from 127\.0\.0\.1:\d+\.$/);
  await fill(popup, 'Message', 'We see it too.\nA fix is on its way.');
  await addVisibleArea(popup);
  expect(await sendAndWait(popup, 'Reply sent.', 'Send reply')).toBe('Reply sent.');

  const { record } = rig.assembly;
  const [ticketId] = textsOf(record.requestsTo('ticket')[0], 'source_specific_id');
  expect(record.requests.map(({ endpoint }) => endpoint)).toEqual(['ticket', 'reply']);
  const [sent] = record.requestsTo('reply');
  expect(sent).toMatchObject({ method: 'POST', path: '/interactions/reply' });
  expect(sent?.query).toEqual({ source_specific_id: ticketId });
  expect(textFields(sent)).toEqual({
    content: ['We see it too.\nA fix is on its way.'],
    user: [expect.any(String)],
    source_specific_id: [expect.stringMatching(/^capr_[0-9a-f]{32}$/)],
    original_timestamp: [expect.any(String)],
  });
  expect(JSON.parse(textsOf(sent, 'user')[0] ?? '')).toEqual(agent);
  expectTimestamp(textsOf(sent, 'original_timestamp')[0], startMs);
  expectHeaders(sent);
  const files = sent?.parts.filter((part): part is FilePart => part.kind === 'file') ?? [];
  expect(files).toMatchObject([
    { name: 'files', contentType: 'image/png', filename: expect.stringMatching(/^Visible area.*\.png$/) },
  ]);
  // More than a ticket could carry, so nothing was made to fit.
  expect(files[0]?.sizeBytes).toBeGreaterThan(4_000_000);
  const picture = PNG.sync.read(files[0]?.bytes ?? Buffer.alloc(0));
  expect(differentShare(picture, screenshot)).toBe(0);
  expect(record.replies).toMatchObject([{ ticketNumber: 'ASM-111' }]);
});

test('a ticket from elsewhere is found by its ULID or a link with it, and not by its number', async () => {
  const { rig, popup } = await startOnReply();
  const { record } = rig.assembly;
  await fill(popup, 'Message', 'Hello');
  await fill(popup, 'Ticket', older.number, 'combobox');
  await waitForUnderstood(
    popup,
    'ASM-42 was not filed from here, and Assembly takes no replies by a number. Open it there, and paste its link or ULID.',
  );
  await waitUntilArmed(popup);
  await press(popup, 'Send reply');
  await waitForText(
    popup,
    'Assembly cannot be asked for a ticket by its number alone. Paste the ticket’s ULID',
  );
  await clear(popup, 'Ticket', 'combobox');
  await press(popup, 'Send reply');
  await waitForText(popup, 'Choose the ticket to reply to.');
  expect(record.requests).toEqual([]);

  await fill(
    popup,
    'Ticket',
    `https://app.example.com/${older.ulid}/${older.ulid.slice(0, -1)}B`,
    'combobox',
  );
  await waitForUnderstood(popup, 'There are several ULIDs in this link. Paste the ULID of the ticket alone.');
  await typeTicket(popup, 'https://app.example.com/inbox/42');
  await waitForUnderstood(popup, /^There is no ULID in this link\. /);
  await press(popup, 'Send reply');
  await waitForUnderstood(popup, /^This is neither a ticket that you filed, nor a ULID/);
  expect(record.requests).toEqual([]);

  await typeTicket(popup, older.ulid.toLowerCase());
  await waitForUnderstood(popup, 'Replies to the ticket with this ULID.');
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  await startReply(popup);
  await fill(popup, 'Ticket', `https://app.example.com/inbox/${older.ulid}?view=all`, 'combobox');
  await waitForUnderstood(popup, `Replies to the ticket with the ULID of this link, ${older.ulid}.`);
  await fill(popup, 'Message', 'Hello again');
  await press(popup, 'Send reply');
  await startReply(popup);
  await fill(popup, 'Ticket', 'desk_42', 'combobox');
  await waitForUnderstood(popup, 'Replies to the ticket that was filed under this source ID.');
  await fill(popup, 'Message', 'Once more');
  await press(popup, 'Send reply');
  await waitForField(popup, 'Description', '');
  expect(record.requestsTo('reply').map(({ query }) => query)).toEqual([
    { id: older.ulid },
    { id: older.ulid },
    { source_specific_id: 'desk_42' },
  ]);
  expect(record.replies).toMatchObject([
    { ticketNumber: older.number, content: 'Hello' },
    { ticketNumber: older.number, content: 'Hello again' },
    { ticketNumber: older.number, content: 'Once more' },
  ]);
});

test('without an agent nothing is sent; the agent is asked for right there, and kept in the settings', async () => {
  const { rig, popup } = await startOnReply({ sender: null });
  await fill(popup, 'Ticket', older.ulid, 'combobox');
  await fill(popup, 'Message', 'From nobody');
  await waitUntilArmed(popup);
  await press(popup, 'Send reply');
  await waitForText(popup, 'Enter your email.');
  expect(rig.assembly.record.requests).toEqual([]);
  expect(await fieldText(popup, 'Message')).toBe('From nobody');

  // The problem has brought the focus there; sent by the keyboard before what was typed has rested.
  await popup.keyboard.type(agent.email);
  await popup.keyboard.down('Shift');
  await popup.keyboard.press('Tab');
  await popup.keyboard.up('Shift');
  await popup.keyboard.type(agent.name);
  await popup.keyboard.down('Control');
  await popup.keyboard.press('Enter');
  await popup.keyboard.up('Control');
  await waitForStatus(popup, 'Reply sent.');
  const [sent] = rig.assembly.record.requestsTo('reply');
  expect(JSON.parse(textsOf(sent, 'user')[0] ?? '')).toEqual(agent);

  await startReply(popup);
  await waitForText(popup, 'From Ada Moreau <ada@example.com>');
  // A popup that goes away in the middle of typing has stored what was typed.
  await press(popup, 'Change who replies');
  await typeAtEnd(popup, 'Your name', 's');
  await closePopup(popup);
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await waitForField(settings, 'Your name', `${agent.name}s`);
  expect(await fieldText(settings, 'Your email')).toBe(agent.email);
});

test('one whose answer is lost may have been sent: the person says whether it goes again', async () => {
  const started = await startOnReply();
  const { rig, page } = started;
  let { popup } = started;
  const { record, faults, config } = rig.assembly;
  faults.next({ kind: 'drop', match: 'reply', commit: true });
  await fill(popup, 'Ticket', older.ulid, 'combobox');
  await fill(popup, 'Message', 'Perhaps');
  await addVisibleArea(popup);
  const said = await sendAndWait(popup, 'May have been sent.', 'Send reply');
  expect(said).toContain('Press Send reply to send it again.');
  expect(await fieldText(popup, 'Message')).toBe('Perhaps');

  // What would send it by itself: a new worker, a run of the outbox that delivers something else.
  await closePopup(popup);
  await killWorker(rig.browser, rig.extension);
  popup = await rig.openPopup(page);
  await waitForStatus(popup, said);
  expect(record.requestsTo('reply')).toHaveLength(1);
  await waitForField(popup, 'Message', 'Perhaps');
  expect(await attachmentCount(popup)).toBe(1);

  config.change({ replyDedupe: 'conflict' });
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  const requests = record.requestsTo('reply');
  expect(requests.map(({ status }) => status)).toEqual([null, 409]);
  expect(new Set(requests.map(seen => textsOf(seen, 'source_specific_id')[0])).size).toBe(1);
  expect(record.replies).toMatchObject([{ content: 'Perhaps' }]);
});

test('while one may have been sent, a ticket goes out and the reply still does not', async () => {
  const { rig, popup } = await startOnReply();
  const { record, faults } = rig.assembly;
  faults.next({ kind: 'truncate', match: 'reply', commit: true });
  await fill(popup, 'Ticket', older.ulid, 'combobox');
  await fill(popup, 'Message', 'Perhaps');
  await sendAndWait(popup, 'May have been sent.', 'Send reply');
  await press(popup, 'Start over');
  await waitForStatus(popup, 'A new draft.');
  await byRole(popup, 'tab', 'New ticket').click();
  await fill(popup, 'Description', 'Something else');
  faults.next({ kind: 'answer', match: 'ticket', status: 503 });
  // This try and the next one are two looks at the outbox.
  await sendAndWait(popup, 'ASM-111 created.');
  expect(record.requestsTo('ticket')).toHaveLength(2);
  expect(record.requestsTo('reply')).toHaveLength(1);
});

test('over HTTP/1.1 replies go too, and only the first asks first how the connection is', async () => {
  const { rig, popup } = await startOnReply({ http2: false });
  const { record } = rig.assembly;
  for (const message of ['First', 'Second']) {
    if (message === 'Second') await startReply(popup);
    await fill(popup, 'Ticket', older.ulid, 'combobox');
    await fill(popup, 'Message', message);
    await press(popup, 'Send reply');
    await expect.poll(() => record.replies.map(({ content }) => content)).toContain(message);
    await waitForStatus(popup, 'Reply sent.');
  }
  expect(record.requests.map(({ endpoint }) => endpoint)).toEqual(['list-users', 'reply', 'reply']);
});
