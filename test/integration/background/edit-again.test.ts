import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src/core/draft.ts';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  closeProfile,
  connectedWorker,
  enqueueDraft,
  file,
  runOf,
  type SimulatedWorker,
  setState,
} from '../../support/simulated-worker.ts';

// A job whose draft is gone is edited as a draft that is made again of what would have been sent.

const paused: JobState = { name: 'paused', failure: { kind: 'no-key' } };
/** As much of a PNG as tells that it is one, and its size. */
const png = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13],
  ...[0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0],
]);

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
  vi.stubGlobal('createImageBitmap', async () => ({ width: 3, height: 2, close() {} }));
});
afterEach(closeProfile);

const dropDraft = async ({ draftId }: Job) => (await worker.database()).delete('drafts', draftId);

/** A ticket with all that one can have, which waits for the person; the popup is at the next draft. */
async function fullTicket(changes: Partial<Draft> = {}): Promise<Job> {
  const made = async (words: string) => worker.putBlob(new Blob([png, words]));
  const [sentId, fullId, fileId] = [
    await made('sent'),
    await made('full'),
    await worker.putBlob(new Blob(['log'])),
  ];
  const sent = { blobId: sentId, type: 'image/png', fit: losslessFit };
  const full = { blobId: fullId, type: 'image/png', fit: losslessFit };
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    title: 'Title',
    body: 'Words',
    category: 'Bug',
    customerEmail: 'ada@example.com',
    customerName: 'Ada',
    company: { by: 'source_specific_id', value: 'acme', name: 'Acme' },
    companyText: 'Acme',
    page: { page_url: 'https://example.com/a', page_title: 'A page', browser: 'Chrome 140' },
    omittedDetails: ['browser'],
    properties: [
      { name: 'plan', value: 'Gold', isSent: true },
      { name: 'seats', value: '12', isSent: false },
    ],
    seenSelections: ['passage'],
    capturedAt: Date.UTC(2026, 0, 1),
    attachments: [
      makePicture({ id: 'p', name: 'Shot', prepared: { marksRevision: 0, ticket: sent, full: null } }),
      makePicture({
        id: 'q',
        name: 'Large.png',
        followsTicket: true,
        prepared: { marksRevision: 0, ticket: null, full },
      }),
      {
        kind: 'file',
        id: 'f',
        blobId: fileId,
        name: 'a.log',
        type: 'text/plain',
        sizeBytes: 3,
        followsTicket: true,
      },
      { kind: 'image-url', id: 'u', url: 'https://example.com/a.png' },
    ],
    ...changes,
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  const job = await setState(worker, await enqueueDraft(worker, added.value.id), paused);
  await worker.startOver(job.draftId);
  return job;
}

async function edit(job: Job) {
  const edited = await worker.editAgain(job.id);
  if (!edited.ok) throw new Error(edited.failure.kind);
  return edited.value;
}

describe('a ticket whose draft is gone', () => {
  test('is a draft again, under its id, and sent again it is the same request', async () => {
    const job = await fullTicket();
    await dropDraft(job);
    const { draft, isRebuilt, missingFiles } = await edit(job);
    expect({ isRebuilt, missingFiles }).toEqual({ isRebuilt: true, missingFiles: 0 });
    expect(draft).toMatchObject({
      id: job.draftId,
      kind: 'ticket',
      title: 'Title',
      body: 'Words',
      category: 'Bug',
      customerEmail: 'ada@example.com',
      customerName: 'Ada',
      companyText: 'Acme',
      page: { page_url: 'https://example.com/a', page_title: 'A page' },
      properties: [{ name: 'plan', value: 'Gold', isSent: true }],
      seenSelections: ['passage'],
      attempts: 1,
    });
    expect(draft.attachments).toMatchObject([
      { kind: 'image', name: 'Shot', widthPx: 3, heightPx: 2, marks: [], followsTicket: false },
      { kind: 'image', name: 'Large.png', followsTicket: true },
      { kind: 'file', name: 'a.log', type: 'text/plain', sizeBytes: 3, followsTicket: true },
      { kind: 'image-url', url: 'https://example.com/a.png' },
    ]);
    expect(draft.revision).toBeGreaterThan(job.draftRevision);
    expect(await worker.currentDraft()).toMatchObject({ draft: { id: job.draftId }, job: null });
    expect(await worker.readJob(job.id)).toBeNull();
    await worker.sweepBlobs(Date.now() + 3_600_000);
    const again = await enqueueDraft(worker, job.draftId);
    expect(again).toMatchObject({ id: job.id, attempts: 1, request: job.request, passages: ['passage'] });
  });

  test('sends no address that was switched off, and still knows it', async () => {
    const job = await fullTicket({ omittedDetails: ['page_url', 'browser'] });
    expect(job.pageUrl).toBe('https://example.com/a');
    await dropDraft(job);
    await edit(job);
    const again = await enqueueDraft(worker, job.draftId);
    expect(again.request).toEqual(job.request);
    expect(again.pageUrl).toBe(job.pageUrl);
  });

  test('that Assembly may have is known as one that may keep the earlier words', async () => {
    const sending = await setState(worker, await file(worker, 'Words'), {
      name: 'sending',
      since: 0,
      runId: 'run',
    });
    // The run is lost: nobody knows how far it got.
    await worker.takeOver(runOf('next'), Date.now(), 0);
    await dropDraft(sending);
    const { draft } = await edit(sending);
    expect(draft).toMatchObject({ mayHaveArrived: true, attempts: 1 });
    const again = await enqueueDraft(worker, draft.id);
    expect(again).toMatchObject({ id: sending.id, mayHaveArrived: true, mayHoldEarlierText: true });
  });

  test('leaves out pictures and files whose bytes are gone or are others, and counts them', async () => {
    const job = await fullTicket();
    await dropDraft(job);
    if (job.request.kind !== 'ticket') throw new Error('It is a ticket.');
    const [picture] = job.request.images;
    const [, log] = job.request.followUp?.files ?? [];
    const database = await worker.database();
    await database.delete('blobs', picture?.blobId ?? '');
    const row = await database.get('blobs', log?.blobId ?? '');
    if (row) await database.put('blobs', { ...row, blob: new Blob(['other']) });
    const { draft, missingFiles } = await edit(job);
    expect(missingFiles).toBe(2);
    expect(draft.attachments).toMatchObject([{ name: 'Large.png' }, { kind: 'image-url' }]);
  });

  test('whose record cannot be read is put aside, and not written over', async () => {
    const job = await fullTicket();
    const database = await worker.database();
    const damaged = { id: job.draftId, version: 99 } as unknown as Draft;
    await database.put('drafts', damaged);
    expect(await edit(job)).toMatchObject({ isRebuilt: true, draft: { title: 'Title' } });
    expect(await worker.quarantinedRows()).toMatchObject([{ store: 'drafts', record: damaged }]);
  });

  test('is refused while it is sent', async () => {
    const sending = await setState(worker, await file(worker, 'Words'), {
      name: 'sending',
      since: 0,
      runId: 'run',
    });
    await dropDraft(sending);
    expect(await worker.editAgain(sending.id)).toEqual({ ok: false, failure: { kind: 'busy' } });
    expect(await worker.readJob(sending.id)).toEqual(sending);
  });
});

test('a ticket whose draft is there is that draft', async () => {
  const job = await fullTicket();
  const { draft, isRebuilt } = await edit(job);
  expect(isRebuilt).toBe(false);
  expect(draft.properties).toHaveLength(2);
});

test('what is gone is not found', async () => {
  expect(await worker.editAgain('cap_gone')).toEqual({ ok: false, failure: { kind: 'not-found' } });
});
