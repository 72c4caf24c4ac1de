import { screen, waitFor, within } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { DraftSummary, JobView, UnreadableView } from '../../../src/contract/views.ts';
import { type Draft, emptyDraft, isUntouched } from '../../../src/core/draft.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { putBlob } from '../../../src/platform/blob-store.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { heldPromise } from '../../support/held-promise.ts';
import { makeDraftSummary } from '../../support/make-draft-summary.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { makePicture } from '../../support/make-picture.ts';
import { makePopupView } from '../../support/make-popup-view.ts';
import { show } from '../../support/show.ts';

const status = () => screen.getByRole('status').textContent;
const button = (name: string) => screen.getByRole('button', { name });
const sentNames = () => fakeBrowser.sent.map(({ name }) => name);

const states = {
  queued: { name: 'queued', since: 0, isUrgent: false },
  waiting: { name: 'waiting', until: Date.UTC(2024, 5, 10, 19), failure: { kind: 'unreachable' } },
  sending: { name: 'sending', since: 0, runId: 'b' },
  paused: { name: 'paused', failure: { kind: 'no-key' } },
  keyRefused: { name: 'paused', failure: { kind: 'key-refused', status: 401, detail: 'no' } },
  attention: { name: 'attention', failure: { kind: 'rejected', status: 422, detail: 'bad title' } },
  unknown: { name: 'unknown', failure: { kind: 'timed-out' } },
  sent: { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null },
  sentWithoutNumber: { name: 'sent', at: 0, ticketNumber: null, historyId: null },
} as const satisfies Record<string, JobView['state']>;

let jobs: JobView[];
let unreadable: UnreadableView[];

