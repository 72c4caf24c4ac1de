import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Draft } from '../../../src/core/draft.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
import { answerOf } from '../../support/ask-worker.ts';
import { fakeNetwork } from '../../support/fake-network.ts';
import {
  closeProfile,
  enqueueDraft,
  newProfile,
  type SimulatedWorker,
  setState,
  startListeningWorker,
  startWorker,
} from '../../support/simulated-worker.ts';

const here = 'https://shop.example.com/orders';

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
  fakeNetwork.isOnline = false;
});
afterEach(closeProfile);

/** Files a ticket from a page, and leaves its draft. */
async function fileFrom(url: string, body: string, passages: string[] = [], state?: JobState) {
  await capture(url, { body, seenSelections: passages });
  const { draft } = await worker.currentDraft();
  const job = await enqueueDraft(worker, draft.id);
  if (state) await setState(worker, job, state);
  await worker.startOver(draft.id);
  return job;
}

async function capture(url: string, changes: Partial<Draft> = {}): Promise<void> {
  const added = await worker.addToCurrentDraft(draft => ({ ...draft, page: { page_url: url }, ...changes }));
  if (!added.ok) throw new Error(added.failure.kind);
}

/** What the popup shows. */
async function filed() {
  await startListeningWorker();
  return (await answerOf('draft.read', { windowId: null })).filed;
}

const sent: JobState = { name: 'sent', at: 1, ticketNumber: 'ASM-7', historyId: null };

test('the newest ticket from the same page is told, with its number', async () => {
  await fileFrom(here, 'Older', [], sent);
  const newer = await fileFrom(here, 'Newer', [], sent);
  await fileFrom('https://shop.example.com/other', 'Elsewhere');
  await capture(here);
  expect(await filed()).toEqual({
    jobId: newer.id,
    title: 'Newer',
    ticketNumber: 'ASM-7',
    isSent: true,
    createdAt: newer.createdAt,
    isSamePassage: false,
  });
});

test('one that quotes the same passage comes before a newer one that does not', async () => {
  const same = await fileFrom(here, 'Same', ['f1', 'f2'], sent);
  await fileFrom(here, 'Newer', ['f3'], sent);
  await capture(here, { seenSelections: ['f2', 'f9'] });
  expect(await filed()).toMatchObject({ jobId: same.id, isSamePassage: true });
});

test.each<JobState>([
  { name: 'waiting', until: Date.UTC(2030, 0), failure: { kind: 'unreachable' } },
  { name: 'paused', failure: { kind: 'no-key' } },
])('one that is $name has no number yet', async state => {
  const job = await fileFrom(here, 'Filed', [], state);
  await capture(here);
  expect(await filed()).toMatchObject({ jobId: job.id, ticketNumber: null });
});

test.each<[string, () => Promise<unknown>]>([
  ['nothing was filed from this page', () => fileFrom('https://shop.example.com/orders?page=2', 'Other')],
  [
    'what was filed needs the person first',
    () => fileFrom(here, 'Refused', [], { name: 'attention', failure: { kind: 'no-key' } }),
  ],
  [
    'what was filed was discarded',
    async () => worker.discardJob((await fileFrom(here, 'Gone', [], sent)).id, Date.now()),
  ],
])('nothing is told when %s', async (_, prepare) => {
  await prepare();
  await capture(here);
  expect(await filed()).toBeNull();
});

test.each<[string, Partial<Draft>]>([
  ['a reply', { kind: 'reply' }],
  ['a draft whose notice was put away', { isFiledNoticeClosed: true }],
  ['a draft of no page', { page: {} }],
])('nothing is told for %s', async (_, changes) => {
  await fileFrom(here, 'Filed', [], sent);
  await capture(here, { body: 'Words', ...changes });
  expect(await filed()).toBeNull();
});

test('nothing is told for a draft that is in the outbox itself', async () => {
  await fileFrom(here, 'Filed', [], sent);
  await capture(here, { body: 'Words' });
  const { draft } = await worker.currentDraft();
  await setState(worker, await enqueueDraft(worker, draft.id), {
    name: 'paused',
    failure: { kind: 'no-key' },
  });
  expect(await filed()).toBeNull();
});

test('a newer reply from the same page is no ticket', async () => {
  const ticket = await fileFrom(here, 'Filed', [], sent);
  await capture(here, { kind: 'reply', replyTarget: 'cap_1', body: 'Words' });
  const { draft } = await worker.currentDraft();
  await enqueueDraft(worker, draft.id);
  await worker.startOver(draft.id);
  await capture(here);
  expect(await filed()).toMatchObject({ jobId: ticket.id });
});
