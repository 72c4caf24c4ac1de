import { screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, expect, test } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { DraftSummary } from '../../../src/contract/views.ts';
import { emptyDraft } from '../../../src/core/draft.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { makeDraftSummary } from '../../support/make-draft-summary.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const region = () => within(screen.getByRole('region', { name: 'Drafts' }));
const button = (name: string) => region().getByRole('button', { name });
let drafts: DraftSummary[];

beforeEach(() => {
  fakeBrowser.onMessage({
    'outbox.list': () => ok({ jobs: [], unreadable: [] }),
    'history.page': () => ok({ jobs: [], below: null }),
    'drafts.list': () => ok(drafts),
  });
});

async function open(...items: DraftSummary[]) {
  drafts = items;
  const { user } = show(<Activity />);
  await screen.findByRole('heading', { name: 'Drafts' });
  return user;
}

test('a draft says what it is, from where, since when and until when it is kept', async () => {
  await open(makeDraftSummary({ attachments: 2 }), makeDraftSummary({ id: 'e', title: '', attachments: 1 }));
  const [first, second] = region().getAllByRole('listitem');
  expect(first?.textContent).toMatch(
    /Half a thought.*2 attachments.*Put aside .*2024.*, kept until (17 June|June 17).*forum\.example\.com/,
  );
  expect(second?.textContent).toMatch(/Empty text.*1 attachment[^s]/);
  expect(button('Open: Empty text')).toBeTruthy();
});

test('there is no such section when nothing was put aside', async () => {
  drafts = [];
  show(<Activity />);
  await screen.findByText(/^Nothing has been sent yet/);
  expect(screen.queryByRole('heading', { name: 'Drafts' })).toBeNull();
});

test('with drafts alone the list of items says that it is empty', async () => {
  await open(makeDraftSummary());
  const items = within(screen.getByRole('region', { name: 'Outbox and history' }));
  expect(await items.findByText(/^Nothing has been sent yet/)).toBeTruthy();
});

test('Open makes it the current draft, and says that the other one is under Drafts', async () => {
  fakeBrowser.onMessage({
    'drafts.open': ({ draftId }) => {
      drafts = [makeDraftSummary({ id: 'other', title: 'The other' })];
      return ok(emptyDraft(draftId, 0));
    },
  });
  const user = await open(makeDraftSummary());
  await user.click(button('Open: Half a thought'));
  await waitFor(() => expect(status()).toMatch(/in the popup now.* is under Drafts\.$/));
  expect(fakeBrowser.sent.find(({ name }) => name === 'drafts.open')?.input).toEqual({
    draftId: makeDraftSummary().id,
  });
  expect(region().getByText('The other')).toBeTruthy();
});

test('Discard asks first; then the draft is gone', async () => {
  fakeBrowser.onMessage({
    'drafts.discard': ({ draftId }) => {
      drafts = drafts.filter(({ id }) => id !== draftId);
      return ok(null);
    },
  });
  const user = await open(makeDraftSummary(), makeDraftSummary({ id: 'e', title: 'Another' }));
  await user.click(button('Discard: Another'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(drafts).toHaveLength(2);
  await user.click(dialog.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(status()).toBe('The draft is discarded.'));
  expect(region().getAllByRole('listitem')).toHaveLength(1);
});

test.each(['drafts.open', 'drafts.discard'] as const)('%s says why it cannot', async name => {
  fakeBrowser.onMessage({ [name]: () => fail({ kind: 'not-found' }) });
  const user = await open(makeDraftSummary());
  await user.click(button(`${name === 'drafts.open' ? 'Open' : 'Discard'}: Half a thought`));
  if (name === 'drafts.discard') {
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard' }));
  }
  await waitFor(() => expect(status()).toBe('It is no longer there.'));
});

test('of many the newest are shown, and all by one press', async () => {
  const user = await open(
    ...Array.from({ length: 5 }, (_, n) => makeDraftSummary({ id: String(n), title: `Draft ${n}` })),
  );
  expect(region().getAllByRole('listitem')).toHaveLength(3);
  await user.click(button('Show all 5 drafts'));
  expect(region().getAllByRole('listitem')).toHaveLength(5);
  await user.click(button('Show fewer drafts'));
  expect(region().getAllByRole('listitem')).toHaveLength(3);
});

test('words that were put aside as their ticket was sent are listed at once', async () => {
  await open(makeDraftSummary());
  drafts = [makeDraftSummary({ id: 'e', title: 'Since then' }), makeDraftSummary()];
  new BroadcastChannel('capture-changes').postMessage({ about: 'outbox' });
  expect(await region().findByText('Since then')).toBeTruthy();
});

test('drafts that cannot be read for the moment stay, and are no news once they can', async () => {
  const user = await open(makeDraftSummary(), makeDraftSummary({ id: 'e', title: 'Another' }));
  fakeBrowser.onMessage({ 'drafts.list': () => fail({ kind: 'storage-unavailable' }) });
  const reads = () => fakeBrowser.sent.filter(({ name }) => name === 'drafts.list').length;
  const before = reads();
  new BroadcastChannel('capture-changes').postMessage({ about: 'draft' });
  await waitFor(() => expect(reads()).toBe(before + 1));
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(region().getAllByRole('listitem')).toHaveLength(2);
  fakeBrowser.onMessage({
    'drafts.list': () => ok(drafts),
    'drafts.open': ({ draftId }) => {
      drafts = drafts.filter(({ id }) => id !== draftId);
      return ok(emptyDraft(draftId, 0));
    },
  });
  await user.click(button('Open: Half a thought'));
  await waitFor(() => expect(status()).toMatch(/in the popup now/));
  expect(status()).not.toMatch(/under Drafts/);
});

test('Open pressed again before there is an answer opens once', async () => {
  const opening = heldPromise<void>();
  let opened = 0;
  fakeBrowser.onMessage({
    'drafts.open': async ({ draftId }) => {
      opened += 1;
      await opening.promise;
      return ok(emptyDraft(draftId, 0));
    },
  });
  const user = await open(makeDraftSummary());
  await user.dblClick(button('Open: Half a thought'));
  opening.resolve();
  await waitFor(() => expect(status()).toMatch(/in the popup now/));
  expect(opened).toBe(1);
});
