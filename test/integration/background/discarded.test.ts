import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { defaultRetention, discardedMs } from '../../../src/core/retention.ts';
import { answerOf, askWorker } from '../../support/ask-worker.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork } from '../../support/fake-network.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  connectedWorker,
  enqueueDraft,
  file,
  fileAndGoOn,
  letWork,
  type SimulatedWorker,
  setState,
  startListeningWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

const notFound = { ok: false, failure: { kind: 'not-found' } };
const failure = { kind: 'unreachable' } as const;
const resting: JobState[] = [
  { name: 'waiting', until: Date.UTC(2030, 0), failure },
  { name: 'paused', failure: { kind: 'no-key' } },
  { name: 'attention', failure: { kind: 'rejected', status: 400, detail: '' } },
  { name: 'sent', at: Date.UTC(2026, 0, 2, 9), ticketNumber: 'ASM-1', historyId: null },
];

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

const stored = async (store: 'jobs' | 'drafts' | 'discarded' | 'blobs') =>
  (await worker.database()).getAllKeys(store);
const ledger = async () => (await worker.database()).get('meta', 'ledger');
const discard = (job: Job) => worker.discardJob(job.id, Date.now());
const run = () => whileTimePasses(worker.runOutbox());

/** A ticket in the outbox with a picture; the draft is put out of the way. */
async function fileWithPicture(): Promise<{ job: Job; blobIds: string[] }> {
  const [blobId, sentId] = [
    await worker.putBlob(new Blob(['as captured'])),
    await worker.putBlob(new Blob(['sent'])),
  ];
  const ticket = { blobId: sentId, type: 'image/png', fit: losslessFit };
  const prepared = { marksRevision: 0, ticket, full: null };
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    body: 'Words',
    attachments: [makePicture({ blobId, prepared })],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  const job = await enqueueDraft(worker, added.value.id);
  await worker.startOver(job.draftId);
  return { job, blobIds: [blobId, sentId].sort() };
}

describe('a discarded item', () => {
  test.each(resting)('that is $name comes back in the state that it had, with its draft', async state => {
    const job = await setState(worker, await fileAndGoOn(worker, 'Words'), state);
    const database = await worker.database();
    const draft = await database.get('drafts', job.draftId);
    expect(await discard(job)).toEqual({ ok: true, value: { repliesGone: 0, repliesLeft: 0 } });
    expect(await worker.readJob(job.id)).toBeNull();
    expect(await database.get('drafts', job.draftId)).toBeUndefined();
    expect(await ledger()).toEqual({ enqueued: 1, withdrawn: 0, discarded: 1 });

    expect(await worker.undoDiscard(job.id, Date.now())).toEqual({ ok: true, value: job });
    expect(await worker.readJob(job.id)).toEqual(job);
    expect(await database.get('drafts', job.draftId)).toEqual(draft);
    expect(await stored('discarded')).toEqual([]);
    expect(await ledger()).toEqual({ enqueued: 1, withdrawn: 0, discarded: 0 });
    expect(await worker.undoDiscard(job.id, Date.now())).toEqual(notFound);
  });

  test('is found by its number again once it is back', async () => {
    const job = await file(worker, 'Words');
    const sent = await setState(worker, job, { name: 'sent', at: 1, ticketNumber: 'ASM-7', historyId: null });
    await discard(sent);
    expect(await worker.sourceIdOfTicket('ASM-7')).toBeNull();
    await worker.undoDiscard(job.id, Date.now());
    expect(await worker.sourceIdOfTicket('ASM-7')).toBe(job.id);
  });

  test('is not sent; once it is back it goes by itself', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    await discard(job);
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    await startListeningWorker();
    expect(await answerOf('job.undoDiscard', { jobId: job.id })).toMatchObject({ id: job.id });
    await whileTimePasses(until(() => fakeNetwork.requests.length === 1));
    expect(fakeNetwork.sentIds()).toEqual([job.id]);
  });

  test('keeps its pictures until it is gone for good, and then they are gone too', async () => {
    const { job, blobIds } = await fileWithPicture();
    await discard(job);
    await worker.sweepBlobs(Date.now() + 3_600_000);
    expect((await stored('blobs')).sort()).toEqual(blobIds);
    const due = Date.now() + discardedMs;
    expect(await worker.removeOld(due - 1, defaultRetention)).toBe(due);
    expect(await stored('discarded')).toEqual([job.id]);
    expect(await worker.removeOld(due, defaultRetention)).toBeNull();
    expect(await stored('discarded')).toEqual([]);
    expect(await stored('blobs')).toEqual([]);
    expect(await worker.undoDiscard(job.id, Date.now())).toEqual(notFound);
    expect(await ledger()).toEqual({ enqueued: 1, withdrawn: 0, discarded: 1 });
  });

  test('that comes back has its pictures, also after a sweep', async () => {
    const { job, blobIds } = await fileWithPicture();
    await discard(job);
    await worker.sweepBlobs(Date.now() + 3_600_000);
    await worker.undoDiscard(job.id, Date.now());
    await worker.sweepBlobs(Date.now() + 3_600_000);
    expect((await stored('blobs')).sort()).toEqual(blobIds);
  });

  test('is kept for its time from now on when the clock was put back', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    await worker.discardJob(job.id, Date.now() + 86_400_000);
    expect(await worker.removeOld(Date.now(), defaultRetention)).toBe(Date.now() + discardedMs);
    expect(await worker.removeOld(Date.now() + discardedMs, defaultRetention)).toBeNull();
    expect(await stored('discarded')).toEqual([]);
  });

  test('that cannot be read any more goes, and holds up no sweep for long', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    await discard(job);
    const damaged = { id: job.id, job: null as never, draft: null, discardedAt: Date.now() };
    await (await worker.database()).put('discarded', damaged);
    expect(await worker.undoDiscard(job.id, Date.now())).toEqual(notFound);
    await run();
    expect(await stored('discarded')).toEqual([]);
  });
});

