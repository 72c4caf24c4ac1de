import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Attachment, ImageAttachment, PreparedPicture } from '../../../src/core/draft.ts';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  enqueueDraft,
  newProfile,
  type SimulatedWorker,
  setState,
  startWorker,
} from '../../support/simulated-worker.ts';

const waiting: JobState = { name: 'waiting', until: Date.UTC(2030, 0), failure: { kind: 'unreachable' } };
const sent: JobState = { name: 'sent', at: 1, ticketNumber: 'ASM-1', historyId: null };

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const storedIds = async () => (await (await worker.database()).getAllKeys('blobs')).sort();

/** A picture with all the blobs that one can have. */
async function putPicture(): Promise<{ picture: ImageAttachment; sentId: string; ids: string[] }> {
  const put = (words: string) => worker.putBlob(new Blob([words]));
  const [blobId, sentId, fullId, wordsBlobId] = [
    await put('as captured'),
    await put('for a ticket'),
    await put('for a reply'),
    await put('its words'),
  ];
  const prepared: PreparedPicture = {
    marksRevision: 0,
    ticket: { blobId: sentId, type: 'image/png', fit: losslessFit },
    full: { blobId: fullId, type: 'image/png', fit: losslessFit },
  };
  const picture = makePicture({ id: blobId, blobId, wordsBlobId, prepared });
  return { picture, sentId, ids: [blobId, sentId, fullId, wordsBlobId].sort() };
}

async function attachToCurrent(picture: Attachment): Promise<string> {
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    body: 'Words',
    attachments: [...draft.attachments, picture],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  return added.value.id;
}

const hourLater = () => worker.sweepBlobs(Date.now() + 3_600_000);

test('all that a draft names stays; what nothing names goes', async () => {
  const { picture, ids } = await putPicture();
  await attachToCurrent(picture);
  await putPicture();
  await hourLater();
  expect(await storedIds()).toEqual(ids);
  expect(await (await worker.getBlob(picture.blobId))?.text()).toBe('as captured');
});

test('a file of a draft stays, and goes with it', async () => {
  const blobId = await worker.putBlob(new Blob(['%PDF']));
  const file = { kind: 'file', id: 'a1', blobId, name: 'a.pdf', type: '', sizeBytes: 4 } as const;
  const draftId = await attachToCurrent({ ...file, followsTicket: true });
  await hourLater();
  expect(await storedIds()).toEqual([blobId]);
  await worker.changeDraft(draftId, draft => ({ ...draft, attachments: [] }));
  expect(await storedIds()).toEqual([]);
});

test('what a waiting job needs stays, also when its draft is gone; when it is sent, all goes', async () => {
  const { picture, sentId } = await putPicture();
  const draftId = await attachToCurrent(picture);
  const job = await setState(worker, await enqueueDraft(worker, draftId), waiting);
  await (await worker.database()).delete('drafts', draftId);
  await hourLater();
  expect(await storedIds()).toEqual([sentId]);

  await setState(worker, job, sent);
  await hourLater();
  expect(await storedIds()).toEqual([]);
});

test('what was stored less than ten minutes ago stays: its draft may not know of it yet', async () => {
  const { ids } = await putPicture();
  await worker.sweepBlobs(Date.now() + 10 * 60_000);
  expect(await storedIds()).toEqual(ids);
  await worker.sweepBlobs(Date.now() + 10 * 60_000 + 1);
  expect(await storedIds()).toEqual([]);
});

test.each(['drafts', 'jobs'] as const)('nothing goes while one of the %s cannot be read', async store => {
  const { picture: orphan } = await putPicture();
  const draftId = await attachToCurrent((await putPicture()).picture);
  const job = await enqueueDraft(worker, draftId);
  const before = await storedIds();
  const db = await worker.database();
  const version = 99 as unknown as never;
  if (store === 'drafts') await db.put('drafts', { ...(await worker.currentDraft()).draft, version });
  else await db.put('jobs', { id: job.id, createdAt: 0, pending: 1, job: { ...job, version } });
  await hourLater();
  expect(await storedIds()).toEqual(before);
  expect(before).toContain(orphan.blobId);
});

test('a picture as it was captured, its words and what was made of it are gone with the sending', async () => {
  const { picture } = await putPicture();
  const draftId = await attachToCurrent(picture);
  await setState(worker, await enqueueDraft(worker, draftId), sent);
  expect(await storedIds()).toEqual([]);
});

test('what a follow-up will send stays when its ticket is sent, and goes with it', async () => {
  const { picture, ids } = await putPicture();
  const fullId = picture.prepared?.full?.blobId ?? '';
  const draftId = await attachToCurrent({ ...picture, followsTicket: true });
  await setState(worker, await enqueueDraft(worker, draftId), sent);
  expect(ids).toContain(fullId);
  expect(await storedIds()).toEqual([fullId]);
  const [reply] = await worker.pendingJobs();
  if (reply) await setState(worker, reply, { ...sent, ticketNumber: null, historyId: 'HISTORY-1' });
  expect(await storedIds()).toEqual([]);
});

test('with a picture that is removed, or a draft that is discarded, its bytes go at once', async () => {
  const { picture } = await putPicture();
  const draftId = await attachToCurrent(picture);
  await worker.changeDraft(draftId, draft => ({ ...draft, attachments: [] }));
  expect(await storedIds()).toEqual([]);

  const { picture: other, ids } = await putPicture();
  await attachToCurrent(other);
  await worker.startOver(draftId);
  await hourLater();
  expect(await storedIds()).toEqual(ids);
  await worker.discardDraft(draftId);
  expect(await storedIds()).toEqual([]);
});

test('a draft that was forked from a sent one keeps the picture that both had', async () => {
  const { picture, ids } = await putPicture();
  const draftId = await attachToCurrent(picture);
  const job = await enqueueDraft(worker, draftId);
  const database = await worker.database();
  const draft = await database.get('drafts', draftId);
  if (draft) await database.put('drafts', { ...draft, body: 'Words of later', revision: draft.revision + 1 });
  await setState(worker, job, sent);
  expect((await worker.currentDraft()).draft.body).toBe('Words of later');
  expect(await storedIds()).toEqual(ids);
});
