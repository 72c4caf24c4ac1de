import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { defaultRetention, discardedMs } from '../../../src/core/retention.ts';
import { fakeNetwork, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  enqueueDraft,
  fileAndGoOn,
  type SimulatedWorker,
  setState,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// A reply that waits for a ticket which Assembly has not got goes with that ticket, and comes back with it.

const paused: JobState = { name: 'paused', failure: { kind: 'no-key' } };
const refused: JobState = { name: 'attention', failure: { kind: 'rejected', status: 400, detail: '' } };
const sent: JobState = { name: 'sent', at: 1, ticketNumber: 'ASM-1', historyId: null };
const notFound = { ok: false, failure: { kind: 'not-found' } };

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox());
const discard = (job: Job) => worker.discardJob(job.id, Date.now());
const ledger = async () => (await worker.database()).get('meta', 'ledger');
const keys = async (store: 'jobs' | 'drafts' | 'discarded') => (await worker.database()).getAllKeys(store);

/** A reply in the outbox to what has this id; its draft is put out of the way. */
async function reply(target: string, words: string): Promise<Job> {
  const { draft } = await worker.currentDraft();
  await worker.editDraft(draft.id, { kind: 'reply', body: words, replyTarget: target }, draft.body);
  const job = await enqueueDraft(worker, draft.id);
  await worker.startOver(job.draftId);
  return job;
}

async function ticketWithReplies(state: JobState): Promise<{ ticket: Job; replies: Job[] }> {
  const ticket = await setState(worker, await fileAndGoOn(worker, 'Ticket'), state);
  const replies = [await reply(ticket.id, 'First'), await reply(ticket.id, 'Second')];
  return { ticket, replies };
}

describe('a ticket that Assembly has not got', () => {
  test.each([paused, refused])(
    'and is $name takes its replies with it, and brings them back',
    async state => {
      const { ticket, replies } = await ticketWithReplies(state);
      const other = await reply('cap_other', 'To another ticket');
      const ids = [ticket, ...replies, other].map(({ id }) => id).sort();
      const drafts = await keys('drafts');
      expect(await discard(ticket)).toEqual({ ok: true, value: { repliesGone: 2, repliesLeft: 0 } });
      expect(await worker.pendingJobs()).toEqual([other]);
      expect(await ledger()).toEqual({ enqueued: 4, withdrawn: 0, discarded: 3 });

      expect(await worker.undoDiscard(ticket.id)).toEqual({ ok: true, value: ticket });
      expect(await keys('jobs')).toEqual(ids);
      expect(await worker.pendingJobs()).toEqual([ticket, ...replies, other]);
      expect(await keys('drafts')).toEqual(drafts);
      expect(await keys('discarded')).toEqual([]);
      expect(await ledger()).toEqual({ enqueued: 4, withdrawn: 0, discarded: 0 });
    },
  );

  test('nothing of it is sent', async () => {
    fakeNetwork.script(refuse(400));
    const ticket = await fileAndGoOn(worker, 'Ticket');
    await run();
    await reply(ticket.id, 'Reply');
    await discard(ticket);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id]);
  });

  test('takes a reply with it that Assembly has refused', async () => {
    const { ticket, replies } = await ticketWithReplies(paused);
    const [first] = replies;
    if (first) await setState(worker, first, refused);
    expect(await discard(ticket)).toMatchObject({ value: { repliesGone: 2 } });
  });

  test('leaves a reply alone that was discarded before', async () => {
    const { ticket, replies } = await ticketWithReplies(paused);
    const [first, second] = replies;
    if (!first || !second) throw new Error('There are two.');
    await discard(first);
    expect(await discard(ticket)).toMatchObject({ value: { repliesGone: 1 } });
    await worker.undoDiscard(ticket.id);
    expect(await worker.pendingJobs()).toEqual([ticket, second]);
    expect(await worker.undoDiscard(first.id)).toMatchObject({ ok: true });
  });

  test('brings no reply back that was sent anew from its draft', async () => {
    const ticket = await setState(worker, await fileAndGoOn(worker, 'Ticket'), paused);
    const { draft } = await worker.currentDraft();
    await worker.editDraft(draft.id, { kind: 'reply', body: 'Reply', replyTarget: ticket.id }, '');
    await enqueueDraft(worker, draft.id);
    await discard(ticket);
    const again = await enqueueDraft(worker, draft.id);
    expect(await worker.undoDiscard(ticket.id)).toMatchObject({ ok: true });
    expect(await worker.readJob(again.id)).toEqual(again);
    expect(await ledger()).toEqual({ enqueued: 3, withdrawn: 0, discarded: 1 });
  });

  test('is the only one that brings its reply back, and both are gone for good together', async () => {
    const { ticket, replies } = await ticketWithReplies(paused);
    await discard(ticket);
    for (const { id } of replies) expect(await worker.undoDiscard(id)).toEqual(notFound);
    expect(await keys('discarded')).toHaveLength(3);
    await worker.removeOld(Date.now() + discardedMs, defaultRetention);
    expect(await keys('discarded')).toEqual([]);
    expect(await worker.undoDiscard(ticket.id)).toEqual(notFound);
  });
});

describe('a ticket that Assembly may have', () => {
  test('leaves its replies, which are sent to it', async () => {
    fakeNetwork.script(refuse(500));
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const running = worker.runOutbox();
    await whileTimePasses(until(async () => (await worker.readJob(ticket.id))?.state.name === 'waiting'));
    const waiting = await reply(ticket.id, 'Reply');
    expect(await discard(ticket)).toEqual({ ok: true, value: { repliesGone: 0, repliesLeft: 1 } });
    await whileTimePasses(running);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id, waiting.id]);
  });

  test('once it is sent says nothing of them', async () => {
    const ticket = await setState(worker, await fileAndGoOn(worker, 'Ticket'), sent);
    const waiting = await reply(ticket.id, 'Reply');
    expect(await discard(ticket)).toEqual({ ok: true, value: { repliesGone: 0, repliesLeft: 0 } });
    expect(await worker.pendingJobs()).toEqual([waiting]);
  });
});