beforeEach(() => {
  jobs = [];
  unreadable = [];
  fakeBrowser.onMessage({
    'outbox.list': () => ok({ jobs, unreadable }),
    'outbox.run': () => ok(null),
    'history.page': () => ok({ jobs: [], below: null }),
    'drafts.list': () => ok([]),
  });
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
    ['queued', 'ticket', 'Waiting', /About to be sent\./, ['Discard']],
    ['waiting', 'ticket', 'Waiting', /cannot be reached\. Next try at/, ['Send now', 'Edit', 'Discard']],
    ['sending', 'ticket', 'Sending', /Ticket/, []],
    [
      'keyRefused',
      'ticket',
      'Needs attention',
      /Paused: key refused \(401: no\)\. .*enter a working one/,
      ['Send now', 'Edit', 'Discard'],
    ],
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

test('a sent item whose text was changed after a try that may have arrived says so: check it', async () => {
  await open(makeJobView({ state: states.sent, mayHoldEarlierText: true }));
  expect(screen.getByRole('listitem').textContent).toMatch(
    /the ticket may hold your earlier words: check it/,
  );
});

describe('what holds an item back', () => {
  const start = new Date(2024, 5, 10, 18, 34).getTime();
  const until = start + 12_000;

  beforeEach(() => void vi.useFakeTimers({ now: start }));
  afterEach(() => void vi.useRealTimers());

  async function openAt(...items: JobView[]) {
    jobs = items;
    show(<Activity />);
    await vi.advanceTimersByTimeAsync(100);
  }
  const reason = () => document.querySelector('.job-reason')?.textContent;
  const eye = () => [...document.querySelectorAll('.next-try')].map(({ textContent }) => textContent);
  const reads = () => sentNames().filter(name => name === 'outbox.list').length;

  test.each<[JobView['wait'], RegExp]>([
    [{ reason: 'none', until: start }, /^About to be sent\.$/],
    [{ reason: 'slot', until }, /^Waiting for a slot: .* Next try at .*Next try in 12 s\.$/],
    [{ reason: 'slot', until: null }, /^Waiting for a slot: .*limit\.$/],
    [
      { reason: 'refusal', until },
      /^Assembly takes no more requests for the moment\. Next try at .* 12 s\.$/,
    ],
    [{ reason: 'outage', until }, /^Assembly cannot be reached, or has trouble\. Next try at .* 12 s\.$/],
    [{ reason: 'earlier-reply', until: null }, /^It goes after your earlier reply to this ticket\.$/],
    [{ reason: 'own-ticket', until: null }, /^It goes as soon as its ticket is created\.$/],
    [{ reason: 'same-customer', until: null }, /^It goes after another ticket of the same customer\.$/],
  ])('%o', async (wait, words) => {
    await openAt(makeJobView({ wait }));
    expect(reason()).toMatch(words);
  });

  test('all count down together; once one is due the list is read again, at most every five seconds', async () => {
    const state = { ...states.waiting, until };
    await openAt(
      makeJobView({ id: 'a', state, wait: { reason: 'back-off', until } }),
      makeJobView({ id: 'b', state, wait: { reason: 'outage', until: start + 150_000 } }),
    );
    expect(eye()).toEqual(['Next try in 12 s.', 'Next try in 3 min.']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(eye()).toEqual(['Next try in 7 s.', 'Next try in 3 min.']);
    expect(reads()).toBe(1);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(eye()).toEqual(['Next try now.', 'Next try in 3 min.']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads()).toBe(3);
    jobs = [makeJobView({ id: 'a', state: states.sent })];
    await vi.advanceTimersByTimeAsync(5_100);
    expect(eye()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a list that cannot be read', () => {
  const failure = { kind: 'storage-newer' } as const;

  test('says why in place of the list, and Try again shows it', async () => {
    fakeBrowser.onMessage({ 'outbox.list': () => fail(failure) });
    const { user } = show(<Activity />);
    expect((await screen.findByRole('alert')).textContent).toMatch(/newer version .* Update the extension/);
    expect(screen.queryByText(/^Nothing has been sent yet/)).toBeNull();
    await user.click(button('Try again'));
    await waitFor(() => expect(status()).toMatch(/^Tried again at .*: no change\.$/));
    fakeBrowser.onMessage({ 'outbox.list': () => ok({ jobs: [makeJobView()], unreadable: [] }) });
    await user.click(button('Try again'));
    await screen.findByRole('listitem');
    expect(screen.queryByRole('alert')).toBeNull();
    await waitFor(() => expect(status()).toBe('Opened.'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
  });

  test('later leaves what is shown, and says why once', async () => {
    const { user } = await open(makeJobView());
    fakeBrowser.onMessage({ 'outbox.list': () => fail(failure) });
    announce(jobs);
    await waitFor(() => expect(status()).toMatch(/newer version/));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(button('Dismiss'));
    const before = fakeBrowser.sent.length;
    announce(jobs);
    await waitFor(() => expect(fakeBrowser.sent.length).toBeGreaterThan(before));
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(status()).toBe('');
  });
});

describe('records that could not be read', () => {
  const found = new Date(2024, 5, 10, 18, 34).getTime();
  const records: UnreadableView[] = [
    { id: 'cap_1', kind: 'item', foundAt: found },
    { id: 'd1', kind: 'draft', foundAt: found },
  ];
  const region = () => screen.getByRole('region', { name: 'Could not be read' });
  const item = (kind: string) => {
    const found = within(region())
      .getAllByRole('listitem')
      .find(({ textContent }) => textContent?.startsWith(kind));
    if (!found) throw new Error(`There is no ${kind}.`);
    return found;
  };
  const itemButton = (kind: string, name: string) =>
    within(item(kind)).getByRole('button', { name: new RegExp(`^${name}: ${kind}, found .*2024`) });

  beforeEach(() => {
    unreadable = records;
  });
  afterEach(() => void vi.restoreAllMocks());

  test('stand above the items, each with what it is and when it was found', async () => {
    await open(makeJobView());
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'Could not be read',
      'Outbox and history',
    ]);
    expect(item('Item that waited or was sent').textContent).toMatch(/Found .*2024/);
    expect(item('Draft').querySelector('time')?.dateTime).toBe(new Date(found).toISOString());
  });

  test('alone are not called an empty list', async () => {
    await open();
    expect(region()).toBeTruthy();
    expect(screen.queryByText(/^Nothing has been sent yet/)).toBeNull();
  });

  test('there is no such section without any', async () => {
    unreadable = [];
    await open(makeJobView());
    expect(screen.queryByRole('heading', { name: 'Could not be read' })).toBeNull();
  });

  test('Save as file gives the record as it was found, under a name with its date', async () => {
    fakeBrowser.onMessage({ 'unreadable.read': ({ id }) => ok({ json: `{"id":"${id}"}` }) });
    const saved: { name: string; blob: Blob }[] = [];
    const blobs = new Map<string, Blob>();
    vi.spyOn(URL, 'createObjectURL').mockImplementation(blob => {
      const url = `blob:fake/${blobs.size}`;
      blobs.set(url, blob as Blob);
      return url;
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const blob = blobs.get(this.href);
      if (blob) saved.push({ name: this.download, blob });
    });
    const { user } = await open();
    await user.click(itemButton('Draft', 'Save as file'));
    await waitFor(() => expect(status()).toBe('Saved as file: capture-draft-2024-06-10.json'));
    expect(saved.map(({ name }) => name)).toEqual(['capture-draft-2024-06-10.json']);
    expect(await saved[0]?.blob.text()).toBe('{"id":"d1"}');
  });

  test('Save as file says why it cannot', async () => {
    fakeBrowser.onMessage({ 'unreadable.read': () => fail({ kind: 'not-found' }) });
    const { user } = await open();
    await user.click(itemButton('Draft', 'Save as file'));
    await waitFor(() => expect(status()).toBe('It is no longer there.'));
  });

  test('Discard asks first, then takes the record away and keeps the focus', async () => {
    fakeBrowser.onMessage({
      'unreadable.discard': ({ id }) => {
        unreadable = unreadable.filter(record => record.id !== id);
        return ok(null);
      },
    });
    const { user } = await open();
    await user.click(itemButton('Draft', 'Discard'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toMatch(/^Discard “Draft, found .*”\? It cannot be brought back\./);
    expect(unreadable).toHaveLength(2);
    await user.click(within(dialog).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(status()).toMatch(/^Discarded: Draft, found/));
    expect(within(region()).getAllByRole('listitem')).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('status')));
  });

  test('Discard says why it cannot', async () => {
    fakeBrowser.onMessage({ 'unreadable.discard': () => fail({ kind: 'storage-unavailable' }) });
    const { user } = await open();
    await user.click(itemButton('Draft', 'Discard'));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(status()).toMatch(/storage cannot be opened/));
  });
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

  test('a list that was asked for before the press is not taken for what came of it', async () => {
    const job = makeJobView({ state: states.attention });
    const { user } = await open(job);
    const early = heldPromise<void>();
    const before = { jobs: [job], unreadable: [] };
    fakeBrowser.onMessage({
      'outbox.list': async () => {
        await early.promise;
        return ok(before);
      },
      'job.sendNow': async () => {
        fakeBrowser.onMessage({ 'outbox.list': () => ok({ jobs, unreadable }) });
        jobs = [{ ...job, state: states.queued }];
        return ok({ ...job, state: states.queued });
      },
    });
    const asked = sentNames().length;
    announce(jobs);
    await waitFor(() => expect(sentNames().slice(asked)).toContain('outbox.list'));
    await user.click(button('Send now: Export stops'));
    await waitFor(() => expect(sentNames()).toContain('job.sendNow'));
    await new Promise(resolve => setTimeout(resolve, 50));
    early.resolve();
    await waitFor(() => expect(sentNames()).toContain('outbox.run'));
    expect(status()).toBe('Sending…');
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

test('Send now of an item that others hold back says what it waits for', async () => {
  const job = makeJobView({ kind: 'reply', state: states.paused });
  const sent: JobView = { ...job, state: states.queued, wait: { reason: 'earlier-reply', until: null } };
  fakeBrowser.onMessage({
    'job.sendNow': () => {
      jobs = [sent];
      return ok(sent);
    },
  });
  const { user } = await open(job);
  await user.click(button('Send now: Export stops'));
  await waitFor(() => expect(status()).toMatch(/^Export stops: Waiting\. It goes after your earlier reply/));
});

test('Edit brings the draft back and says where it is', async () => {
  fakeBrowser.onMessage({
    'job.edit': () => {
      jobs = [];
      return ok({ draft: emptyDraft('d', 0), isRebuilt: false, missingFiles: 0 });
    },
  });
  const { user } = await open(makeJobView({ state: states.attention }));
  await user.click(button('Edit: Export stops'));
  await waitFor(() => expect(status()).toMatch(/in the popup/));
  expect(screen.queryByRole('listitem')).toBeNull();
});

test('Edit says that the draft that was in use is under Drafts', async () => {
  let drafts: DraftSummary[] = [];
  fakeBrowser.onMessage({
    'drafts.list': () => ok(drafts),
    'job.edit': async () => {
      jobs = [];
      drafts = [makeDraftSummary()];
      // The news come before the answer.
      new BroadcastChannel('capture-changes').postMessage({ about: 'draft' });
      await screen.findByRole('heading', { name: 'Drafts' });
      return ok({ draft: emptyDraft('d', 0), isRebuilt: false, missingFiles: 0 });
    },
  });
  const { user } = await open(makeJobView({ state: states.attention }));
  await user.click(button('Edit: Export stops'));
  await waitFor(() => expect(status()).toMatch(/in the popup now.* is under Drafts\.$/));
});

test.each([
  [0, [], /made again from what would have been sent\.$/],
  [0, [makePicture()], /drawn on its pictures is part of them now\.$/],
  [1, [], /sent\. One of its pictures or files is gone: add it again\.$/],
  [2, [], /sent\. 2 of its pictures and files are gone: add them again\.$/],
])(
  'Edit says of a draft that was made again what is not in it: %i files',
  async (missingFiles, attachments, words) => {
    const draft = { ...emptyDraft('d', 0), attachments };
    fakeBrowser.onMessage({ 'job.edit': () => ok({ draft, isRebuilt: true, missingFiles }) });
    const { user } = await open(makeJobView({ state: states.attention }));
    await user.click(button('Edit: Export stops'));
    await waitFor(() => expect(status()).toMatch(words));
  },
);

test('Edit says why it cannot', async () => {
  fakeBrowser.onMessage({ 'job.edit': () => fail({ kind: 'busy' }) });
  const { user } = await open(makeJobView({ state: states.attention }));
  await user.click(button('Edit: Export stops'));
  await waitFor(() => expect(status()).toMatch(/being sent right now/));
});

describe('an item also says', () => {
  afterEach(() => void vi.restoreAllMocks());
  const item = () => screen.getByRole('listitem');

  test('its customer, its company, and of a reply the ticket as a person knows it', async () => {
    const ticket = makeJobView({ id: 'cap_t', title: 'Invoice wrong', state: states.sent });
    await open(
      makeJobView({ id: 'capr_r', kind: 'reply', title: 'We look into it', target: 'cap_t', order: 2 }),
      { ...ticket, customer: 'Ada ada@example.com', company: 'Analytical Engines' },
    );
    const [reply, other] = screen.getAllByRole('listitem');
    expect(reply?.textContent).toContain('Reply to ASM-7 Invoice wrong');
    expect(other?.textContent).toMatch(/Ada ada@example\.com.*Analytical Engines/);
  });

  test('that its text was removed; its buttons are named by the number', async () => {
    await open(makeJobView({ title: '', state: states.sent }));
    expect(item().textContent).toContain('ASM-7 Text removed, as the settings say');
    expect(button('Reply: ASM-7')).toBeTruthy();
  });

  test('what its files are called; a picture that is there is shown, one that is gone is not kept', async () => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:fake/1');
    const blobId = await putBlob(new Blob(['picture'], { type: 'image/png' }));
    await open(
      makeJobView({
        files: [
          { blobId, name: 'shot.png', type: 'image/png' },
          { blobId: 'gone', name: 'old.png', type: 'image/png' },
        ],
      }),
    );
    expect((await within(item()).findByRole<HTMLImageElement>('img', { name: 'shot.png' })).src).toMatch(
      /^blob:/,
    );
    expect(item().textContent).toContain('old.png (not kept)');
    expect(item().textContent).not.toContain('shot.png');
  });
});

test('Copy number copies the number', async () => {
  const { user } = await open(makeJobView({ state: states.sent }));
  await user.click(button('Copy number: Export stops'));
  await waitFor(() => expect(status()).toBe('ASM-7 copied.'));
  expect(await navigator.clipboard.readText()).toBe('ASM-7');
});

describe('Reply', () => {
  const fresh = emptyDraft('fresh', 0);
  let drafts: DraftSummary[];

  function withDraft(draft: Draft) {
    drafts = [];
    fakeBrowser.onMessage({
      'draft.read': () => ok(makePopupView(draft)),
      'draft.startOver': () => {
        if (isUntouched(draft)) return ok(draft);
        drafts = [makeDraftSummary({ id: draft.id })];
        return ok(fresh);
      },
      'draft.edit': ({ edits }) => ok({ ...draft, ...edits }),
      'drafts.list': () => ok(drafts),
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
    await waitFor(() => expect(status()).toBe('A reply is ready in the popup. Open it from the toolbar.'));
    expect(edit()).toEqual({ draftId: 'd1', edits: { kind: 'reply', replyTarget }, baseBody: '' });
  });

  test('puts a draft aside that holds something, and says where it is', async () => {
    withDraft({ ...emptyDraft('d1', 0), body: 'half a sentence' });
    const { user } = await open(makeJobView({ state: states.sent }));
    await user.click(button('Reply: Export stops'));
    await waitFor(() => expect(status()).toMatch(/A reply is ready .* is under Drafts\.$/));
    expect(edit()).toMatchObject({ draftId: 'fresh' });
    expect(screen.getByRole('heading', { name: 'Drafts' })).toBeTruthy();
  });

  test('leaves the words of a draft alone that has become current meanwhile', async () => {
    withDraft({ ...emptyDraft('d1', 0), body: 'half a sentence' });
    const newer = { ...emptyDraft('d2', 0), body: 'a quote' };
    fakeBrowser.onMessage({
      'draft.startOver': ({ draftId }) => ok(draftId === newer.id ? fresh : newer),
    });
    const { user } = await open(makeJobView({ state: states.sent }));
    await user.click(button('Reply: Export stops'));
    await waitFor(() => expect(status()).toMatch(/A reply is ready/));
    expect(edit()).toMatchObject({ draftId: 'fresh', baseBody: '' });
  });

  test('says why it cannot', async () => {
    withDraft({ ...emptyDraft('d1', 0), body: 'half a sentence' });
    fakeBrowser.onMessage({ 'draft.startOver': () => fail({ kind: 'draft-changed' }) });
    const { user } = await open(makeJobView({ state: states.sent }));
    await user.click(button('Reply: Export stops'));
    await waitFor(() => expect(status()).toMatch(/This draft is on its way/));
    expect(edit()).toBeUndefined();
  });
});

test('Settings opens the settings', async () => {
  const { user } = await open(makeJobView());
  await user.click(button('Settings'));
  expect(fakeBrowser.openedTabs.map(url => new URL(url).pathname)).toEqual(['/src/options/options.html']);
});
