import { screen, waitFor } from '@testing-library/dom';
import { beforeEach, describe, expect, test } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { MessageInput } from '../../../src/contract/messages.ts';
import type { DiscardedView, JobView } from '../../../src/contract/views.ts';
import { emptyDraft } from '../../../src/core/draft.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const names = ['First', 'Second', 'Third'];
const waiting: JobView['state'] = { name: 'paused', failure: { kind: 'no-key' } };

let jobs: JobView[];
let discarded: JobView | undefined;
let replies: DiscardedView;

beforeEach(() => {
  replies = { repliesGone: 0, repliesLeft: 0 };
  jobs = names.map((title, at) => makeJobView({ id: title, title, order: 3 - at, state: waiting }));
  fakeBrowser.onMessage({
    'outbox.list': () => ok({ jobs, unreadable: [] }),
    'outbox.run': () => ok(null),
    'history.page': () => ok({ jobs: [], below: null }),
    'drafts.list': () => ok([]),
    'job.discard': ({ jobId }) => {
      discarded = jobs.find(({ id }) => id === jobId);
      jobs = jobs.filter(({ id }) => id !== jobId);
      return ok(replies);
    },
    'job.undoDiscard': undoDiscard,
  });
});

function undoDiscard({ jobId }: MessageInput<'job.undoDiscard'>): Result<JobView> {
  if (discarded?.id !== jobId) return fail({ kind: 'not-found' });
  jobs = [...jobs, discarded].sort((a, b) => b.order - a.order);
  return ok(discarded);
}

async function open() {
  const { user } = show(<Activity />);
  await screen.findAllByRole('listitem');
  return user;
}
const listed = () =>
  screen.queryAllByRole('listitem').map(item => item.querySelector('p')?.textContent?.trim());
const focusedItem = () => document.activeElement?.querySelector('p')?.textContent?.trim();

test('Discard acts at once, says so, and the focus goes to the item that takes its place', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await waitFor(() => expect(status()).toBe('Discarded: Second'));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(listed()).toEqual(['First', 'Third']);
  expect(focusedItem()).toBe('Third');
});

test('of the last item the focus goes to the one before, and of the only one to the status line', async () => {
  const user = await open();
  for (const [name, next] of [
    ['Third', 'Second'],
    ['Second', 'First'],
  ] as const) {
    await user.click(button(`Discard: ${name}`));
    await waitFor(() => expect(focusedItem()).toBe(next));
  }
  await user.click(button('Discard: First'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
  expect(screen.getByText(/^Nothing has been sent yet/)).toBeTruthy();
});

test('Undo brings it back, says so, and gives it the focus', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(status()).toBe('Brought back: Second'));
  expect(listed()).toEqual(names);
  await waitFor(() => expect(focusedItem()).toBe('Second'));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test.each([
  [1, 0, 'Discarded: Second, and the reply that waited for it', 'Brought back: Second, and the reply to it'],
  [
    2,
    0,
    'Discarded: Second, and the 2 replies that waited for it',
    'Brought back: Second, and the 2 replies to it',
  ],
  [
    0,
    1,
    'Discarded: Second. The reply to it stays, because Assembly may have got the ticket.',
    'Brought back: Second',
  ],
  [
    0,
    2,
    'Discarded: Second. The 2 replies to it stay, because Assembly may have got the ticket.',
    'Brought back: Second',
  ],
])('%i replies that go with a ticket and %i that stay are told of', async (gone, left, words, undone) => {
  replies = { repliesGone: gone, repliesLeft: left };
  const user = await open();
  await user.click(button('Discard: Second'));
  await waitFor(() => expect(status()).toBe(words));
  await user.click(button('Undo'));
  await waitFor(() => expect(status()).toBe(undone));
});

test('what was brought back takes the focus once, and not again when the list was empty for a moment', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(focusedItem()).toBe('Second'));
  const search = screen.getByRole('searchbox', { name: 'Search' });
  await user.type(search, 'Secondx');
  await screen.findByText('No item matches.');
  await user.keyboard('{Backspace}');
  await waitFor(() => expect(listed()).toEqual(['Second']));
  expect(document.activeElement).toBe(search);
});

test('Ctrl+Z does the same, but in the search field it is of what was typed', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await screen.findByRole('button', { name: 'Undo' });
  await user.click(screen.getByRole('searchbox', { name: 'Search' }));
  await user.keyboard('{Control>}z{/Control}');
  expect(listed()).toEqual(['First', 'Third']);
  await user.click(screen.getByRole('radio', { name: /^All/ }));
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(listed()).toEqual(names));
});

test('Undo goes with the next action', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await screen.findByRole('button', { name: 'Undo' });
  fakeBrowser.onMessage({ 'job.sendNow': () => fail({ kind: 'busy' }) });
  await user.click(button('Send now: Third'));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
});

