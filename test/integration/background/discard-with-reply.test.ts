import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { defaultRetention, discardedMs } from '../../../src/core/retention.ts';
import { fakeNetwork, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  enqueueDraft,
  fileAndGoOn,
  pressSend,
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

      expect(await worker.undoDiscard(ticket.id, Date.now())).toEqual({ ok: true, value: ticket });
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
    await worker.undoDiscard(ticket.id, Date.now());
    expect(await worker.pendingJobs()).toEqual([ticket, second]);
    expect(await worker.undoDiscard(first.id, Date.now())).toMatchObject({ ok: true });
  });

  test('brings no reply back that was sent anew from its draft, to another ticket', async () => {
    const ticket = await setState(worker, await fileAndGoOn(worker, 'Ticket'), paused);
    const { draft } = await worker.currentDraft();
    await worker.editDraft(draft.id, { kind: 'reply', body: 'Reply', replyTarget: ticket.id }, '');
    await enqueueDraft(worker, draft.id);
    await discard(ticket);
    await worker.editDraft(draft.id, { replyTarget: 'cap_other' }, 'Reply');
    const again = await enqueueDraft(worker, draft.id);
    expect(await worker.undoDiscard(ticket.id, Date.now())).toMatchObject({ ok: true });
    expect(await worker.readJob(again.id)).toEqual(again);
    expect(await ledger()).toEqual({ enqueued: 3, withdrawn: 0, discarded: 1 });
  });

  test('brings its replies back to what was sent anew from its draft', async () => {
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const waiting = await reply(ticket.id, 'Reply');
    await worker.editJobAgain(ticket);
    await enqueueDraft(worker, ticket.draftId);
    expect(await discard(ticket)).toMatchObject({ value: { repliesGone: 1 } });
    const again = await enqueueDraft(worker, ticket.draftId);
    expect(await worker.undoDiscard(ticket.id, Date.now())).toEqual({ ok: true, value: again });
    expect(await worker.pendingJobs()).toEqual([waiting, again]);
    expect(await keys('discarded')).toEqual([]);
    expect(await worker.undoDiscard(ticket.id, Date.now())).toEqual(notFound);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([again.id, waiting.id]);
  });

  test('is the only one that brings its reply back, and both are gone for good together', async () => {
    const { ticket, replies } = await ticketWithReplies(paused);
    await discard(ticket);
    for (const { id } of replies) expect(await worker.undoDiscard(id, Date.now())).toEqual(notFound);
    expect(await keys('discarded')).toHaveLength(3);
    await worker.removeOld(Date.now() + discardedMs, defaultRetention);
    expect(await keys('discarded')).toEqual([]);
    expect(await worker.undoDiscard(ticket.id, Date.now())).toEqual(notFound);
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

describe('a reply to a ticket that was discarded before it was sent', () => {
  const gone = { kind: 'draft-incomplete', problems: ['target-discarded'] };

  /** The current draft, as a reply to what has this id. */
  async function replyDraft(target: string): Promise<string> {
    const { draft } = await worker.currentDraft();
    await worker.editDraft(draft.id, { kind: 'reply', body: 'Reply', replyTarget: target }, draft.body);
    return draft.id;
  }

  test('is refused, and goes once the ticket is back', async () => {
    const ticket = await fileAndGoOn(worker, 'Ticket');
    await discard(ticket);
    const draftId = await replyDraft(ticket.id);
    expect(await pressSend(worker, draftId)).toEqual({ ok: false, failure: gone });
    expect(await keys('jobs')).toEqual([]);
    await worker.undoDiscard(ticket.id, Date.now());
    const sentReply = await enqueueDraft(worker, draftId);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id, sentReply.id]);
  });

  test('is taken when the ticket may be at Assembly', async () => {
    fakeNetwork.script(refuse(500));
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const running = worker.runOutbox();
    await whileTimePasses(until(async () => (await worker.readJob(ticket.id))?.state.name === 'waiting'));
    await discard(ticket);
    expect(await pressSend(worker, await replyDraft(ticket.id))).toMatchObject({ ok: true });
    await whileTimePasses(running);
  });

  test('is taken when the ticket was delivered', async () => {
    const ticket = await setState(worker, await fileAndGoOn(worker, 'Ticket'), sent);
    await discard(ticket);
    expect(await pressSend(worker, await replyDraft(ticket.id))).toMatchObject({ ok: true });
  });

  test('is taken when nothing is known of the ticket: it may have been filed elsewhere', async () => {
    expect(await pressSend(worker, await replyDraft('cap_elsewhere'))).toMatchObject({ ok: true });
  });

  test('that comes back alone is not sent, says why, and goes by itself after the ticket', async () => {
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const waiting = await reply(ticket.id, 'Reply');
    await discard(waiting);
    await discard(ticket);
    await worker.undoDiscard(waiting.id, Date.now());
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    expect((await worker.readJob(waiting.id))?.state).toEqual({ name: 'attention', failure: gone });
    await worker.undoDiscard(ticket.id, Date.now());
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id, waiting.id]);
  });
});

describe('a reply to a ticket that was taken back into its draft', () => {
  const gone = { kind: 'draft-incomplete', problems: ['target-is-draft'] };

  test('is not sent, says why, and goes by itself after the ticket', async () => {
    fakeNetwork.script(refuse(400));
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const waiting = await reply(ticket.id, 'Reply');
    await run();
    await worker.editJobAgain(ticket);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id]);
    expect(await worker.readJob(waiting.id)).toMatchObject({
      attempts: 0,
      mayHaveArrived: false,
      state: { name: 'attention', failure: gone },
    });
    await enqueueDraft(worker, ticket.draftId);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id, ticket.id, waiting.id]);
  });

  test('is sent when that draft’s ticket cannot be read: nobody knows how far it got', async () => {
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const database = await worker.database();
    await database.put('jobs', { id: ticket.id, job: 'torn' as never, createdAt: 1, pending: 1 });
    const waiting = await reply(ticket.id, 'Reply');
    await run();
    expect(fakeNetwork.sentIds()).toEqual([waiting.id]);
  });

  test('is sent when the ticket may be at Assembly', async () => {
    fakeNetwork.script(refuse(500));
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const waiting = await reply(ticket.id, 'Reply');
    const running = worker.runOutbox();
    await whileTimePasses(until(async () => (await worker.readJob(ticket.id))?.state.name === 'waiting'));
    await worker.editJobAgain(ticket);
    await whileTimePasses(running);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([ticket.id, waiting.id]);
  });
});
