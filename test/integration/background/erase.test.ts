import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Change, onChange } from '../../../src/platform/changes.ts';
import { storeNames } from '../../../src/platform/database/schema.ts';
import { answerOf, askWorker } from '../../support/ask-worker.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork } from '../../support/fake-network.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  connectedWorker,
  file,
  fileAndGoOn,
  type SimulatedWorker,
  setState,
  startListeningWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

/** All that the extension keeps anywhere, as text, and the rows of each store. */
async function dump() {
  const database = await worker.database();
  const rows = await Promise.all(
    storeNames.map(async name => {
      const [keys, values] = await Promise.all([database.getAllKeys(name), database.getAll(name)]);
      return [name, keys.map((key, n) => ({ key, value: values[n] }))] as const;
    }),
  );
  const storage = [await chrome.storage.local.get(), await chrome.storage.session.get()];
  return { stores: Object.fromEntries(rows), text: JSON.stringify([rows, storage, fakeBrowser.alarms()]) };
}

/** Leaves a mark of the person in every store and every storage. */
async function fillEverything(): Promise<void> {
  fakeNetwork.isOnline = false;
  const sent = { name: 'sent', at: 1, ticketNumber: 'ASM-MARK', historyId: null } as const;
  await setState(worker, await file(worker, 'MARK sent'), sent);
  const discarded = await fileAndGoOn(worker, 'MARK discarded');
  await worker.discardJob(discarded.id, Date.now());
  await fileAndGoOn(worker, 'MARK waits');
  const { draft } = await worker.currentDraft();
  await worker.editDraft(draft.id, { body: 'MARK aside' }, '');
  await worker.startOver(draft.id);
  await worker.putBlob(new Blob(['MARK']));
  const database = await worker.database();
  await database.put('quarantine', { id: 'MARK', store: 'drafts', foundAt: 1, record: 'MARK' });
  await database.put('meta', { keyId: 'MARK', failure: { kind: 'no-key' } }, 'refusedKey');
  await chrome.storage.local.set({ settings: 'MARK' });
  await chrome.storage.session.set({ notices: ['MARK'] });
  await whileTimePasses(worker.runOutbox());
  // A run sweeps answers that another key was given.
  await database.put('directory', { question: 'contact:mark@example.com', answer: 'MARK', at: Date.now() });
}

test('erasing is whole in itself, should the worker die right after', async () => {
  await fillEverything();
  const { eraseEverything } = await import('../../../src/platform/privileged/erase-everything.ts');
  await eraseEverything();
  expect((await dump()).stores).toEqual(Object.fromEntries(storeNames.map(name => [name, []])));
  expect(await chrome.storage.local.get()).toEqual({});
  expect(await chrome.storage.session.get()).toEqual({});
  expect(fakeBrowser.alarms()).toEqual({});
});

test('erasing leaves nothing: no record, no setting, no key, no alarm', async () => {
  await fillEverything();
  const before = await dump();
  for (const name of storeNames) expect(before.stores[name], name).not.toEqual([]);
  expect(Object.keys(fakeBrowser.alarms()).sort()).toEqual(['outbox', 'tidy-up']);
  expect(before.text).toContain('MARK');
  expect(before.text).toContain('fake-key');

  await startListeningWorker();
  await answerOf('data.eraseEverything', {});
  await whileTimePasses(answerOf('outbox.run', {}));
  const { stores, text } = await dump();
  expect(text).not.toMatch(/MARK|mark@/);
  expect(text).not.toContain('fake-key');
  expect(fakeBrowser.alarms()).toEqual({});
  const { meta = [], ...others } = stores;
  for (const [name, rows] of Object.entries(others)) expect(rows, name).toEqual([]);
  // What the outbox notes for itself as it looks at nothing.
  expect(meta.map(({ key }) => key)).toEqual(['ageMark', 'pace', 'sender']);
});

test('what is made of a picture while all is erased leaves no bytes', async () => {
  const png = new Uint8Array(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
  // What stands behind its end is taken off before it leaves: other bytes are stored.
  const blobId = await worker.putBlob(new Blob([png, 'MARK']));
  await worker.addToCurrentDraft(draft => ({
    ...draft,
    attachments: [makePicture({ blobId, prepared: null, sizeBytes: png.length + 4 })],
  }));
  const { draft } = await worker.currentDraft();
  const { preparePictures } = await import('../../../src/background/prepare-pictures.ts');
  const { eraseEverything } = await import('../../../src/platform/privileged/erase-everything.ts');
  let markErased = () => {};
  const isErased = new Promise<void>(resolve => {
    markErased = resolve;
  });
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  let sums = 0;
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...asked) => {
    sums += 1;
    // The first looks whether the picture is whole; the second is of what was made.
    if (sums === 2) await isErased;
    return digest(...asked);
  });
  const prepared = preparePictures(draft.id);
  await until(() => sums === 2);
  await eraseEverything();
  markErased();
  expect(await prepared).toMatchObject({ ok: false });
  expect(await (await worker.database()).getAllKeys('blobs')).toEqual([]);
});

test('pages that are open are told first that all of it is gone', async () => {
  await startListeningWorker();
  const news: Change[] = [];
  onTestFinished(onChange(change => void news.push(change)));
  await answerOf('data.eraseEverything', {});
  const told = () => news.map(({ about }) => about);
  await until(() => told().includes('settings'));
  // That the key is gone is told on its own, before.
  const ofIt = told().slice(told().indexOf('erased'));
  expect(ofIt.slice(0, 4)).toEqual(['erased', 'draft', 'outbox', 'settings']);
  expect(told().slice(0, -ofIt.length)).not.toContain('draft');
});

test('a file that is being added while all is erased is in no draft then', async () => {
  const { draft } = await worker.currentDraft();
  const blobId = await worker.putBlob(new Blob(['MARK']));
  let markErased = () => {};
  const isErased = new Promise<void>(resolve => {
    markErased = resolve;
  });
  let reads = 0;
  const read = Blob.prototype.arrayBuffer;
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(async function (this: Blob) {
    reads += 1;
    await isErased;
    return read.call(this);
  });
  await startListeningWorker();
  const added = askWorker('attachment.add', {
    draftId: draft.id,
    blobId,
    name: 'MARK.txt',
    type: 'text/plain',
  });
  await until(() => reads > 0);
  await answerOf('data.eraseEverything', {});
  markErased();
  expect(await added).toEqual({ ok: false, failure: { kind: 'draft-changed' } });
  expect((await dump()).text).not.toContain('MARK');
});
