import { fireEvent, screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, describe, expect, test } from 'vitest';
import type { MessageInput } from '../../../src/contract/messages.ts';
import type { PopupView } from '../../../src/contract/views.ts';
import { type Draft, emptyDraft } from '../../../src/core/draft.ts';
import type { Failure } from '../../../src/core/failure.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { browser } from '../../../src/platform/browser.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { Popup } from '../../../src/popup/popup.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const inputsOf = <Input,>(name: string) =>
  fakeBrowser.sent.filter(message => message.name === name).map(({ input }) => input as Input);
const unsavedSends = () => inputsOf<MessageInput<'unsaved.send'>>('unsaved.send');

const unavailable: Failure = { kind: 'storage-unavailable' };
const noAnswer = new Promise<Result<{ ticketNumber: string | null }>>(() => {});

/** What the worker holds. */
let draft: Draft;

function storageWorks(changes: Partial<Omit<PopupView, 'draft'>> = {}) {
  fakeBrowser.onMessage({
    'popup.open': () => ok(makePopupView(draft, changes)),
    'draft.read': () => ok(makePopupView(draft, changes)),
    'draft.edit': ({ edits }) => {
      draft = { ...draft, ...edits, revision: draft.revision + 1 };
      return ok(draft);
    },
  });
}

function storageFails(failure: Failure) {
  fakeBrowser.onMessage({ 'popup.open': () => fail(failure), 'draft.read': () => fail(failure) });
}

/** The popup over a storage that cannot be read, at a moment when its buttons send. */
async function openBroken(failure: Failure) {
  storageFails(failure);
  const shown = show(<Popup />);
  await screen.findByRole('alert');
  await waitFor(() => expect(performance.now()).toBeGreaterThan(300));
  return shown;
}

beforeEach(() => {
  Object.assign(browser, { windows: { getCurrent: async () => ({ id: 1 }), WINDOW_ID_NONE: -1 } });
  draft = emptyDraft('d'.repeat(32), 0);
});

describe('when what is saved cannot be read', () => {
  test.each<[Failure, RegExp, boolean]>([
    [unavailable, /storage cannot be opened\. Restart the browser/, true],
    [{ kind: 'storage-newer' }, /newer version of this extension\. Nothing was changed\. Update/, false],
    [{ kind: 'storage-full' }, /disk is full\. .*Make room/, false],
    [{ kind: 'unexpected', detail: 'no answer' }, /went wrong: no answer/, false],
  ])('%o: it says why and what to do', async (failure, words, canSend) => {
    await openBroken(failure);
    expect(screen.getByRole('alert').textContent).toMatch(words);
    expect(button('Try again')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send without saving' }) !== null).toBe(canSend);
    expect(screen.queryByRole('tab')).toBeNull();
  });

  test('Try again tells that nothing changed, and shows the draft once it can', async () => {
    const { user } = await openBroken({ kind: 'storage-newer' });
    await user.click(button('Try again'));
    await waitFor(() => expect(status()).toMatch(/^Tried again at .*: no change\.$/));
    draft = { ...draft, body: 'What was saved' };
    storageWorks();
    await user.click(button('Try again'));
    expect(await screen.findByDisplayValue('What was saved')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await waitFor(() => expect(status()).toBe('Opened.'));
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'New ticket' }));
  });

  test('an open popup keeps the draft and the words in it, with the reason', async () => {
    storageWorks();
    const { user } = show(<Popup />);
    const description = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Description' });
    storageFails(unavailable);
    fakeBrowser.onMessage({ 'draft.edit': () => fail(unavailable) });
    await user.type(description, 'Half a sentence');
    expect((await screen.findByRole('alert')).textContent).toMatch(/storage cannot be opened/);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    announceChange({ about: 'draft' });
    announceChange({ about: 'capture' });
    await waitFor(() => expect(inputsOf('popup.open')).toHaveLength(2));
    expect(field('Description').value).toBe('Half a sentence');
  });
});

