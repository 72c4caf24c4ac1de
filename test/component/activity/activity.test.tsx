import { screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, describe, expect, test } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { JobView } from '../../../src/contract/messages.ts';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const sentNames = () => fakeBrowser.sent.map(({ name }) => name);

const states = {
  queued: { name: 'queued' },
  waiting: { name: 'waiting', until: Date.UTC(2024, 5, 10, 19), failure: { kind: 'unreachable' } },
  sending: { name: 'sending', since: 0, runId: 'b' },
  paused: { name: 'paused', failure: { kind: 'no-key' } },
  attention: { name: 'attention', failure: { kind: 'rejected', status: 422, detail: 'bad title' } },
  unknown: { name: 'unknown', failure: { kind: 'timed-out' } },
  sent: { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null },
  sentWithoutNumber: { name: 'sent', at: 0, ticketNumber: null, historyId: null },
} as const satisfies Record<string, JobView['state']>;

let jobs: JobView[];

beforeEach(() => {
  jobs = [];
  fakeBrowser.onMessage({ 'outbox.list': () => ok(jobs), 'outbox.run': () => ok(null) });
});

async function open(...items: JobView[]) {
  jobs = items;
  const shown = show(<Activity />);
  await screen.findAllByRole('listitem');
  return shown;
}

/** The worker changed something and tells all pages. */
function announce(next: JobView[]) {
  jobs = next;
  new BroadcastChannel('capture-changes').postMessage({ about: 'outbox' });
}

describe('an item says what it is, where it is and why, and offers what can be done', () => {
  test.each<[keyof typeof states, JobView['kind'], string, RegExp, string[]]>([
    ['queued', 'ticket', 'Waiting', /Ticket/, ['Discard']],
    ['waiting', 'ticket', 'Waiting', /cannot be reached\. Next try at/, ['Send now', 'Edit', 'Discard']],
    ['sending', 'ticket', 'Sending', /Ticket/, []],
    ['paused', 'ticket', 'Needs attention', /no API key yet/, ['Send now', 'Edit', 'Discard']],
    ['attention', 'ticket', 'Needs attention', /422: bad title/, ['Send now', 'Edit', 'Discard']],
    ['unknown', 'reply', 'May have been sent', /did not answer in time\. Look/, ['Send now', 'Discard']],
    ['sent', 'ticket', 'Sent', /ASM-7/, ['Copy number', 'Reply', 'Discard']],
    ['sentWithoutNumber', 'ticket', 'Sent', /Ticket/, ['Reply', 'Discard']],
    ['sentWithoutNumber', 'reply', 'Sent', /Reply/, ['Discard']],
  ])('%s %s: %s', async (state, kind, word, words, buttons) => {
    await open(makeJobView({ kind, state: states[state] }));
    const item = screen.getByRole('listitem');
    expect(within(item).getByText(word)).toBeTruthy();
    expect(item.textContent).toMatch(words);
    expect(item.textContent).toContain('Export stops');
    const names = within(item)
      .queryAllByRole('button')
      .map(element => element.getAttribute('aria-label'));
    expect(names).toEqual(buttons.map(name => `${name}: Export stops`));
  });

  test('the time and the page; a page of the web is a link that tells it nothing', async () => {
    await open(makeJobView(), makeJobView({ id: 'cap_2', pageUrl: 'file:report.pdf' }));
    const link = screen.getByRole<HTMLAnchorElement>('link', { name: 'forum.example.com/t/42' });
    expect([link.href, link.rel]).toEqual(['https://forum.example.com/t/42', 'noreferrer']);
    expect(screen.getByText('file:report.pdf').tagName).toBe('SPAN');
    expect(document.querySelector('time')?.dateTime).toBe('2024-06-10T18:34:00.000Z');
  });
});

test('an empty list says so, with a real sentence', async () => {
  show(<Activity />);
  expect(await screen.findByText(/^Nothing has been sent yet\./)).toBeTruthy();
  expect(screen.queryByRole('list')).toBeNull();
});

test('items stand in the order of the outbox, and change as it changes', async () => {
  const [newer, older] = [makeJobView({ id: 'n', title: 'Newer' }), makeJobView({ id: 'o', title: 'Older' })];
  await open(newer, older);
  const [first, second] = screen.getAllByRole('listitem');
  expect([first?.textContent, second?.textContent]).toEqual([
    expect.stringContaining('Newer'),
    expect.stringContaining('Older'),
  ]);
  announce([{ ...newer, state: states.sent }, older]);
  expect(await screen.findByText('ASM-7')).toBeTruthy();
});

test('a list that cannot be read says why', async () => {
  fakeBrowser.onMessage({ 'outbox.list': () => fail({ kind: 'storage-unavailable' }) });
  show(<Activity />);
  await waitFor(() => expect(status()).toMatch(/storage cannot be opened/));
});

