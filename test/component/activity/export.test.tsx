import { screen, waitFor, within } from '@testing-library/dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { ExportedJob, JobView } from '../../../src/contract/views.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const exported: ExportedJob = {
  kind: 'ticket',
  source_specific_id: 'cap_1',
  ticket_number: 'ASM-7',
  history_id: null,
  state: 'sent',
  created_at: '2024-06-10T18:34:00.000Z',
  sent_at: '2024-06-10T18:34:02.000Z',
  tries: 1,
  title: '=HYPERLINK("https://evil.example")',
  text: 'Two\nlines, "quoted"',
  reply_to: '',
  customer_email: 'ada@example.com',
  customer_name: 'Ada',
  company: '',
  page_url: 'https://forum.example.com/t/42',
  files: ['shot.png'],
  properties: { order: 42 },
};

let jobs: JobView[];
let saved: { name: string; text: Promise<string> }[];

beforeEach(() => {
  jobs = [makeJobView()];
  saved = [];
  fakeBrowser.onMessage({
    'outbox.list': () => ok({ jobs, unreadable: [] }),
    'history.page': () => ok({ jobs: [], below: null }),
    'drafts.list': () => ok([]),
    'history.export': ({ below }) =>
      below === null
        ? ok({ jobs: [exported], below: 5 })
        : ok({ jobs: [{ ...exported, source_specific_id: 'cap_0' }], below: null }),
  });
  let blob = new Blob();
  vi.spyOn(URL, 'createObjectURL').mockImplementation(given => {
    blob = given as Blob;
    return 'blob:fake/1';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: blob.text() });
  });
});
afterEach(() => void vi.restoreAllMocks());

async function open() {
  const { user } = show(<Activity />);
  await screen.findAllByRole('listitem');
  return user;
}

test('Export JSON gives all parts in one file, with when and by which version', async () => {
  const user = await open();
  await user.click(button('Export JSON'));
  await waitFor(() =>
    expect(status()).toMatch(/^2 items saved as file: capture-history-\d{4}-\d\d-\d\d\.json$/),
  );
  expect(saved[0]?.name).toMatch(/\.json$/);
  const file = JSON.parse((await saved[0]?.text) ?? '');
  expect(file).toEqual({
    exported_at: expect.stringMatching(/^\d{4}-.*Z$/),
    extension_version: '0.1.0',
    items: [exported, { ...exported, source_specific_id: 'cap_0' }],
  });
});

test('one item is one item', async () => {
  fakeBrowser.onMessage({ 'history.export': () => ok({ jobs: [exported], below: null }) });
  const user = await open();
  await user.click(button('Export JSON'));
  await waitFor(() => expect(status()).toMatch(/^1 item saved as file: /));
});

test('Export CSV gives the same as a table, with no cell that a spreadsheet would run', async () => {
  const user = await open();
  await user.click(button('Export CSV'));
  await waitFor(() => expect(status()).toMatch(/^2 items saved as file: .*\.csv$/));
  const bytes = (await saved[0]?.text) ?? '';
  const lines = bytes.replace(/^\ufeff/, '').split('\r\n');
  expect(lines[0]).toBe(Object.keys(exported).join(','));
  expect(lines[1]).toBe(
    'ticket,cap_1,ASM-7,,sent,2024-06-10T18:34:00.000Z,2024-06-10T18:34:02.000Z,1,' +
      '"\'=HYPERLINK(""https://evil.example"")","Two\nlines, ""quoted""",,ada@example.com,Ada,,' +
      'https://forum.example.com/t/42,"[""shot.png""]","{""order"":42}"',
  );
  expect(lines).toHaveLength(4);
});

test('an export that fails is told, and no half of it is saved', async () => {
  fakeBrowser.onMessage({
    'history.export': ({ below }) =>
      below === null ? ok({ jobs: [exported], below: 5 }) : fail({ kind: 'storage-unavailable' }),
  });
  const user = await open();
  await user.click(button('Export CSV'));
  await waitFor(() => expect(status()).toMatch(/storage cannot be opened/));
  expect(saved).toEqual([]);
  expect(button('Export CSV').getAttribute('aria-disabled')).toBe('false');
});

test('Erase everything asks first; then the page is empty and says so', async () => {
  fakeBrowser.onMessage({
    'data.eraseEverything': () => {
      jobs = [];
      return ok(null);
    },
  });
  const user = await open();
  await user.click(button('Erase everything'));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(jobs).toHaveLength(1);
  await user.click(button('Erase everything'));
  await user.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Erase everything' }),
  );
  await screen.findByText(/^Nothing has been sent yet/);
  await waitFor(() => expect(status()).toBe('Everything is erased.'));
  expect(screen.queryByRole('listitem')).toBeNull();
});