describe('Send without saving', () => {
  test('says that it is sent once and lost with the popup', async () => {
    await openBroken(unavailable);
    const words = screen.getByRole('region', { name: 'Send without saving' }).textContent;
    expect(words).toMatch(/saved nowhere\. It is sent once, now: if you close this popup .* it is gone\./);
  });

  test('sends what is typed, gives the number, and begins the next under an id of its own', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: 'ASM-7' }) });
    await user.type(field('Title'), 'Export');
    await user.type(field('Description'), 'It stops.');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
    const id = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(unsavedSends()).toEqual([{ id, title: 'Export', body: 'It stops.', keptSecrets: [] }]);
    await user.click(button('Copy number'));
    expect(await navigator.clipboard.readText()).toBe('ASM-7');

    expect([field('Title').value, field('Description').value]).toEqual(['', '']);
    await user.type(field('Title'), 'Another');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(unsavedSends()).toHaveLength(2));
    expect(new Set(unsavedSends().map(({ id }) => id)).size).toBe(2);
  });

  test('a number that did not come is no failure', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: null }) });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^The ticket is created\./));
    expect(screen.queryByRole('button', { name: 'Copy number' })).toBeNull();
  });

  test('nothing is sent of nothing', async () => {
    const { user } = await openBroken(unavailable);
    await user.type(field('Title'), '  ');
    await user.click(button('Send without saving'));
    expect(await screen.findByText('Write a title or a description.')).toBeTruthy();
    expect(field('Description').getAttribute('aria-invalid')).toBe('true');
    expect(unsavedSends()).toEqual([]);
  });

  test('while it is out the fields rest, the focus is at the answer, and no press sends again', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => noAnswer });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^Sending… Keep this popup open/));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
    expect(field('Title').closest('fieldset')?.disabled).toBe(true);
    expect(button('Send without saving').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button('Send without saving'));
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    expect(unsavedSends()).toHaveLength(1);
  });

  test('two presses in one moment are one', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => noAnswer });
    await user.type(field('Title'), 'Export');
    button('Send without saving').click();
    button('Send without saving').click();
    await waitFor(() => expect(status()).toMatch(/^Sending/));
    expect(unsavedSends()).toHaveLength(1);
  });

  test('Control and Enter sends, as it does everywhere', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: 'ASM-7' }) });
    await user.type(field('Title'), 'Export');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
  });

  test('a refusal is told, keeps the words, and can be copied', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({
      'unsaved.send': () => fail({ kind: 'rejected', status: 400, detail: 'too short' }),
    });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toBe('Not sent. Assembly did not accept it (400: too short).'));
    expect(field('Title').value).toBe('Export');
    expect(button('Copy message')).toBeTruthy();
  });

  test('without a key it asks for one, and keeps the words', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => fail({ kind: 'no-key' }) });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() =>
      expect(status()).toMatch(/^Not sent\. There is no API key yet\. .*press Send without/),
    );
    await user.type(screen.getByLabelText('API key', { selector: 'input' }), 'fake-key-0000-abcd{Enter}');
    await waitFor(() => expect(status()).toBe('Key saved.'));
    expect(screen.queryByRole('button', { name: 'Save key' })).toBeNull();
    expect(field('Title').value).toBe('Export');
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: 'ASM-7' }) });
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
  });

  test('after a lost answer another press is the same ticket, and its changed words are told', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => fail({ kind: 'timed-out' }) });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^May have been sent\. .*it is filed only once\.$/));
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: 'ASM-7' }) });
    await user.type(field('Title'), ' stops');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^ASM-7 created\. .*may hold your earlier words: check it/));
    const [first, second] = unsavedSends();
    expect(second?.id).toBe(first?.id);
    expect([first?.title, second?.title]).toEqual(['Export', 'Export stops']);
  });

  test('the same words again after a lost answer are no earlier words', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => fail({ kind: 'timed-out' }) });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^May have been sent/));
    fakeBrowser.onMessage({ 'unsaved.send': () => ok({ ticketNumber: 'ASM-7' }) });
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
  });
});

