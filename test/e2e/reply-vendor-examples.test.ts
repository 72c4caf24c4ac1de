import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import type { FilePart } from '../../tools/assembly/multipart-form.ts';
import type { SeenRequest } from '../../tools/assembly/record.ts';
import { byRole } from '../../tools/chromium/by-role.ts';
import { chooseFromMenu } from '../../tools/chromium/display.ts';
import { popupPage } from '../../tools/chromium/extension.ts';
import { samplePng } from '../integration/assembly/sample-images.ts';
import { attach } from '../support/attaching.ts';
import { attachmentCount, connect, fieldText, fill, sendAndWait } from '../support/popup-actions.ts';
import { startOnReply } from '../support/reply-actions.ts';
import { startDisplayRig } from '../support/rig.ts';
import { expectHeaders, expectTimestamp, textFields } from '../support/sent-fields.ts';

// The three requests of "Create Interaction Reply" on the vendor's page, made by the extension: the same parameter, the
// same fields with the same values. The ids of the replies and their times are the extension's own.

const startMs = Date.now();
const someTicket = { number: 'ASM-7', query: 'A ticket of the vendor’s page' };

test('Example Request (with Assembly ULID)', async () => {
  const ulid = '01KKXRZM9PJRKJ488ZK3PB6JPX';
  const { rig, popup } = await startOnReply({
    sender: { name: 'John Doe', email: 'john@example.com' },
    tickets: [{ ...someTicket, ulid, sourceSpecificId: null }],
  });
  await fill(popup, 'Ticket', ulid, 'combobox');
  await fill(popup, 'Message', 'This is my reply to the ticket');
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  expect(sentBy(rig.assembly.record.requestsTo('reply'))).toEqual({
    query: { id: ulid },
    content: ['This is my reply to the ticket'],
    user: { name: 'John Doe', email: 'john@example.com' },
    files: [],
    files_image_url: undefined,
  });
});

test('Example Request (with source_specific_id)', async () => {
  const { rig, popup } = await startOnReply({
    sender: { name: 'Jane Doe', email: 'jane@example.com' },
    tickets: [{ ...someTicket, ulid: '01J0000000000000000000000A', sourceSpecificId: 'ticket_ss_123' }],
  });
  await fill(popup, 'Ticket', 'ticket_ss_123', 'combobox');
  await fill(popup, 'Message', 'Reply via source specific ID');
  const pdf = Buffer.from('%PDF-1.7\n\0\u00ff\r\n%%EOF', 'latin1');
  await attach(popup, { 'attachment.pdf': pdf });
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  expect(sentBy(rig.assembly.record.requestsTo('reply'))).toEqual({
    query: { source_specific_id: 'ticket_ss_123' },
    content: ['Reply via source specific ID'],
    user: { name: 'Jane Doe', email: 'jane@example.com' },
    files: [['attachment.pdf', 'application/pdf', pdf]],
    files_image_url: undefined,
  });
});

test('Example Request (with file uploads)', async context => {
  const addresses = ['https://example.com/image1.jpg', 'https://example.com/image2.jpg'];
  const rig = await startDisplayRig(context, {
    assembly: {
      seed: {
        tickets: [{ ...someTicket, ulid: '01J0000000000000000000000A', sourceSpecificId: 'ticket_abc123' }],
      },
    },
    pages: {
      '/pictures': {
        body: addresses
          .map((src, index) => `<p><img id="image${index}" src="${src}" width="300" height="200" alt="">`)
          .join(''),
      },
    },
  });
  await connect(rig, { agent: { name: 'Alice', email: 'alice@example.com' } });
  const page = await rig.openPage(`${rig.sampleSite.url}/pictures`);
  const popups: Page[] = [];
  for (const index of addresses.keys()) {
    await popups.at(-1)?.close();
    await page.bringToFront();
    await chooseFromMenu(rig.display, page, `#image${index}`, ['Up', 'Up', 'Return']);
    const opened = await popupPage(rig.browser, rig.extension);
    await expect.poll(() => attachmentCount(opened)).toBe(index + 1);
    popups.push(opened);
  }
  const [popup] = popups.slice(-1);
  if (!popup) throw new Error('No popup opened.');
  await byRole(popup, 'tab', 'Reply').click();
  await fill(popup, 'Ticket', 'ticket_abc123', 'combobox');
  await fill(popup, 'Message', 'Here are the files you requested');
  expect(await fieldText(popup, 'Message')).toBe('Here are the files you requested');
  const pdf = Buffer.from('%PDF-1.4 document 1');
  const png = samplePng(8, 4);
  await attach(popup, { 'document1.pdf': pdf, 'image.png': png });
  await sendAndWait(popup, 'Reply sent.', 'Send reply');
  expect(sentBy(rig.assembly.record.requestsTo('reply'))).toEqual({
    query: { source_specific_id: 'ticket_abc123' },
    content: ['Here are the files you requested'],
    user: { name: 'Alice', email: 'alice@example.com' },
    files: [
      ['document1.pdf', 'application/pdf', pdf],
      ['image.png', 'image/png', png],
    ],
    files_image_url: ['https://example.com/image1.jpg,https://example.com/image2.jpg'],
  });
});

/** What the one reply carried, apart from its own id and time, which are looked at here. */
function sentBy(requests: readonly SeenRequest[]) {
  expect(requests).toHaveLength(1);
  const [sent] = requests;
  expect(sent).toMatchObject({ method: 'POST', path: '/interactions/reply' });
  expectHeaders(sent);
  const { user, content, source_specific_id, original_timestamp, files_image_url, ...others } =
    textFields(sent);
  expect(others).toEqual({});
  expect(source_specific_id).toEqual([expect.stringMatching(/^capr_[0-9a-f]{32}$/)]);
  expect(original_timestamp).toHaveLength(1);
  expectTimestamp(original_timestamp?.[0], startMs);
  expect(user).toHaveLength(1);
  const files = sent?.parts.filter((part): part is FilePart => part.kind === 'file') ?? [];
  expect(files.map(({ name }) => name)).toEqual(files.map(() => 'files'));
  return {
    query: sent?.query,
    content,
    user: JSON.parse(user?.[0] ?? ''),
    files: files.map(({ filename, contentType, bytes }) => [filename, contentType, bytes]),
    files_image_url,
  };
}