describe('Send now', () => {
  test('sends, keeps the worker awake, and says what came of it', async () => {
    const job = makeJobView({ state: states.waiting });
    fakeBrowser.onMessage({
      'job.sendNow': () => {
        jobs = [{ ...job, state: states.queued }];
        return ok({ ...job, state: states.queued });
      },
    });
    const { user } = await open(job);
    await user.click(button('Send now: Export stops'));
    await waitFor(() => expect(sentNames()).toContain('outbox.run'));
    expect(status()).toBe('Sending…');
    announce([{ ...job, state: states.sending }]);
    await screen.findByText('Sending');
    announce([{ ...job, state: states.sent }]);
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
  });

  test('a second failure is told with its reason', async () => {
    const job = makeJobView({ state: states.attention });
    fakeBrowser.onMessage({ 'job.sendNow': () => ok(job) });
    const { user } = await open(job);
    await user.click(button('Send now: Export stops'));
    await waitFor(() => expect(status()).toMatch(/^Export stops: Needs attention\. .*bad title/));
  });
});

test('Edit brings the draft back and says where it is', async () => {
  fakeBrowser.onMessage({
    'job.edit': () => {
      jobs = [];
      return ok(emptyDraft('d', 0));
    },
  });
  const { user } = await open(makeJobView({ state: states.attention }));
  await user.click(button('Edit: Export stops'));
  await waitFor(() => expect(status()).toMatch(/in the popup/));
  expect(screen.queryByRole('listitem')).toBeNull();
});

test('Edit says why it cannot', async () => {
  fakeBrowser.onMessage({ 'job.edit': () => fail({ kind: 'draft-in-use' }) });
  const { user } = await open(makeJobView({ state: states.attention }));
  await user.click(button('Edit: Export stops'));
  await waitFor(() => expect(status()).toMatch(/Another draft is being written/));
});

test('Copy number copies the number', async () => {
  const { user } = await open(makeJobView({ state: states.sent }));
  await user.click(button('Copy number: Export stops'));
  await waitFor(() => expect(status()).toBe('ASM-7 copied.'));
  expect(await navigator.clipboard.readText()).toBe('ASM-7');
});

describe('Reply', () => {
  function withDraft(draft: Draft) {
    fakeBrowser.onMessage({
      'draft.read': () =>
        ok({
          draft,
          job: null,
          notices: [],
          readSelection: false,
          hasKey: true,
          outbox: { waiting: 0, needsPerson: 0 },
        }),
      'draft.edit': ({ edits }) => ok({ ...draft, ...edits }),
    });
  }
  const edit = () => fakeBrowser.sent.find(({ name }) => name === 'draft.edit')?.input;

  test.each([
    ['the number', states.sent, 'ASM-7'],
    ['its own id when there is no number', states.sentWithoutNumber, `cap_${'0'.repeat(32)}`],
  ])('makes the untouched draft a reply to %s', async (_, state, replyTarget) => {
    withDraft(emptyDraft('d1', 0));
    const { user } = await open(makeJobView({ state }));
    await user.click(button('Reply: Export stops'));
    await waitFor(() => expect(status()).toMatch(/A reply is ready/));
    expect(edit()).toEqual({ draftId: 'd1', edits: { kind: 'reply', replyTarget }, baseBody: '' });
  });

  test('leaves a draft alone that holds something', async () => {
    withDraft({ ...emptyDraft('d1', 0), body: 'half a sentence' });
    const { user } = await open(makeJobView({ state: states.sent }));
    await user.click(button('Reply: Export stops'));
    await waitFor(() => expect(status()).toMatch(/Another draft is being written/));
    expect(edit()).toBeUndefined();
  });
});

describe('Discard', () => {
  const dialogButton = async (name: string) =>
    within(await screen.findByRole('dialog')).getByRole('button', { name });

  beforeEach(() => {
    fakeBrowser.onMessage({
      'job.discard': () => {
        jobs = [];
        return ok(null);
      },
    });
  });

  test('asks first, and Cancel keeps the item', async () => {
    const { user } = await open(makeJobView({ state: states.waiting }));
    await user.click(button('Discard: Export stops'));
    expect((await screen.findByRole('dialog')).textContent).toContain('Discard “Export stops”?');
    await user.click(await dialogButton('Cancel'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sentNames()).not.toContain('job.discard');
  });

  test('takes the item away, says so, and the focus is not lost', async () => {
    const { user } = await open(makeJobView({ state: states.waiting }));
    await user.click(button('Discard: Export stops'));
    await user.click(await dialogButton('Discard'));
    await waitFor(() => expect(status()).toBe('Discarded: Export stops'));
    expect(screen.queryByRole('listitem')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
  });

  test('of a sent item says that it stays in Assembly', async () => {
    const { user } = await open(makeJobView({ state: states.sent }));
    await user.click(button('Discard: Export stops'));
    expect((await screen.findByRole('dialog')).textContent).toContain('It stays in Assembly.');
  });
});

test('Settings opens the settings', async () => {
  const { user } = await open(makeJobView());
  await user.click(button('Settings'));
  expect(fakeBrowser.openedTabs.map(url => new URL(url).pathname)).toEqual(['/src/options/options.html']);
});
