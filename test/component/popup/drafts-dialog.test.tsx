import { screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { browser } from '../../../src/platform/browser.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { Popup } from '../../../src/popup/popup.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeDraftSummary } from '../../support/make-draft-summary.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const aside = makeDraftSummary();

/** The popup over a draft that is written, and one that was put aside. */
async function openDrafts(changes: Partial<Draft>) {
  const draft = { ...emptyDraft('d'.repeat(32), 0), ...changes };
  const view = makePopupView(draft, { draftsAside: 1 });
  fakeBrowser.onMessage({ 'popup.open': () => ok(view), 'draft.read': () => ok(view) });
  const { user } = show(<Popup />);
  await user.click(await screen.findByRole('button', { name: 'Drafts (1)' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Drafts' }));
  return { user, opens: await dialog.findByRole('button', { name: 'Open: Half a thought' }) };
}

beforeEach(() => {
  Object.assign(browser, { windows: { getCurrent: async () => ({ id: 1 }), WINDOW_ID_NONE: -1 } });
  fakeBrowser.onMessage({
    'drafts.list': () => ok([aside]),
    'drafts.open': ({ draftId }) => ok(emptyDraft(draftId, 0)),
  });
});

test.each<[string, Partial<Draft>, string]>([
  ['nothing', {}, 'Opened.'],
  ['a draft', { body: 'Half a sentence' }, 'Opened. What you were writing is kept under Drafts.'],
])('Open in place of %s says what became of it', async (_, changes, word) => {
  const { user, opens } = await openDrafts(changes);
  await user.click(opens);
  await waitFor(() => expect(status()).toBe(word));
});

test('the focus goes to the draft that was opened, and not to Send', async () => {
  const { user, opens } = await openDrafts({});
  opens.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'New ticket' })));
});

test('what cannot be opened says why', async () => {
  fakeBrowser.onMessage({ 'drafts.open': () => fail({ kind: 'not-found' }) });
  const { user, opens } = await openDrafts({});
  await user.click(opens);
  expect((await screen.findByRole('alert')).textContent).toContain('It is no longer there.');
});

test('of two looks at once the older answer does not stay', async () => {
  const { user } = await openDrafts({});
  const answers: ((titles: string[]) => void)[] = [];
  fakeBrowser.onMessage({
    'drafts.list': () =>
      new Promise(answer => {
        answers.push(titles => answer(ok(titles.map(title => makeDraftSummary({ id: title, title })))));
      }),
    'drafts.discard': () => {
      announceChange({ about: 'draft' });
      return ok(null);
    },
  });
  announceChange({ about: 'draft' });
  await waitFor(() => expect(answers).toHaveLength(1));
  await user.click(screen.getByRole('button', { name: 'Discard: Half a thought' }));
  await user.click(screen.getAllByRole('button', { name: 'Discard' }).at(-1) ?? document.body);
  await waitFor(() => expect(fakeBrowser.sent.some(({ name }) => name === 'drafts.discard')).toBe(true));
  // What was asked for last is answered first, as far as it was asked for.
  await new Promise(resolve => setTimeout(resolve, 50));
  for (const [asked, answer] of [...answers.entries()].reverse())
    answer(asked === 0 ? ['Half a thought'] : []);
  await waitFor(() => expect(answers.length).toBeGreaterThan(1));
  answers.at(-1)?.([]);
  expect(await screen.findByText('Nothing is here any more.')).toBeTruthy();
  expect(screen.queryByText('Half a thought')).toBeNull();
});

test('words that were put aside as their ticket was sent are listed at once', async () => {
  await openDrafts({});
  fakeBrowser.onMessage({
    'drafts.list': () => ok([aside, makeDraftSummary({ id: 'e', title: 'Since then' })]),
  });
  announceChange({ about: 'outbox' });
  expect(await screen.findByText('Since then')).toBeTruthy();
});

test('Control and Enter sends nothing from behind the list', async () => {
  const { user, opens } = await openDrafts({ body: 'Half a sentence' });
  fakeBrowser.onMessage({ 'draft.send': () => fail({ kind: 'not-found' }) });
  opens.focus();
  await user.keyboard('{Control>}{Enter}{/Control}');
  await user.keyboard('{Escape}');
  expect(fakeBrowser.sent.map(({ name }) => name)).not.toContain('draft.send');
});

test('that the list could not be read is no longer said once it could', async () => {
  await openDrafts({});
  fakeBrowser.onMessage({
    'drafts.list': () => fail({ kind: 'unexpected', detail: 'the worker was stopped' }),
  });
  announceChange({ about: 'draft' });
  await screen.findByText(/worker was stopped/);
  fakeBrowser.onMessage({ 'drafts.list': () => ok([aside]) });
  announceChange({ about: 'draft' });
  await waitFor(() => expect(screen.queryByText(/worker was stopped/)).toBeNull());
});
