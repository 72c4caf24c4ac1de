import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageName } from '../../../src/contract/messages.ts';
import type { JobView, PopupView } from '../../../src/contract/views.ts';
import { type Draft, emptyDraft, type FileAttachment } from '../../../src/core/draft.ts';
import type { Failure } from '../../../src/core/failure.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { browser } from '../../../src/platform/browser.ts';
import { announceChange, announceProgress } from '../../../src/platform/changes.ts';
import { Popup } from '../../../src/popup/popup.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

// On a slow machine an answer of the worker takes seconds, and the person goes on meanwhile.

const first = emptyDraft('d'.repeat(32), 0);
const second = { ...emptyDraft('e'.repeat(32), 1), revision: 1 };
const rejected: Failure = { kind: 'rejected', status: 400, detail: 'x' };
const file: FileAttachment = {
  id: 'f',
  kind: 'file',
  blobId: 'x',
  name: 'log.txt',
  type: 'text/plain',
  sizeBytes: 5,
  followsTicket: true,
};

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const description = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Description' });
const count = (name: string) => fakeBrowser.sent.filter(message => message.name === name).length;
const aMoment = () => new Promise(resolve => setTimeout(resolve, 50));

/** What the worker holds. */
let draft: Draft;
let around: Partial<Omit<PopupView, 'draft'>>;

const view = () => makePopupView(draft, around);

beforeEach(() => {
  Object.assign(browser, { windows: { getCurrent: async () => ({ id: 1 }), WINDOW_ID_NONE: -1 } });
  draft = { ...first, body: 'Words of the first' };
  around = {};
  fakeBrowser.onMessage({
    'popup.open': () => ok(view()),
    'draft.read': () => ok(view()),
    'draft.edit': ({ edits }) => {
      draft = { ...draft, ...edits, revision: draft.revision + 1 };
      return ok(draft);
    },
    'draft.startOver': () => {
      draft = second;
      around = {};
      return ok(draft);
    },
    'outbox.run': () => ok(null),
  });
});

/** The popup at a moment when its buttons send. */
async function open() {
  const { user } = show(<Popup />);
  await description();
  await waitFor(() => expect(performance.now()).toBeGreaterThan(300));
  return user;
}

/** The next answer to this message comes when the test says so; those after it come at once again. */
function holdNext<Value>(name: MessageName, after: () => unknown) {
  const held = heldPromise<Result<Value>>();
  let isFirst = true;
  fakeBrowser.onMessage({
    [name]: () => {
      if (!isFirst) return after();
      isFirst = false;
      return held.promise;
    },
  });
  return held;
}
const holdLook = () => holdNext<PopupView>('draft.read', () => ok(view()));
const holdSend = () => holdNext<JobView>('draft.send', () => ok(makeJobView({ draftId: draft.id })));
const holdChange = (name: 'attachment.remove' | 'draft.edit') => holdNext<Draft>(name, () => ok(draft));

describe('an answer that is older than what the person did', () => {
  test('brings back neither the draft that was left nor the words about its job', async () => {
    around = { job: makeJobView({ draftId: first.id, state: { name: 'attention', failure: rejected } }) };
    const user = await open();
    await waitFor(() => expect(status()).toMatch(/^Not sent\./));
    const older = view();
    const look = holdLook();
    announceChange({ about: 'draft' });
    await waitFor(() => expect(count('draft.read')).toBe(1));
    await user.click(button('Start over'));
    await waitFor(async () => expect((await description()).value).toBe(''));
    await user.type(await description(), 'New');
    fakeBrowser.onMessage({ 'job.read': () => ok(older.job ?? makeJobView()) });
    look.resolve(ok(older));
    await waitFor(() => expect(count('draft.read')).toBe(2));
    await aMoment();
    expect((await description()).value).toBe('New');
    expect(status()).toBe('');
  });

  test('of a change to the draft that was left does not bring that one back', async () => {
    draft = { ...draft, attachments: [file] };
    const user = await open();
    const removal = holdChange('attachment.remove');
    await user.click(button('Remove attachment 1'));
    await waitFor(() => expect(count('attachment.remove')).toBe(1));
    const changed = { ...draft, attachments: [], revision: 1 };
    await user.click(button('Start over'));
    await waitFor(async () => expect((await description()).value).toBe(''));
    removal.resolve(ok(changed));
    await aMoment();
    expect((await description()).value).toBe('');
    expect(status()).toMatch(/^A new draft\./);
  });

  test('does not say that a capture runs which has ended', async () => {
    await open();
    around = { capture: { done: 1, total: 3 } };
    const older = view();
    const look = holdLook();
    announceChange({ about: 'outbox' });
    await waitFor(() => expect(count('draft.read')).toBe(1));
    announceProgress({ done: 1, total: 3 });
    await waitFor(() => expect(status()).toMatch(/1.*3/));
    announceProgress(null);
    await waitFor(() => expect(status()).toBe(''));
    look.resolve(ok(older));
    await aMoment();
    expect(status()).toBe('');
    expect(button('Full page').getAttribute('aria-disabled')).toBe('false');
  });
});