describe('something private in what is sent without saving', () => {
  /** The worker, as far as it is asked about the words. */
  async function pressSend() {
    const shown = await openBroken(unavailable);
    fakeBrowser.onMessage({
      'unsaved.send': ({ body, keptSecrets }) =>
        body.includes('@') && keptSecrets.length === 0
          ? fail({ kind: 'unmasked-secrets' })
          : ok({ ticketNumber: 'ASM-7' }),
    });
    await shown.user.type(field('Description'), 'Ask jane@customer.example');
    await shown.user.click(button('Send without saving'));
    return { ...shown, dialog: await screen.findByRole('dialog', { name: 'Send this unmasked?' }) };
  }
  const sentBodies = () => unsavedSends().map(({ body }) => body);

  test('is asked about first, and Cancel sends nothing', async () => {
    const { user, dialog } = await pressSend();
    expect(within(dialog).getByText('jane@customer.example')).toBeTruthy();
    expect(status()).toBe('');
    await user.click(button('Cancel'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(unsavedSends()).toHaveLength(1);
    expect(field('Description').value).toBe('Ask jane@customer.example');
  });

  test('is masked, and sent so', async () => {
    const { user } = await pressSend();
    await user.click(button('Mask all and send'));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
    expect(sentBodies()).toEqual(['Ask jane@customer.example', 'Ask [email]']);
    expect(unsavedSends()[1]?.keptSecrets).toEqual([]);
  });

  test('is sent as it is when the person says so, and asked about again in the next ticket', async () => {
    const { user } = await pressSend();
    await user.click(button('Send as it is'));
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
    expect(sentBodies()[1]).toBe('Ask jane@customer.example');
    expect(unsavedSends()[1]?.keptSecrets).toEqual([expect.stringMatching(/^email:/)]);
    await user.type(field('Description'), 'And jane@customer.example');
    await user.click(button('Send without saving'));
    expect(await screen.findByRole('dialog')).toBeTruthy();
  });

  test('is not sent by a press behind the question', async () => {
    await pressSend();
    fireEvent.keyDown(document, { key: 'Enter', ctrlKey: true });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(unsavedSends()).toHaveLength(1);
  });
});

describe('what was typed while nothing could be saved', () => {
  test('goes into the draft when that can be shown', async () => {
    const { user } = await openBroken(unavailable);
    await user.type(field('Title'), 'Export');
    await user.type(field('Description'), 'It stops.');
    storageWorks();
    await user.click(button('Try again'));
    await waitFor(() => expect(status()).toBe('What you typed is in the draft now.'));
    expect([field('Title').value, field('Description').value]).toEqual(['Export', 'It stops.\n']);
    await waitFor(() => expect(draft).toMatchObject({ title: 'Export', body: 'It stops.\n' }));
  });

  test('is told to be there, though the selection of the page is read after', async () => {
    const { user } = await openBroken(unavailable);
    await user.type(field('Title'), 'Export');
    storageWorks({ readSelection: true });
    fakeBrowser.onMessage({
      'capture.selection': () =>
        ok({ draft, failure: { kind: 'page-refuses-script', restriction: 'other' } }),
    });
    await user.click(button('Try again'));
    await screen.findByRole('note');
    await waitFor(() => expect(status()).toBe('What you typed is in the draft now.'));
    expect(field('Title').value).toBe('Export');
  });

  test('goes below what the draft holds, its title too', async () => {
    draft = { ...draft, title: 'Saved title', body: 'Saved words' };
    const { user } = await openBroken(unavailable);
    await user.type(field('Title'), 'Export');
    await user.type(field('Description'), 'It stops.');
    storageWorks();
    await user.click(button('Try again'));
    await waitFor(() => expect(field('Title').value).toBe('Saved title'));
    await waitFor(() => expect(field('Description').value).toBe('Saved words\n\nExport\n\nIt stops.\n'));
  });

  test('is there too when the draft comes by itself', async () => {
    const { user } = await openBroken(unavailable);
    await user.type(field('Description'), 'It stops.');
    storageWorks();
    announceChange({ about: 'draft' });
    await waitFor(() => expect(status()).toBe('What you typed is in the draft now.'));
    expect(field('Description').value).toBe('It stops.\n');
  });

  test('is told to be in Assembly perhaps, when a try of it has no answer', async () => {
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({ 'unsaved.send': () => fail({ kind: 'timed-out' }) });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^May have been sent/));
    storageWorks();
    await user.click(button('Try again'));
    await waitFor(() => expect(status()).toMatch(/look in Assembly before you send it/));
  });

  test('stays where it is until its answer has come, and is then no draft', async () => {
    let answer = (_: Result<{ ticketNumber: string | null }>) => {};
    const { user } = await openBroken(unavailable);
    fakeBrowser.onMessage({
      'unsaved.send': () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    });
    await user.type(field('Title'), 'Export');
    await user.click(button('Send without saving'));
    await waitFor(() => expect(status()).toMatch(/^Sending/));
    storageWorks();
    announceChange({ about: 'draft' });
    await waitFor(() => expect(inputsOf('draft.read')).toHaveLength(1));
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(screen.queryByRole('tab')).toBeNull();
    answer(ok({ ticketNumber: 'ASM-7' }));
    await screen.findByRole('tab', { name: 'New ticket' });
    await waitFor(() => expect(status()).toBe('ASM-7 created.'));
    expect(draft).toMatchObject({ title: '', body: '' });
  });

  test('waits while the draft itself is on its way', async () => {
    const { user } = await openBroken(unavailable);
    await user.type(field('Title'), 'Export');
    const job = makeJobView({ draftId: draft.id });
    storageWorks({ job });
    await user.click(button('Try again'));
    await waitFor(() => expect(inputsOf('popup.open')).toHaveLength(2));
    expect(field('Title').value).toBe('Export');
    expect(screen.queryByRole('tab')).toBeNull();
    fakeBrowser.onMessage({
      'job.read': () =>
        ok({ ...job, state: { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null } }),
    });
    draft = emptyDraft('e'.repeat(32), 0);
    storageWorks();
    announceChange({ about: 'outbox' });
    await waitFor(() => expect(status()).toBe('What you typed is in the draft now.'));
    expect(field('Title').value).toBe('Export');
  });
});

