import { screen, waitFor, within } from '@testing-library/dom';
import { beforeEach, describe, expect, test } from 'vitest';
import { Activity } from '../../../src/activity/activity.tsx';
import type { MessageInput } from '../../../src/contract/messages.ts';
import type { HistoryPage, JobView } from '../../../src/contract/views.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { announceChange } from '../../../src/platform/changes.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { makeJobView } from '../../support/make-job-view.ts';
import { show } from '../../support/show.ts';

const dayMs = 24 * 60 * 60_000;
const hourMs = 60 * 60_000;
const noon = new Date(2024, 5, 10, 12).getTime();
const sent = (n: number): JobView['state'] => ({
  name: 'sent',
  at: 0,
  ticketNumber: `ASM-${n}`,
  historyId: null,
});

/** So many items, the newest first, one every hour. */
function makeJobs(count: number): JobView[] {
  return Array.from({ length: count }, (_, at) => {
    const n = count - at;
    const createdAt = noon - at * hourMs;
    return makeJobView({ id: `cap_${n}`, title: `Item ${n}`, order: n, createdAt, state: sent(n) });
  });
}

let jobs: JobView[];
const parts = () => fakeBrowser.sent.filter(({ name }) => name === 'history.page').length;

beforeEach(() => {
  jobs = makeJobs(1_000);
  fakeBrowser.onMessage({
    'outbox.list': () => ok({ jobs: jobs.slice(0, 200), unreadable: [] }),
    'outbox.run': () => ok(null),
    'drafts.list': () => ok([]),
    'history.page': pageBelow,
  });
});

function pageBelow({ below }: MessageInput<'history.page'>): Result<HistoryPage> {
  const part = jobs.filter(({ order }) => below === null || order < below).slice(0, 300);
  const last = part.at(-1);
  return ok({ jobs: part, below: last && last !== jobs.at(-1) ? last.order : null });
}

async function open(count = '1,000') {
  const { user } = show(<Activity />);
  await screen.findByText(`${count} items`);
  return user;
}
const listed = () =>
  screen.queryAllByRole('listitem').map(item => item.querySelector('p')?.textContent?.trim());
const focusedItem = () => document.activeElement?.querySelector('p')?.textContent?.trim();
const search = () => screen.getByRole('searchbox', { name: 'Search' });
const announce = () => new BroadcastChannel('capture-changes').postMessage({ about: 'outbox' });