test('a capture that died with the worker is not said to run for ever', async () => {
  const user = await open();
  const capture = heldPromise<never>();
  fakeBrowser.onMessage({ 'capture.fullPage': () => capture.promise });
  await user.click(button('Full page'));
  announceProgress({ done: 1, total: 3 });
  await waitFor(() => expect(status()).toMatch(/1.*3/));
  capture.reject(new Error('The message port closed before a response was received.'));
  await screen.findByRole('alert');
  await waitFor(() => expect(button('Full page').getAttribute('aria-disabled')).toBe('false'));
  expect(status()).not.toMatch(/1.*3/);
});

test('the job of the draft comes with it, and is not asked for by itself', async () => {
  around = { job: makeJobView({ draftId: first.id, state: { name: 'attention', failure: rejected } }) };
  await open();
  announceChange({ about: 'outbox' });
  await waitFor(() => expect(count('draft.read')).toBe(1));
  await aMoment();
  expect(count('job.read')).toBe(0);
  expect(status()).toMatch(/^Not sent\./);
});

test('what is not to leave by the settings of now is found in the draft, and not by those of before', async () => {
  draft = { ...draft, body: 'CASE-4711 of jane@customer.example' };
  await open();
  expect(await screen.findByText('Found in this draft: 1 email address')).toBeTruthy();
  const redaction = { ...defaultSettings.redaction, ownPatterns: ['CASE-*'] };
  fakeBrowser.store({ settings: { ...defaultSettings, redaction } });
  announceChange({ about: 'settings' });
  expect(await screen.findByText(/^Found in this draft: 1 email address, 1 /)).toBeTruthy();
});

describe('Send', () => {
  test('pressed again before there is an answer sends once', async () => {
    const user = await open();
    const sending = holdSend();
    await user.click(button('Send ticket'));
    await waitFor(() => expect(count('draft.send')).toBe(1));
    await user.click(button('Send ticket'));
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    const job = makeJobView({
      draftId: first.id,
      state: { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null },
    });
    // What the next draft starts from may be enough to be sent.
    draft = { ...second, title: 'Of a template' };
    fakeBrowser.onMessage({ 'job.read': () => ok(job) });
    sending.resolve(ok(job));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
    await aMoment();
    expect(count('draft.send')).toBe(1);
    // And the next one can be sent.
    await user.click(button('Send ticket'));
    await waitFor(() => expect(count('draft.send')).toBe(2));
  });

  test('does not send the draft that took the place of the one it was pressed for', async () => {
    const user = await open();
    const saving = holdChange('draft.edit');
    await user.type(await description(), '!');
    await user.click(button('Send ticket'));
    draft = { ...second, title: 'Of a template' };
    announceChange({ about: 'capture' });
    await waitFor(() => expect(screen.getByDisplayValue('Of a template')).toBeTruthy());
    saving.resolve(ok({ ...first, body: 'Words of the first!', revision: 1 }));
    await aMoment();
    expect(count('draft.send')).toBe(0);
  });

  test('by the keys rests while the draft is on its way, as its button does', async () => {
    around = { job: makeJobView({ draftId: first.id }) };
    await open();
    expect(button('Send ticket').getAttribute('aria-disabled')).toBe('true');
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    await aMoment();
    expect(count('draft.send')).toBe(0);
  });

  test('does not ask about what is readable no more', async () => {
    draft = { ...draft, body: 'Ask jane@customer.example' };
    const user = await open();
    const sending = holdSend();
    await user.click(button('Send ticket'));
    await waitFor(() => expect(count('draft.send')).toBe(1));
    await user.clear(await description());
    sending.resolve(fail({ kind: 'unmasked-secrets' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/send again/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