test('a job that cannot be read for the moment stays in the status line', async () => {
  const state = { name: 'attention', failure: { kind: 'rejected', status: 400, detail: 'x' } } as const;
  storageWorks({ job: makeJobView({ state }) });
  show(<Popup />);
  await waitFor(() => expect(status()).toMatch(/^Not sent\./));
  fakeBrowser.onMessage({ 'job.read': () => fail(unavailable) });
  storageWorks();
  announceChange({ about: 'outbox' });
  await waitFor(() => expect(inputsOf('job.read')).toHaveLength(1));
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(status()).toMatch(/^Not sent\./);
  storageFails(unavailable);
  announceChange({ about: 'outbox' });
  await waitFor(() => expect(inputsOf('draft.read')).toHaveLength(2));
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(status()).toMatch(/^Not sent\./);
});

test('the note of what waits keeps its place when the last item is sent, so that no field moves', async () => {
  storageWorks({ outbox: { waiting: 1, needsPerson: 0 } });
  show(<Popup />);
  await screen.findByRole('button', { name: 'Waiting to be sent: 1' });
  storageWorks();
  announceChange({ about: 'outbox' });
  expect(await screen.findByRole('button', { name: 'Nothing waits any more' })).toBeTruthy();
});

test('there is no note where nothing waits', async () => {
  storageWorks();
  show(<Popup />);
  await screen.findByRole('textbox', { name: 'Description' });
  expect(screen.queryByRole('button', { name: /wait/i })).toBeNull();
});

