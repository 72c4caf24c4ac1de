import { afterEach, beforeEach, expect, test } from 'vitest';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import type { Job } from '../../../src/core/outbox/job.ts';
import { fakeNetwork, refuse } from '../../support/fake-network.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  agent,
  closeProfile,
  connectedWorker,
  enqueueDraft,
  type SimulatedWorker,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// A picture that a ticket cannot carry at full size goes as the file of a reply to that ticket.

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

/** A ticket in the outbox with a picture at full size behind it. (Base64 text is for the browser: Node 20 makes none.) */
async function fileWithFullPicture(): Promise<Job> {
  const full = { blobId: await worker.putBlob(new Blob(['full size'])), type: 'image/png', fit: losslessFit };
  const small = {
    blobId: await worker.putBlob(new Blob(['small'])),
    type: 'image/png',
    fit: { ...losslessFit, scale: 0.5 },
  };
  const prepared = { marksRevision: 0, ticket: small, full };
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    body: 'Words',
    attachments: [makePicture({ name: 'Behind it', prepared, followsTicket: true })],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  return enqueueDraft(worker, added.value.id);
}

const run = () => whileTimePasses(worker.runOutbox());
const textsOf = (files: FormDataEntryValue[]) =>
  Promise.all(files.map(file => (file instanceof Blob ? file.text() : file)));

test('the ticket goes first, and then the reply with the file', async () => {
  const ticket = await fileWithFullPicture();
  await run();
  const [first, second, ...more] = fakeNetwork.requests;
  expect(more).toEqual([]);
  expect(first?.fields.has('files_base64')).toBe(false);
  expect(second?.path).toBe(`/interactions/reply?source_specific_id=${ticket.id}`);
  expect(second?.fields.get('content')).toBe('At full size.');
  expect(JSON.parse(String(second?.fields.get('user')))).toEqual(agent);
  expect(await textsOf(second?.fields.getAll('files') ?? [])).toEqual(['full size']);
  expect(await worker.pendingJobs()).toEqual([]);
});

test('a ticket that is tried twice has one reply behind it', async () => {
  fakeNetwork.script(refuse(500));
  await fileWithFullPicture();
  await run();
  expect(fakeNetwork.requests.map(({ path }) => path.split('?')[0])).toEqual([
    '/interactions',
    '/interactions',
    '/interactions/reply',
  ]);
});

test('a ticket that is discarded takes its reply with it', async () => {
  fakeNetwork.script(refuse(400));
  const ticket = await fileWithFullPicture();
  await run();
  expect(await worker.discardJob(ticket.id, Date.now())).toEqual({
    ok: true,
    value: { repliesGone: 1, repliesLeft: 0 },
  });
  await run();
  expect(fakeNetwork.requests).toHaveLength(1);
});

test('its bytes stay until the reply is delivered', async () => {
  fakeNetwork.script(() => Response.json({ created_ticket_number: 'ASM-1' }), refuse(400));
  await fileWithFullPicture();
  await run();
  const [reply] = await worker.pendingJobs();
  expect(reply).toMatchObject({ request: { kind: 'reply' }, state: { name: 'attention' } });
  await worker.sweepBlobs(Date.now() + 3_600_000);
  const file = reply?.request.kind === 'reply' ? reply.request.files[0] : undefined;
  expect(await (await worker.getBlob(file?.blobId ?? ''))?.text()).toBe('full size');
});

test('a reply that was not delivered can be edited: its file, its ticket and its id stay', async () => {
  fakeNetwork.script(() => Response.json({ created_ticket_number: 'ASM-1' }), refuse(400));
  const ticket = await fileWithFullPicture();
  await run();
  const [reply] = await worker.pendingJobs();
  if (reply?.request.kind !== 'reply') throw new Error('There is no reply.');
  const [file] = reply.request.files;
  const edited = await worker.editAgain(reply.id);
  expect(edited).toMatchObject({
    ok: true,
    value: {
      draft: {
        id: reply.draftId,
        kind: 'reply',
        body: 'At full size.',
        replyTarget: ticket.id,
        attempts: 1,
        attachments: [{ ...file, kind: 'file', sizeBytes: 'full size'.length, followsTicket: false }],
      },
      isRebuilt: true,
      missingFiles: 0,
    },
  });
  expect(await worker.readJob(reply.id)).toBeNull();
  await worker.sweepBlobs(Date.now() + 3_600_000);
  const again = await enqueueDraft(worker, reply.draftId);
  expect(again).toMatchObject({ id: reply.id, attempts: 1, request: reply.request });
  await run();
  expect(await textsOf(fakeNetwork.requests.at(-1)?.fields.getAll('files') ?? [])).toEqual(['full size']);
});

test('a reply with a public picture keeps its address when it is edited', async () => {
  fakeNetwork.script(() => Response.json({ created_ticket_number: 'ASM-1' }), refuse(400));
  await fileWithFullPicture();
  await run();
  const [reply] = await worker.pendingJobs();
  if (reply?.request.kind !== 'reply') throw new Error('There is no reply.');
  const job = { ...reply, request: { ...reply.request, imageUrls: ['https://example.com/a.png'] } };
  await (await worker.database()).put('jobs', { id: job.id, job, createdAt: 1, pending: 1 });
  const edited = await worker.editAgain(job.id);
  expect(edited.ok && edited.value.draft.attachments[1]).toMatchObject({
    kind: 'image-url',
    url: 'https://example.com/a.png',
  });
});
