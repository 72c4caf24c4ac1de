import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asideDays, dayMs, defaultRetention, discardedMs } from '../../../src/core/retention.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  enqueueDraft,
  file,
  newProfile,
  type SimulatedWorker,
  setState,
  startWorker,
} from '../../support/simulated-worker.ts';

// What is looked at must not grow with what lies there. Counted, not timed: the machine does not matter.

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

/** Counts what is read of a store: whole stores (`getAll`), and single rows (`get`). */
async function readsDuring(
  store: string,
  work: () => Promise<unknown>,
): Promise<{ all: number; one: number }> {
  const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
  const get = vi.spyOn(IDBObjectStore.prototype, 'get');
  await work();
  const of = ({ mock }: { mock: { contexts: unknown[] } }) =>
    mock.contexts.filter(from => from instanceof IDBObjectStore && from.name === store).length;
  const reads = { all: of(getAll), one: of(get) };
  getAll.mockRestore();
  get.mockRestore();
  return reads;
}

async function putAside(count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    const blobId = await worker.putBlob(new Blob([`picture ${made}`]));
    await worker.addToCurrentDraft(draft => ({ ...draft, attachments: [makePicture({ blobId })] }));
    await worker.startOver((await worker.currentDraft()).draft.id);
  }
}

describe('the count of the drafts that were put aside', () => {
  test('is the length of their list, whatever else is there', async () => {
    expect(await worker.countDraftsAside()).toBe(0);
    await putAside(3);
    await file(worker, 'On its way');
    await setState(worker, await file(worker, 'Held'), { name: 'paused', failure: { kind: 'no-key' } });
    await worker.currentDraft();
    expect([await worker.countDraftsAside(), (await worker.draftsAside()).length]).toEqual([3, 3]);
    const [first] = await worker.draftsAside();
    await worker.openDraft(first?.id ?? '', Date.now());
    expect([await worker.countDraftsAside(), (await worker.draftsAside()).length]).toEqual([2, 2]);
  });

  test('does not take the draft of a ticket that cannot be read any more for one', async () => {
    const job = await file(worker, 'Damaged');
    const connection = await worker.database();
    await connection.put('jobs', { id: job.id, createdAt: 1, pending: 1, job: 'damaged' } as never);
    expect([await worker.countDraftsAside(), (await worker.draftsAside()).length]).toEqual([0, 0]);
    await worker.quarantineDamagedRows(Date.now());
    expect([await worker.countDraftsAside(), (await worker.draftsAside()).length]).toEqual([0, 0]);
  });

  test('reads no draft', async () => {
    await putAside(3);
    expect(await readsDuring('drafts', worker.countDraftsAside)).toEqual({ all: 0, one: 0 });
  });
});

describe('removing what is old', () => {
  test('looks up once which pictures are still needed, however many drafts go', async () => {
    await putAside(2);
    // The browser is used every day: no clock is in doubt.
    for (let day = 0; day < asideDays; day += 1)
      await worker.removeOld(Date.now() + day * dayMs, defaultRetention);
    const afterAll = Date.now() + asideDays * dayMs;
    const few = await readsDuring('drafts', () => worker.removeOld(afterAll, defaultRetention));
    expect(await worker.draftsAside()).toEqual([]);
    vi.setSystemTime(afterAll);
    await putAside(12);
    for (let day = 0; day < asideDays; day += 1)
      await worker.removeOld(afterAll + day * dayMs, defaultRetention);
    const many = await readsDuring('drafts', () =>
      worker.removeOld(afterAll + asideDays * dayMs, defaultRetention),
    );
    expect(await worker.draftsAside()).toEqual([]);
    expect(await (await worker.database()).count('blobs')).toBe(0);
    expect(many).toEqual(few);
  });

  test('does so too for what was discarded', async () => {
    const reads: { all: number; one: number }[] = [];
    for (const count of [2, 9]) {
      for (let made = 0; made < count; made += 1) {
        const blobId = await worker.putBlob(new Blob([`picture ${made}`]));
        await worker.addToCurrentDraft(draft => ({ ...draft, attachments: [makePicture({ blobId })] }));
        const { id } = await enqueueDraft(worker, (await worker.currentDraft()).draft.id);
        await worker.discardJob(id, Date.now());
        await worker.startOver((await worker.currentDraft()).draft.id);
      }
      vi.setSystemTime(Date.now() + discardedMs);
      reads.push(await readsDuring('drafts', () => worker.removeOld(Date.now(), defaultRetention)));
      expect(await (await worker.database()).count('discarded')).toBe(0);
    }
    expect(reads[1]).toEqual(reads[0]);
  });
});

describe('the look at every record, once a session', () => {
  test('holds up nobody who writes: it reads in parts, and writes only when there is something to mend', async () => {
    const job = await setState(worker, await file(worker, 'One of many'), {
      name: 'sent',
      at: 1,
      ticketNumber: null,
      historyId: null,
    });
    const connection = await worker.database();
    const row = await connection.get('jobs', job.id);
    if (!row) return expect.unreachable();
    for (let n = 0; n < 120; n += 1) {
      const id = `cap_${n.toString(16).padStart(32, '0')}`;
      await connection.put('jobs', { ...row, id, job: { ...job, id } });
    }
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    expect(await worker.quarantineDamagedRows(Date.now())).toBe(0);
    expect(transaction.mock.calls.filter(([, mode]) => mode === 'readwrite')).toEqual([]);
    const rowsAtOnce = getAll.mock.results.map(({ value }) => (value.result as unknown[]).length);
    expect(Math.max(...rowsAtOnce)).toBeLessThanOrEqual(50);
    expect(rowsAtOnce.reduce((sum, count) => sum + count, 0)).toBe(121);

    await connection.put('jobs', { ...row, id: 'last', job: 'damaged' } as never);
    expect(await worker.quarantineDamagedRows(Date.now())).toBe(1);
    expect(await connection.get('jobs', 'last')).toBeUndefined();
    expect((await worker.pendingJobs()).length).toBe(0);
  });
});