describe('of answers that come in another order than they were asked for', () => {
  const inState = (state: JobState) => makeJobView({ draftId: 'd'.repeat(32), state });
  const queued = inState({ name: 'queued', since: 0, isUrgent: false });
  const sending = inState({ name: 'sending', since: 0, runId: 'a' });
  const sent = inState({ name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null });

  /** The first answer comes once the second has, or after a while when nobody asks a second time meanwhile. */
  function overtaken<T>(first: T, second: T): () => Promise<T> {
    let answerFirst = () => {};
    let isAsked = false;
    return () => {
      if (isAsked) {
        setTimeout(answerFirst, 20);
        return Promise.resolve(second);
      }
      isAsked = true;
      return new Promise(resolve => {
        answerFirst = () => resolve(first);
        setTimeout(answerFirst, 200);
      });
    };
  }

  async function openOnJob() {
    storageWorks({ job: queued });
    show(<Popup />);
    await waitFor(() => expect(status()).toMatch(/^Saved/));
  }

  test('the older one of the job does not stay', async () => {
    await openOnJob();
    fakeBrowser.onMessage({ 'job.read': overtaken(ok(sending), ok(sent)) });
    storageWorks();
    announceChange({ about: 'outbox' });
    await waitFor(() => expect(inputsOf('job.read')).toHaveLength(1));
    announceChange({ about: 'outbox' });
    await waitFor(() => expect(inputsOf('job.read')).toHaveLength(2));
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(status()).toMatch(/^ASM-7 created\./);
  });

  test('the older one of the draft does not take the place of the next draft', async () => {
    await openOnJob();
    fakeBrowser.onMessage({ 'job.read': () => ok(sent) });
    const before = makePopupView(draft, { job: sending });
    draft = { ...emptyDraft('e'.repeat(32), 0), body: 'The next' };
    fakeBrowser.onMessage({ 'draft.read': overtaken(ok(before), ok(makePopupView(draft))) });
    announceChange({ about: 'draft' });
    await waitFor(() => expect(inputsOf('draft.read')).toHaveLength(1));
    announceChange({ about: 'draft' });
    await waitFor(() => expect(inputsOf('draft.read')).toHaveLength(2));
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(field('Description').value).toBe('The next');
    expect(status()).toMatch(/^ASM-7 created\./);
  });

  test('the one with which the popup opens does not stay over later news', async () => {
    storageWorks();
    fakeBrowser.onMessage({
      'popup.open': () =>
        new Promise(resolve => setTimeout(() => resolve(ok(makePopupView(draft, { job: sending }))), 100)),
      'job.read': () => ok(sent),
    });
    show(<Popup />);
    await waitFor(() => expect(inputsOf('popup.open')).toHaveLength(1));
    announceChange({ about: 'outbox' });
    await waitFor(() => expect(status()).toMatch(/^ASM-7 created\./));
  });
});

describe('starting over', () => {
  const another = () => ({ ...emptyDraft('e'.repeat(32), 1), revision: 1 });

  test('does not let go of words that could not be stored', async () => {
    storageWorks();
    fakeBrowser.onMessage({
      'draft.edit': () => fail({ kind: 'storage-full' }),
      'draft.startOver': () => ok(another()),
    });
    const { user } = show(<Popup />);
    await user.type(await screen.findByRole('textbox', { name: 'Description' }), 'Word');
    await user.click(button('Start over'));
    await screen.findByRole('alert');
    expect(field('Description').value).toBe('Word');
    expect(inputsOf('draft.startOver')).toEqual([]);
  });

  test('lets go of a draft that is gone in any case', async () => {
    storageWorks();
    fakeBrowser.onMessage({
      'draft.edit': () => fail({ kind: 'draft-changed' }),
      'draft.startOver': () => ok(another()),
    });
    const { user } = show(<Popup />);
    await user.type(await screen.findByRole('textbox', { name: 'Description' }), 'Word');
    await user.click(button('Start over'));
    await waitFor(() => expect(field('Description').value).toBe(''));
  });

  test.each([
    [null, 'A new draft. The one before is kept under Drafts.'],
    ['attention' as const, 'A new draft. The one before is in Activity.'],
  ])('says where the draft is kept (its item: %s)', async (name, said) => {
    draft = { ...draft, body: 'Words' };
    const failure: Failure = { kind: 'rejected', status: 400, detail: '' };
    storageWorks({ job: name && makeJobView({ draftId: draft.id, state: { name, failure } }) });
    fakeBrowser.onMessage({ 'draft.startOver': () => ok(another()) });
    const { user } = show(<Popup />);
    await screen.findByRole('textbox', { name: 'Description' });
    await user.click(button('Start over'));
    await waitFor(() => expect(status()).toBe(said));
  });
});