test('what comes without the person leaves Undo there, and says what it is for', async () => {
  const sent: JobView['state'] = { name: 'sent', at: 0, ticketNumber: 'ASM-9', historyId: null };
  const user = await open();
  fakeBrowser.onMessage({
    'job.sendNow': () => {
      jobs = jobs.map(job =>
        job.id === 'First' ? { ...job, state: { ...waiting, name: 'sending', since: 0, runId: 'r' } } : job,
      );
      return ok(makeJobView());
    },
  });
  await user.click(button('Send now: First'));
  await screen.findByText('Sending', { selector: '.state' });
  await user.click(button('Discard: Second'));
  await screen.findByRole('button', { name: 'Undo' });
  jobs = jobs.map(job => (job.id === 'First' ? { ...job, state: sent } : job));
  new BroadcastChannel('capture-changes').postMessage({ about: 'outbox' });
  await waitFor(() => expect(status()).toBe('ASM-9 created. Discarded: Second'));
  expect(button('Undo')).toBeTruthy();
});

test('a discard that fails is told, and one that is gone already leaves the list', async () => {
  const user = await open();
  fakeBrowser.onMessage({ 'job.discard': () => fail({ kind: 'busy' }) });
  await user.click(button('Discard: Second'));
  await waitFor(() => expect(status()).not.toBe(''));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  expect(listed()).toEqual(names);
});

test('an undo that comes too late is told', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  fakeBrowser.onMessage({ 'job.undoDiscard': () => fail({ kind: 'not-found' }) });
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(status()).toBe('It is no longer there.'));
  expect(listed()).toEqual(['First', 'Third']);
});

test('once all is erased elsewhere nothing is taken back, and its name is gone', async () => {
  const user = await open();
  await user.click(button('Discard: Second'));
  await waitFor(() => expect(status()).toBe('Discarded: Second'));
  jobs = [];
  for (const about of ['erased', 'outbox'] as const) announceChange({ about });
  await waitFor(() => expect(status()).toBe(''));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

describe('when an answer takes its time', () => {
  const asked = (name: string) => fakeBrowser.sent.filter(message => message.name === name).length;
  const aMoment = () => new Promise(resolve => setTimeout(resolve, 50));

  test('Discard pressed again is the same press, and Undo stays', async () => {
    const user = await open();
    const late = heldPromise<void>();
    fakeBrowser.onMessage({
      'job.discard': async ({ jobId }) => {
        await late.promise;
        if (!jobs.some(({ id }) => id === jobId)) return fail({ kind: 'not-found' });
        jobs = jobs.filter(({ id }) => id !== jobId);
        return ok(replies);
      },
    });
    await user.dblClick(button('Discard: Second'));
    late.resolve();
    await screen.findByRole('button', { name: 'Undo' });
    await aMoment();
    expect(status()).toBe('Discarded: Second');
    expect(asked('job.discard')).toBe(1);
  });

  test('Reply pressed again makes one reply', async () => {
    const sent: JobView['state'] = { name: 'sent', at: 0, ticketNumber: 'ASM-9', historyId: null };
    jobs = [makeJobView({ title: 'Export', state: sent })];
    const user = await open();
    const draft = emptyDraft('d'.repeat(32), 0);
    const reading = heldPromise<void>();
    fakeBrowser.onMessage({
      'draft.read': async () => {
        await reading.promise;
        return ok(makePopupView(draft));
      },
      'draft.startOver': () => ok(draft),
      'draft.edit': ({ edits }) => ok({ ...draft, ...edits }),
    });
    await user.dblClick(button('Reply: Export'));
    reading.resolve();
    await waitFor(() => expect(status()).toMatch(/in the popup/));
    await aMoment();
    expect(asked('draft.startOver')).toBe(1);
  });

  test('what was discarded since the press can be taken back all the same', async () => {
    const user = await open();
    const sending = heldPromise<Result<JobView>>();
    fakeBrowser.onMessage({ 'job.sendNow': () => sending.promise });
    await user.click(button('Send now: First'));
    await user.click(button('Discard: Second'));
    await screen.findByRole('button', { name: 'Undo' });
    sending.resolve(fail({ kind: 'busy' }));
    await waitFor(() => expect(status()).toMatch(/. Discarded: Second$/));
    await user.click(button('Undo'));
    await waitFor(() => expect(listed()).toEqual(names));
  });

  test('an undo that did not come through can be tried again', async () => {
    const user = await open();
    await user.click(button('Discard: Second'));
    fakeBrowser.onMessage({
      'job.undoDiscard': () => fail({ kind: 'unexpected', detail: 'the worker was stopped' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(status()).toMatch(/worker was stopped/));
    fakeBrowser.onMessage({ 'job.undoDiscard': undoDiscard });
    await user.click(button('Undo'));
    await waitFor(() => expect(listed()).toEqual(names));
  });
});
