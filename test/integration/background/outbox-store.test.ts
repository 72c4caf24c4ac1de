import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobState } from '../../../src/core/outbox/job.ts';
import {
  closeProfile,
  enqueueDraft,
  file,
  fileAndGoOn,
  newProfile,
  pressSend,
  runOf,
  type SimulatedWorker,
  setState,
  startWorker,
} from '../../support/simulated-worker.ts';

const failure = { kind: 'unreachable' } as const;
const sending: JobState = { name: 'sending', since: 0, runId: 'run' };
const waiting: JobState = { name: 'waiting', until: Date.UTC(2030, 0), failure };
const unknown: JobState = { name: 'unknown', failure: { kind: 'timed-out' } };
const sent: JobState = { name: 'sent', at: 1, ticketNumber: 'ASM-1', historyId: null };

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const storedDraft = async (id: string) => (await worker.database()).get('drafts', id);
const storedJobs = async () => (await worker.database()).getAll('jobs');
const current = async () => (await worker.currentDraft()).draft;

describe('pressing Send', () => {
  test('twice for one draft makes one job', async () => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'Words' }, '');
    const [first, second] = await Promise.all([pressSend(worker, id), pressSend(worker, id)]);
    expect(first).toMatchObject({ ok: true, value: { id: `cap_${id}`, state: { name: 'queued' } } });
    expect(second).toEqual(first);
    expect(await storedJobs()).toHaveLength(1);
  });

  test.each([sending, waiting])('again while the job is $name gives the job as it is', async state => {
    const job = await setState(worker, await file(worker, 'Words'), state);
    expect(await pressSend(worker, job.draftId)).toEqual({ ok: true, value: job });
  });

  test('again when the ticket waits for the person queues the same ticket, with its tries', async () => {
    const job = await file(worker, 'Words');
    await setState(worker, job, { name: 'attention', failure }, 2);
    expect(await enqueueDraft(worker, job.draftId)).toMatchObject({
      id: job.id,
      attempts: 2,
      failuresInRow: 0,
      state: { name: 'queued' },
    });
    expect(await storedJobs()).toHaveLength(1);
  });

  test('takes the draft as it is stored at that moment', async () => {
    const { id } = await current();
    await worker.editDraft(id, { body: 'First words' }, '');
    // The last key and the press of Send, one right after the other.
    const [, job] = await Promise.all([
      worker.editDraft(id, { body: 'Last words' }, 'First words'),
      enqueueDraft(worker, id),
    ]);
    expect(job.request).toMatchObject({ query: 'Last words' });
    expect(job.draftRevision).toBe((await storedDraft(id))?.revision);
  });

  test('of an empty draft stores nothing', async () => {
    const { id } = await current();
    expect(await pressSend(worker, id)).toMatchObject({ ok: false, failure: { kind: 'draft-incomplete' } });
    expect(await storedJobs()).toEqual([]);
  });

  test('of a draft that is gone stores nothing', async () => {
    expect(await pressSend(worker, 'f'.repeat(32))).toEqual({
      ok: false,
      failure: { kind: 'draft-changed' },
    });
    expect(await storedJobs()).toEqual([]);
  });

  test('is refused when 200 wait; none of them is dropped, and the draft stays', async () => {
    const first = await fileAndGoOn(worker, 'Words');
    const db = await worker.database();
    const tx = db.transaction('jobs', 'readwrite');
    for (let n = 1; n < 200; n += 1) {
      const id = `cap_${n}`;
      await tx.store.put({ id, createdAt: n, pending: 1, job: { ...first, id, createdAt: n } });
    }
    await tx.done;
    const { id } = await current();
    await worker.editDraft(id, { body: 'One too many' }, '');
    expect(await pressSend(worker, id)).toEqual({ ok: false, failure: { kind: 'outbox-full', limit: 200 } });
    expect(await worker.pendingJobs()).toHaveLength(200);
    expect((await current()).body).toBe('One too many');

    await setState(worker, first, sent);
    expect(await pressSend(worker, id)).toMatchObject({ ok: true });
  });
});

