import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Change, onChange } from '../../../src/platform/changes.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork } from '../../support/fake-network.ts';
import {
  closeProfile,
  fileAndGoOn,
  newProfile,
  type SimulatedWorker,
  startWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
  await worker.saveKey('fake-key');
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox(), 50);

test('a damaged row is put aside as it was, shown on the badge, and the others go on', async () => {
  const damaged = await fileAndGoOn(worker, 'Damaged');
  const whole = await fileAndGoOn(worker, 'Whole');
  const db = await worker.database();
  const row = await db.get('jobs', damaged.id);
  if (!row) throw new Error('The row is gone.');
  const broken = { ...row, job: { ...row.job, request: null as never } };
  await db.put('jobs', broken);
  await run();
  expect(fakeNetwork.sentIds()).toEqual([whole.id]);
  expect(await db.get('jobs', damaged.id)).toBeUndefined();
  expect(await worker.quarantinedRows()).toMatchObject([{ id: damaged.id, store: 'jobs', record: broken }]);
  expect(fakeBrowser.badge.text).toBe('1');

  expect(await worker.discardQuarantined(damaged.id)).toEqual({ ok: true, value: null });
  await run();
  expect(fakeBrowser.badge.text).toBe('');
  expect(await db.get('meta', 'ledger')).toEqual({ enqueued: 2, withdrawn: 0, discarded: 1 });
});

test('the first run of a browser session finds what no index shows', async () => {
  const hidden = await fileAndGoOn(worker, 'Hidden');
  const lost = await fileAndGoOn(worker, 'Lost');
  const db = await worker.database();
  const [hiddenRow, lostRow] = [await db.get('jobs', hidden.id), await db.get('jobs', lost.id)];
  if (!hiddenRow || !lostRow) throw new Error('A row is gone.');
  // What brings a row into the outbox's index is damaged: in the one alone, in the other with the rest.
  const { pending: _, ...withoutIndex } = hiddenRow;
  await db.put('jobs', withoutIndex);
  await db.put('jobs', { id: lostRow.id, createdAt: 0, job: 'torn' as never });
  await run();
  expect(fakeNetwork.requests).toEqual([]);

  await chrome.storage.session.clear();
  worker = await startWorker();
  await run();
  expect(fakeNetwork.sentIds()).toEqual([hidden.id]);
  expect((await worker.quarantinedRows()).map(({ id }) => id)).toEqual([lost.id]);
});

test('what the first run of a browser session puts aside is told to pages that the browser restored', async () => {
  const { id } = await fileAndGoOn(worker, 'Torn');
  const db = await worker.database();
  await db.put('jobs', { id, createdAt: 0, job: 'torn' as never });
  await chrome.storage.session.clear();
  worker = await startWorker();
  const news: Change[] = [];
  onTestFinished(onChange(change => void news.push(change)));
  await run();
  await until(() => news.length >= 2);
  expect(news).toEqual([{ about: 'draft' }, { about: 'outbox' }]);
  expect(await worker.quarantinedRows()).toHaveLength(1);
});

test('a draft that cannot be read is put aside too', async () => {
  const { draft } = await worker.currentDraft();
  const db = await worker.database();
  await db.put('drafts', { ...draft, revision: 'many' as never });
  expect(await worker.quarantineDamagedRows(1_000)).toBe(1);
  expect(await worker.quarantinedRows()).toMatchObject([{ id: draft.id, store: 'drafts', foundAt: 1_000 }]);
  expect((await worker.currentDraft()).draft.id).not.toBe(draft.id);
});

test('stored bytes are summed; what is altered or gone is not sent', async () => {
  const id = await worker.putBlob(new Blob(['pixels']));
  expect(await worker.readIntactBlob(id)).toBeInstanceOf(Blob);
  const db = await worker.database();
  const row = await db.get('blobs', id);
  if (!row) throw new Error('The row is gone.');
  await db.put('blobs', { ...row, blob: new Blob(['pixelz']) });
  expect(await worker.readIntactBlob(id)).toBe('altered');
  await db.put('blobs', { ...row, blob: new Blob(['pixelz']), sha256: null });
  expect(await worker.readIntactBlob(id)).toBeInstanceOf(Blob);
  await db.delete('blobs', id);
  expect(await worker.readIntactBlob(id)).toBe('missing');
});