describe('discarding what the person looks at', () => {
  const paused: JobState = { name: 'paused', failure: { kind: 'no-key' } };

  test('leaves the draft; taking it back makes them one again', async () => {
    const job = await setState(worker, await file(worker, 'Words'), paused, 2);
    await discard(job);
    expect(await worker.currentDraft()).toMatchObject({ draft: { id: job.draftId, attempts: 2 }, job: null });
    await worker.undoDiscard(job.id, Date.now());
    expect(await worker.currentDraft()).toMatchObject({ draft: { id: job.draftId, attempts: 0 }, job });
    expect(await stored('drafts')).toEqual([job.draftId]);
  });

  test('and writing on: those words become a draft of their own when it comes back', async () => {
    const job = await setState(worker, await file(worker, 'Words'), paused);
    await discard(job);
    await worker.editDraft(job.draftId, { body: 'Other words' }, 'Words');
    await worker.undoDiscard(job.id, Date.now());
    const { draft, job: none } = await worker.currentDraft();
    expect(draft).toMatchObject({ body: 'Other words', attempts: 0 });
    expect(draft.id).not.toBe(job.draftId);
    expect(none).toBeNull();
    expect(await worker.editJobAgain(job)).toMatchObject({ ok: true, value: { body: 'Words' } });
  });

  test('and starting over: the draft goes with its ticket again, and is no draft aside', async () => {
    const job = await setState(worker, await file(worker, 'Words'), paused);
    await discard(job);
    await worker.startOver(job.draftId);
    expect(await worker.draftsAside()).toHaveLength(1);
    await worker.undoDiscard(job.id, Date.now());
    expect(await worker.draftsAside()).toEqual([]);
    expect(await worker.editJobAgain(job)).toMatchObject({ ok: true, value: { body: 'Words' } });
  });

  test('and sending it again: the earlier one does not come back over it', async () => {
    const job = await setState(worker, await file(worker, 'Words'), paused);
    await discard(job);
    await worker.editDraft(job.draftId, { body: 'Other words' }, 'Words');
    const again = await enqueueDraft(worker, job.draftId);
    expect(await worker.undoDiscard(job.id, Date.now())).toEqual(notFound);
    expect(await worker.readJob(job.id)).toEqual(again);
    expect(await ledger()).toEqual({ enqueued: 2, withdrawn: 0, discarded: 1 });
  });
});

test('what is discarded twice keeps the pictures of the second time', async () => {
  const { job, blobIds } = await fileWithPicture();
  await discard(job);
  await worker.undoDiscard(job.id, Date.now());
  await discard(job);
  await worker.sweepBlobs(Date.now() + 3_600_000);
  expect((await stored('blobs')).sort()).toEqual(blobIds);
  expect(await ledger()).toEqual({ enqueued: 1, withdrawn: 0, discarded: 1 });
});

describe('when nobody sends anything', () => {
  test('an alarm takes what was discarded away in time, and rings no more then', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    fakeNetwork.isOnline = false;
    await startListeningWorker();
    await answerOf('job.discard', { jobId: job.id });
    await whileTimePasses(answerOf('outbox.run', {}));
    const due = fakeBrowser.alarms()['tidy-up'] ?? 0;
    expect(Math.abs(due - Date.now() - discardedMs)).toBeLessThan(1_000);
    expect(fakeBrowser.alarms()).not.toHaveProperty('outbox');

    await letWork();
    vi.setSystemTime(due);
    fakeBrowser.ringAlarm('tidy-up');
    await whileTimePasses(until(async () => (await stored('discarded')).length === 0));
    await whileTimePasses(answerOf('outbox.run', {}));
    expect(fakeBrowser.alarms()).toEqual({});
    expect(await askWorker('job.undoDiscard', { jobId: job.id })).toEqual(notFound);
  });

  test('a run sets the alarm anew for the one that is due first', async () => {
    const [first, second] = [await fileAndGoOn(worker, 'First'), await fileAndGoOn(worker, 'Second')];
    const firstAt = Date.now();
    await worker.discardJob(first.id, firstAt);
    await worker.discardJob(second.id, firstAt + 60_000);
    vi.setSystemTime(firstAt + 120_000);
    await run();
    expect(fakeBrowser.alarms()).toEqual({ 'tidy-up': firstAt + discardedMs });
  });

  test('the next start of a worker does, when the alarm was lost', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    await discard(job);
    vi.setSystemTime(Date.now() + discardedMs);
    await startListeningWorker();
    await whileTimePasses(until(async () => (await stored('discarded')).length === 0));
  });

  test('a death right after the press leaves the alarm', async () => {
    const job = await fileAndGoOn(worker, 'Words');
    fakeNetwork.isOnline = false;
    await startListeningWorker();
    // Nothing works on after the answer.
    await answerOf('job.discard', { jobId: job.id });
    expect(fakeBrowser.alarms()).toHaveProperty('tidy-up');
  });
});