describe('a job that is sent', () => {
  test('takes its draft with it; the next draft is another', async () => {
    const job = await setState(worker, await file(worker, 'Words'), sent);
    expect(await storedDraft(job.draftId)).toBeUndefined();
    expect((await current()).id).not.toBe(job.draftId);
    expect(await worker.pendingJobs()).toEqual([]);
    expect(await worker.recentJobs(10)).toEqual([job]);
  });

  test('leaves the words that were written since, as a draft of their own', async () => {
    const job = await setState(worker, await file(worker, 'Sent words', 'reply'), unknown);
    await worker.editDraft(job.draftId, { body: 'Other words' }, 'Sent words');
    await setState(worker, job, { ...sent, ticketNumber: null });
    const { draft, job: jobOfDraft } = await worker.currentDraft();
    expect(draft).toMatchObject({ body: 'Other words', kind: 'reply', attempts: 0 });
    expect(draft.id).not.toBe(job.draftId);
    expect(jobOfDraft).toBeNull();
    expect(await storedDraft(job.draftId)).toBeUndefined();
    expect(await worker.readJob(job.id)).toMatchObject({ request: { content: 'Sent words' } });
  });

  test('does not touch the draft that is written meanwhile', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    const { id } = await current();
    await worker.editDraft(id, { body: 'The next' }, '');
    const before = await current();
    await setState(worker, job, sent);
    expect(await current()).toEqual(before);
    expect(await storedDraft(job.draftId)).toBeUndefined();
  });
});

test('a job that waits makes room for the next draft, and keeps its own', async () => {
  const job = await setState(worker, await file(worker, 'Words'), waiting);
  expect((await current()).id).not.toBe(job.draftId);
  expect(await storedDraft(job.draftId)).toMatchObject({ body: 'Words' });
});

describe('discarding', () => {
  test('is refused while the job is being sent', async () => {
    const job = await setState(worker, await file(worker, 'Words'), sending);
    expect(await worker.discardJob(job.id, Date.now())).toEqual({ ok: false, failure: { kind: 'busy' } });
    expect(await worker.readJob(job.id)).toEqual(job);
    expect(await storedDraft(job.draftId)).toMatchObject({ body: 'Words' });
  });

  test('removes the job and its draft', async () => {
    const job = await setState(worker, await file(worker, 'Words'), waiting);
    expect(await worker.discardJob(job.id, Date.now())).toMatchObject({ ok: true });
    expect(await worker.readJob(job.id)).toBeNull();
    expect(await storedDraft(job.draftId)).toBeUndefined();
    expect(await worker.discardJob(job.id, Date.now())).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
  });

  test('leaves the draft that the person looks at', async () => {
    const job = await setState(worker, await file(worker, 'Words'), { name: 'paused', failure });
    await worker.discardJob(job.id, Date.now());
    expect(await worker.currentDraft()).toMatchObject({ draft: { body: 'Words' }, job: null });
  });
});

test('a reply that may have been sent is known as such after it was discarded in Activity', async () => {
  const job = await setState(worker, await file(worker, 'Words', 'reply'), unknown);
  await worker.discardJob(job.id, Date.now());
  expect(await current()).toMatchObject({ body: 'Words', attempts: 1, mayHaveArrived: true });
  const again = await enqueueDraft(worker, job.draftId);
  expect(again).toMatchObject({ id: job.id, attempts: 1, mayHaveArrived: true });
});

describe('a draft that was sent as a reply and then as a ticket', () => {
  test('has two jobs, and what is done with one leaves the other alone', async () => {
    const reply = await setState(worker, await file(worker, 'Words', 'reply'), unknown);
    await worker.editDraft(reply.draftId, { kind: 'ticket' }, 'Words');
    const ticket = await enqueueDraft(worker, reply.draftId);
    expect(await worker.editJobAgain(reply)).toMatchObject({ ok: true });
    expect(await worker.readJob(reply.id)).toBeNull();
    expect(await worker.readJob(ticket.id)).toEqual(ticket);
  });
});

describe('a row that cannot be read', () => {
  test('is put aside when its draft is sent again', async () => {
    const job = await file(worker, 'Words');
    const db = await worker.database();
    const broken = { id: job.id, createdAt: 1, pending: 1 as const, job: null as never };
    await db.put('jobs', broken);
    expect(await enqueueDraft(worker, job.draftId)).toMatchObject({ id: job.id });
    expect(await worker.quarantinedRows()).toMatchObject([{ id: job.id, record: broken }]);
    expect(await db.get('meta', 'ledger')).toEqual({ enqueued: 2, withdrawn: 0, discarded: 0 });
    expect(await storedJobs()).toHaveLength(1);
  });

  test('is skipped and kept, and the others go on', async () => {
    const good = await fileAndGoOn(worker, 'Words');
    const db = await worker.database();
    const job = { ...good, id: 'cap_bad', version: 99 as unknown as 3 };
    const row = { id: 'cap_bad', createdAt: 0, pending: 1 as const, job };
    await db.put('jobs', row);

    expect(await worker.pendingJobs()).toEqual([good]);
    expect(await worker.recentJobs(10)).toEqual([good]);
    expect(await worker.readJob('cap_bad')).toBeNull();
    expect(await worker.changeJob('cap_bad', { name: 'send-now' }, 1)).toBeNull();
    expect(await worker.changePendingJobs({ name: 'queue-paused', failure }, 1)).toBe(true);
    expect(await worker.readJob(good.id)).toMatchObject({ state: { name: 'paused' } });
    expect(await worker.discardJob('cap_bad', Date.now())).toEqual({
      ok: false,
      failure: { kind: 'not-found' },
    });
    expect(await db.get('jobs', 'cap_bad')).toEqual(row);
  });

  test('of a draft is neither sent nor written over', async () => {
    const { id } = await current();
    const db = await worker.database();
    const broken = { ...(await current()), revision: 'many' as unknown as number };
    await db.put('drafts', broken);
    expect(await pressSend(worker, id)).toEqual({ ok: false, failure: { kind: 'draft-changed' } });
    expect((await current()).id).not.toBe(id);
    expect(await db.get('drafts', id)).toEqual(broken);
  });
});

