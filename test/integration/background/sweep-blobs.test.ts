import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImageAttachment } from '../../../src/core/draft.ts';
import type { JobState } from '../../../src/core/outbox/job.ts';
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

async function putPicture(): Promise<ImageAttachment> {
  const [blobId, ticketBlobId] = [
    await worker.putBlob(new Blob(['full size'])),
    await worker.putBlob(new Blob(['small'])),
  ];
  const size = { widthPx: 2, heightPx: 2, sizeBytes: 9, ticketScale: 0.5 };
  return { kind: 'image', id: blobId, blobId, ticketBlobId, name: 'picture.png', ...size };
}

async function attachToCurrent(picture: ImageAttachment): Promise<string> {
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    body: 'Words',
    attachments: [...draft.attachments, picture],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  return added.value.id;
}

const hourLater = () => worker.sweepBlobs(Date.now() + 3_600_000);

test('what a draft needs stays, at both sizes; what nothing names goes', async () => {
  const picture = await putPicture();
  await attachToCurrent(picture);
  await putPicture();
  await hourLater();
  expect(await storedIds()).toEqual([picture.blobId, picture.ticketBlobId].sort());
  expect(await (await worker.getBlob(picture.blobId))?.text()).toBe('full size');
});

test('what a waiting job needs stays, also when its draft is gone; when it is sent, all goes', async () => {
  const picture = await putPicture();
  const draftId = await attachToCurrent(picture);
  const job = await setState(worker, await enqueueDraft(worker, draftId), waiting);
  await (await worker.database()).delete('drafts', draftId);
  await hourLater();
  expect(await storedIds()).toEqual([picture.ticketBlobId]);

  await setState(worker, job, sent);
  await hourLater();
  expect(await storedIds()).toEqual([]);
});

test('what was stored less than ten minutes ago stays: its draft may not know of it yet', async () => {
  const { blobId, ticketBlobId } = await putPicture();
  await worker.sweepBlobs(Date.now() + 10 * 60_000);
  expect(await storedIds()).toEqual([blobId, ticketBlobId].sort());
  await worker.sweepBlobs(Date.now() + 10 * 60_000 + 1);
  expect(await storedIds()).toEqual([]);
});

test.each(['drafts', 'jobs'] as const)('nothing goes while one of the %s cannot be read', async store => {
  const orphan = await putPicture();
  const draftId = await attachToCurrent(await putPicture());
  const job = await enqueueDraft(worker, draftId);
  const before = await storedIds();
  const db = await worker.database();
  const version = 99 as unknown as 2;
  if (store === 'drafts') await db.put('drafts', { ...(await worker.currentDraft()).draft, version });
  else await db.put('jobs', { id: job.id, createdAt: 0, pending: 1, job: { ...job, version } });
  await hourLater();
  expect(await storedIds()).toEqual(before);
  expect(before).toContain(orphan.blobId);
});