describe('a long history', () => {
  test('is there as a whole, and only what the window shows is drawn', async () => {
    await open();
    expect(listed().slice(0, 2)).toEqual(['ASM-1000 Item 1000', 'ASM-999 Item 999']);
    expect(listed().length).toBeLessThan(30);
  });

  test('is not asked for before the first items are drawn', async () => {
    let answer = () => {};
    const asked = new Promise<void>(resolve => {
      answer = resolve;
    });
    fakeBrowser.onMessage({ 'drafts.list': () => asked.then(() => ok([])) });
    show(<Activity />);
    await waitFor(() => expect(fakeBrowser.sent.map(({ name }) => name)).toContain('outbox.list'));
    await new Promise(resolve => setTimeout(resolve, 100));
    expect([listed().length, parts()]).toEqual([0, 0]);
    answer();
    await waitFor(() => expect(listed().length).toBeGreaterThan(0));
    await screen.findByText('1,000 items');
  });

  test('each item says its place among those of its day', async () => {
    await open();
    const [day] = screen.getAllByRole('list');
    const [, second] = day ? within(day).getAllByRole('listitem') : [];
    expect([second?.getAttribute('aria-posinset'), second?.getAttribute('aria-setsize')]).toEqual([
      '2',
      '13',
    ]);
    expect(day?.getAttribute('aria-labelledby')).toBe(screen.getAllByRole('heading', { level: 3 })[0]?.id);
  });

  test('is not read again when an item changes', async () => {
    await open();
    const before = parts();
    jobs = jobs.map((job, at) => (at === 0 ? { ...job, title: 'Changed' } : job));
    announce();
    await screen.findByText('Changed', { exact: false });
    expect(parts()).toBe(before);
  });

  test('nothing of it comes back after all was erased elsewhere, when there are many items again', async () => {
    await open();
    jobs = [];
    for (const about of ['erased', 'outbox'] as const) announceChange({ about });
    await screen.findByText(/^Nothing has been sent yet/);
    // Their count begins anew.
    jobs = makeJobs(200).map(job => ({ ...job, id: `new_${job.id}`, title: `New ${job.order}` }));
    announce();
    await screen.findByText('200 items');
    expect(screen.queryByText(/Item/)).toBeNull();
  });

  test('a newest item that is gone is gone, though the history had it', async () => {
    await open();
    jobs = jobs.slice(1);
    announce();
    await screen.findByText('999 items');
    expect(listed()[0]).toBe('ASM-999 Item 999');
  });

  test('an old item that was waiting and is in no list any more is asked after', async () => {
    const old: JobView = {
      ...(jobs[500] as JobView),
      state: { name: 'paused', failure: { kind: 'no-key' } },
    };
    let isPending = true;
    jobs = jobs.with(500, old);
    fakeBrowser.onMessage({
      'outbox.list': () => ok({ jobs: [...jobs.slice(0, 200), ...(isPending ? [old] : [])], unreadable: [] }),
      'job.read': () => ok({ ...old, state: sent(1) }),
    });
    await open();
    expect(screen.getByRole('radio', { name: 'Needs attention 1' })).toBeTruthy();
    isPending = false;
    announce();
    await screen.findByRole('radio', { name: 'Sent 1,000' });
  });

  test('of many old items that change together, all are shown together', async () => {
    await open();
    const gone = jobs.splice(500, 200).map(({ id }) => id);
    fakeBrowser.onMessage({
      'job.read': async ({ jobId }) => {
        await new Promise(resolve => setTimeout(resolve, gone.indexOf(jobId)));
        return fail({ kind: 'not-found' });
      },
    });
    const counts = new Set<string>();
    const observer = new MutationObserver(() => {
      const count = screen.queryByText(/^[\d,]+ items$/)?.textContent;
      if (count) counts.add(count);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    announceChange({ about: 'outbox', jobIds: gone });
    await screen.findByText('800 items');
    observer.disconnect();
    expect([...counts].filter(count => count !== '1,000 items')).toEqual(['800 items']);
  });

  test('an old item that another page discards goes, and comes back, and nothing else is read for it', async () => {
    await open();
    const before = parts();
    const [old] = jobs.splice(500, 1);
    if (!old) throw new Error('There are 1,000.');
    let isThere = false;
    fakeBrowser.onMessage({ 'job.read': () => (isThere ? ok(old) : fail({ kind: 'not-found' })) });
    const announceOld = () =>
      new BroadcastChannel('capture-changes').postMessage({ about: 'outbox', jobIds: [old.id] });
    announceOld();
    await screen.findByText('999 items');
    isThere = true;
    announceOld();
    await screen.findByText('1,000 items');
    expect(parts()).toBe(before);
    expect(fakeBrowser.sent.filter(({ name }) => name === 'job.read')).toEqual([
      { name: 'job.read', input: { jobId: old.id } },
      { name: 'job.read', input: { jobId: old.id } },
    ]);
  });

  test('what of it cannot be read is said', async () => {
    fakeBrowser.onMessage({ 'history.page': () => fail({ kind: 'storage-unavailable' }) });
    show(<Activity />);
    await screen.findByText(/^Older items are missing: .*storage cannot be opened/);
    expect(listed().length).toBeGreaterThan(0);
  });

  test('what of it could not be read is read once something happens again, from there on', async () => {
    const asked: (number | null)[] = [];
    let isBroken = true;
    fakeBrowser.onMessage({
      'history.page': ({ below }) => {
        asked.push(below);
        if (isBroken && below !== null) return fail({ kind: 'unexpected', detail: 'the worker was stopped' });
        return pageBelow({ below });
      },
    });
    show(<Activity />);
    await screen.findByText(/^Older items are missing: .*worker was stopped/);
    isBroken = false;
    const [first, missing] = asked;
    announce();
    await screen.findByText('1,000 items');
    expect(asked.filter(below => below === first)).toHaveLength(1);
    expect(asked.filter(below => below === missing)).toHaveLength(2);
  });
});

describe('days', () => {
  test('today and yesterday have their names, others their dates', async () => {
    const now = Date.now();
    jobs = [0, 1, 2, 800].map((days, at) =>
      makeJobView({ id: `j${at}`, title: `Item ${at}`, createdAt: now - days * dayMs }),
    );
    await open('4');
    const days = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
    const twoDaysAgo = new Date(now - 2 * dayMs);
    expect(days.slice(0, 2)).toEqual(['Today', 'Yesterday']);
    expect(days[2]).toContain(twoDaysAgo.toLocaleDateString([], { weekday: 'long' }));
    expect(days[3]).toContain(String(new Date(now - 800 * dayMs).getFullYear()));
  });
});

describe('search and filters', () => {
  test('words find items by all that is known of them, and the number found is said', async () => {
    jobs = jobs.with(700, { ...(jobs[700] as JobView), customer: 'Zoë Müller zoe@example.com' });
    const user = await open();
    await user.type(search(), 'muller zoe');
    expect(listed()).toEqual(['ASM-300 Item 300']);
    expect(screen.getByText('1 of 1,000 items')).toBeTruthy();
  });

  test('states say how many there are, and choose', async () => {
    jobs = jobs.with(3, {
      ...(jobs[3] as JobView),
      state: { name: 'unknown', failure: { kind: 'timed-out' } },
    });
    const user = await open();
    expect(screen.getAllByRole('radio').map(radio => radio.closest('label')?.textContent)).toEqual([
      'All 1,000',
      'Waiting 0',
      'Sending 0',
      'Sent 999',
      'May have been sent 1',
      'Needs attention 0',
    ]);
    await user.click(screen.getByRole('radio', { name: 'May have been sent 1' }));
    expect(listed()).toEqual(['Item 997']);
  });

  test('the kind chooses', async () => {
    jobs = jobs.with(5, { ...(jobs[5] as JobView), kind: 'reply', target: 'x' });
    const user = await open();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Replies');
    expect(listed()).toEqual(['ASM-995 Item 995']);
  });

  test('when nothing is found, that is said, and one press shows all again', async () => {
    const user = await open();
    await user.type(search(), 'nothing has these words');
    expect(screen.getByText('No item matches.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show all items' }));
    expect((search() as HTMLInputElement).value).toBe('');
    expect(listed().length).toBeGreaterThan(5);
    await waitFor(() => expect(document.activeElement).toBe(search()));
  });
});

describe('the keyboard in the list', () => {
  test('Tab comes to the first item, then to its buttons and its link', async () => {
    const user = await open();
    screen.getByRole('button', { name: 'Erase everything' }).focus();
    await user.tab();
    expect(focusedItem()).toBe('ASM-1000 Item 1000');
    const stops: (string | null | undefined)[] = [];
    for (let stop = 0; stop < 5; stop += 1) {
      await user.tab();
      stops.push(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
    }
    expect(stops).toEqual([
      'forum.example.com/t/42',
      'Copy number: Item 1000',
      'Reply: Item 1000',
      'Discard: Item 1000',
      'forum.example.com/t/42',
    ]);
  });

  test('arrows, Home and End move between items, also to one that was not drawn', async () => {
    const user = await open();
    screen.getByRole('button', { name: 'Reply: Item 1000' }).focus();
    for (const [key, name] of [
      ['ArrowDown', 'ASM-999 Item 999'],
      ['ArrowDown', 'ASM-998 Item 998'],
      ['ArrowUp', 'ASM-999 Item 999'],
      ['End', 'ASM-1 Item 1'],
      ['ArrowDown', 'ASM-1 Item 1'],
      ['ArrowUp', 'ASM-2 Item 2'],
      ['Home', 'ASM-1000 Item 1000'],
      ['ArrowUp', 'ASM-1000 Item 1000'],
    ] as const) {
      await user.keyboard(`{${key}}`);
      await waitFor(() => expect(focusedItem()).toBe(name));
    }
  });

  test('a page key moves on from an item that is far from what the window shows', async () => {
    const user = await open();
    screen.getByRole('button', { name: 'Reply: Item 1000' }).focus();
    await user.keyboard('{End}');
    await waitFor(() => expect(focusedItem()).toBe('ASM-1 Item 1'));
    // The window is not scrolled here, and it is late to be in a browser: the item with the focus is no longer drawn.
    await user.keyboard('{PageUp}');
    await waitFor(() => expect(focusedItem()).toMatch(/^ASM-([4-9]|1\d) /));
  });

  test('the item with the focus stays when its buttons change', async () => {
    jobs = jobs.with(1, { ...(jobs[1] as JobView), state: { name: 'paused', failure: { kind: 'no-key' } } });
    await open();
    screen.getByRole('button', { name: 'Send now: Item 999' }).focus();
    jobs = jobs.with(1, { ...(jobs[1] as JobView), state: { name: 'sending', since: 0, runId: 'r' } });
    announce();
    await waitFor(() => expect(focusedItem()).toBe('Item 999'));
  });

  test('when the item with the focus is gone, the one in its place has it', async () => {
    await open();
    screen.getByRole('button', { name: 'Reply: Item 998' }).focus();
    jobs = jobs.filter(({ id }) => id !== 'cap_998');
    announce();
    await waitFor(() => expect(focusedItem()).toBe('ASM-997 Item 997'));
  });
});