describe('what could not be read back is not stored', () => {
  const offSchema: JobState = { ...sent, ticketNumber: 'x'.repeat(300) };

  test('and the job stays as it was, with its draft', async () => {
    const job = await file(worker, 'Words');
    await expect(setState(worker, job, offSchema)).rejects.toThrow();
    expect(await worker.readJob(job.id)).toMatchObject({ attempts: 1, state: { name: 'sending' } });
    expect((await current()).id).toBe(job.draftId);
  });

  test('nor is anything else that belongs to the same change', async () => {
    await fileAndGoOn(worker, 'First');
    await fileAndGoOn(worker, 'Second');
    const before = await storedJobs();
    const put = IDBObjectStore.prototype.put;
    let puts = 0;
    const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...args: Parameters<typeof put>
    ) {
      puts += 1;
      if (puts === 2) throw new DOMException('The disk is full.', 'QuotaExceededError');
      return put.apply(this, args);
    });
    await expect(worker.changePendingJobs({ name: 'queue-paused', failure }, 1)).rejects.toThrow('full');
    failing.mockRestore();
    expect(puts).toBe(2);
    expect(await storedJobs()).toEqual(before);
  });
});

describe('beginning a try', () => {
  test('stores the try together with the slot that it takes', async () => {
    const job = await file(worker, 'Words');
    await worker.takeOver(runOf('run'), 1_000, 0);
    const begun = await worker.beginTry(job, 'run', 1_000);
    expect(begun?.job).toEqual({
      ...job,
      attempts: 1,
      state: { name: 'sending', since: 1_000, runId: 'run' },
    });
    expect(await worker.readJob(job.id)).toEqual(begun?.job);
    expect(await worker.readPace()).toEqual(begun?.pace);
    expect(begun?.pace.limiter).toMatchObject({ ticket: { tatMs: 1_040 }, reply: { tatMs: 0 } });
  });

  test('of a job that was withdrawn since it was planned does neither', async () => {
    const job = await file(worker, 'Words');
    await worker.takeOver(runOf('run'), 1_000, 0);
    const before = await worker.readPace();
    await worker.discardJob(job.id, Date.now());
    expect(await worker.beginTry(job, 'run', 1_000)).toBeNull();
    expect(await worker.readJob(job.id)).toBeNull();
    expect(await worker.readPace()).toEqual(before);
  });
});

describe('a run that another one has taken over from', () => {
  test('begins no try, and stores no answer', async () => {
    const [first, second] = [await fileAndGoOn(worker, 'First'), await fileAndGoOn(worker, 'Second')];
    await worker.takeOver(runOf('old'), 1_000, 0);
    await worker.beginTry(first, 'old', 1_000);
    expect(await worker.takeOver(runOf('new'), 2_000, 0)).toMatchObject({ recovered: true });
    expect(await worker.beginTry(second, 'old', 2_000)).toBeNull();
    const interrupted = await worker.readJob(first.id);
    expect(interrupted?.state).toMatchObject({ name: 'waiting', failure: { kind: 'interrupted' } });
    const outcome = { verdict: 'sent', ticketNumber: 'ASM-1', historyId: null } as const;
    const late = { id: first.id, runId: 'old', outcome, keyId: null };
    expect(await worker.settleTry(late, 2_000, 0)).toBeNull();
    expect(await worker.readJob(first.id)).toEqual(interrupted);

    // Also when the new run tries the same job: the answer is not for its try.
    expect(interrupted && (await worker.beginTry(interrupted, 'new', 3_000))).not.toBeNull();
    expect(await worker.settleTry(late, 3_000, 0)).toBeNull();
    expect((await worker.readJob(first.id))?.state).toMatchObject({ name: 'sending', runId: 'new' });
  });
});
