import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Draft } from '../../../src/core/draft.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import { makePicture } from '../../support/make-picture.ts';
import {
  agent,
  closeProfile,
  connectedWorker,
  enqueueDraft,
  file,
  fileAndGoOn,
  replyTarget,
  type SimulatedWorker,
  startWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox());

/** A draft with one picture in the outbox. */
async function filePicture(kind: Draft['kind'] = 'ticket') {
  const blobId = await worker.putBlob(new Blob(['pixels'], { type: 'image/png' }));
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    kind,
    body: 'Words',
    replyTarget,
    attachments: [makePicture({ blobId, name: 'shot.jpg' })],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  return { blobId, job: await enqueueDraft(worker, added.value.id) };
}

describe('what leaves', () => {
  test('for a ticket', async () => {
    const job = await file(worker, 'Words');
    await run();
    const [request] = fakeNetwork.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/interactions', key: 'fake-key' });
    expect(Object.fromEntries(request?.fields ?? [])).toEqual({
      query: 'Words',
      title: 'Words',
      source_specific_id: job.id,
      additional_properties: JSON.stringify({ extension_version: '0.1.0' }),
      original_timestamp: '2026-01-02T09:00:00Z',
    });
  });

  test('for a reply with a picture', async () => {
    const { job } = await filePicture('reply');
    await run();
    const [request] = fakeNetwork.requests;
    expect(request?.path).toBe(`/interactions/reply?id=${replyTarget}`);
    const { files, ...texts } = Object.fromEntries(request?.fields ?? []);
    expect(texts).toEqual({
      content: 'Words',
      user: JSON.stringify({ email: agent.email, name: agent.name }),
      source_specific_id: job.id,
      original_timestamp: '2026-01-02T09:00:00Z',
    });
    expect(files).toMatchObject({ name: 'shot.png', type: 'image/png' });
    expect(files instanceof File && (await files.text())).toBe('pixels');
  });

  test('is on record before it leaves', async () => {
    const job = await file(worker, 'Words');
    let onRecord: unknown;
    fakeNetwork.script(async () => {
      onRecord = await worker.readJob(job.id);
      return Response.json({ created_ticket_number: 'ASM-1' });
    });
    await run();
    expect(onRecord).toMatchObject({ attempts: 1, state: { name: 'sending' } });
  });
});

describe('what stops a try before the network', () => {
  test('postpones the job: it may not have been sent, and does not count', async () => {
    const outOfMemory = () => {
      throw new RangeError('Array buffer allocation failed');
    };
    const { job } = await filePicture('reply');
    const arrayBuffer = vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(outOfMemory);
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    expect(await worker.readJob(job.id)).toMatchObject({
      attempts: 0,
      failuresInRow: 0,
      state: { name: 'waiting', until: Date.now() + 31_000, failure: { kind: 'unexpected' } },
    });

    arrayBuffer.mockRestore();
    vi.setSystemTime(Date.now() + 31_000);
    await run();
    expect(await worker.readJob(job.id)).toMatchObject({ attempts: 1, state: { name: 'sent' } });
  });

  test('for good, as a picture that is gone does, asks the person', async () => {
    const { blobId, job } = await filePicture();
    await (await worker.database()).delete('blobs', blobId);
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    expect((await worker.readJob(job.id))?.state).toEqual({
      name: 'attention',
      failure: { kind: 'attachment-missing' },
    });
  });

  test('holds up nobody else', async () => {
    const { blobId, job } = await filePicture();
    await worker.startOver(job.draftId);
    const other = await fileAndGoOn(worker, 'Other words');
    await (await worker.database()).delete('blobs', blobId);
    await run();
    expect(fakeNetwork.sentIds()).toEqual([other.id]);
  });
});

describe('offline', () => {
  test.each(['ticket', 'reply'] as const)(
    'a %s waits half a minute, and it counts as no failure',
    async kind => {
      const job = await file(worker, 'Words', kind);
      fakeNetwork.isOnline = false;
      await run();
      const { attempts, failuresInRow, state } = (await worker.readJob(job.id)) ?? {};
      expect({ attempts, failuresInRow }).toEqual({ attempts: 0, failuresInRow: 0 });
      expect(state).toMatchObject({ name: 'waiting', failure: { kind: 'offline' } });
      const waitMs = (state?.name === 'waiting' ? state.until : Infinity) - Date.now();
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(35_000);
    },
  );

  test('over many looks the wait does not grow', async () => {
    const job = await file(worker, 'Words');
    fakeNetwork.isOnline = false;
    for (let look = 0; look < 5; look += 1) {
      await run();
      vi.setSystemTime(Date.now() + 31_000);
    }
    expect(await worker.readJob(job.id)).toMatchObject({ attempts: 0, failuresInRow: 0 });
    fakeNetwork.isOnline = true;
    await run();
    expect(await worker.readJob(job.id)).toMatchObject({ attempts: 1, state: { name: 'sent' } });
  });

  test('the network is back: what could not reach Assembly goes at once', async () => {
    const job = await file(worker, 'Words');
    fakeNetwork.isOnline = false;
    await run();
    fakeNetwork.isOnline = true;
    await whileTimePasses(worker.retryUnreachable());
    expect((await worker.readJob(job.id))?.state).toMatchObject({ name: 'sent' });
  });

  test('the network is back: what the server sent away for a while waits on', async () => {
    fakeNetwork.script(() =>
      Response.json({ error: 'busy' }, { status: 503, headers: { 'Retry-After': '600' } }),
    );
    const job = await file(worker, 'Words');
    await run();
    const before = await worker.readJob(job.id);
    await whileTimePasses(worker.retryUnreachable());
    expect(await worker.readJob(job.id)).toEqual(before);
    expect(fakeNetwork.requests).toHaveLength(1);
  });
});

describe('the death of the worker while a request is out', () => {
  async function dieWhileSending(kind: Draft['kind']) {
    const job = await file(worker, 'Words', kind);
    fakeNetwork.script(held().hang);
    void worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 1);
    expect(fakeBrowser.alarms()).toHaveProperty('outbox');
    worker = await startWorker();
    return job;
  }

  test('a ticket is sent again under the same id', async () => {
    const job = await dieWhileSending('ticket');
    await run();
    expect(fakeNetwork.sentIds()).toEqual([job.id, job.id]);
    expect(await worker.readJob(job.id)).toMatchObject({ attempts: 2, state: { name: 'sent' } });
  });

  test('a reply is not: a person decides', async () => {
    const job = await dieWhileSending('reply');
    await run();
    await run();
    expect(fakeNetwork.requests).toHaveLength(1);
    expect((await worker.readJob(job.id))?.state).toEqual({
      name: 'unknown',
      failure: { kind: 'interrupted' },
    });

    await worker.applyToJob(job.id, { name: 'send-now' });
    await run();
    expect(fakeNetwork.sentIds()).toEqual([job.id, job.id]);
    expect((await worker.readJob(job.id))?.state).toMatchObject({ name: 'sent' });
  });

  test('a ticket that was created by then is known as delivered', async () => {
    const job = await dieWhileSending('ticket');
    fakeNetwork.script(refuse(400, 'source_specific_id already exists'));
    await run();
    expect((await worker.readJob(job.id))?.state).toMatchObject({ name: 'sent', ticketNumber: null });
  });
});

describe('a request that goes wrong', () => {
  test('on the way: a ticket goes again under the same id, a reply is for the person', async () => {
    const breakOff = () => Promise.reject(new TypeError('Failed to fetch'));
    fakeNetwork.script(breakOff, breakOff);
    const ticket = await fileAndGoOn(worker, 'Ticket');
    const reply = await file(worker, 'Reply', 'reply');
    await run();
    expect(fakeNetwork.sentIds().filter(id => id === ticket.id)).toHaveLength(2);
    expect(await worker.readJob(ticket.id)).toMatchObject({ state: { name: 'sent' } });
    expect((await worker.readJob(reply.id))?.state).toEqual({
      name: 'unknown',
      failure: { kind: 'unreachable' },
    });
  });

  test('by never being answered: is ended, and the ticket goes again', async () => {
    fakeNetwork.script(held().hang);
    const job = await file(worker, 'Words');
    const startedAt = Date.now();
    await run();
    expect(fakeNetwork.sentIds()).toEqual([job.id, job.id]);
    expect((fakeNetwork.requests[1]?.at ?? 0) - startedAt).toBeGreaterThanOrEqual(25_000);
    expect(await worker.readJob(job.id)).toMatchObject({ state: { name: 'sent' } });
  });

  test('because Assembly rejects it: is for the person, once', async () => {
    fakeNetwork.script(refuse(422, 'title is missing'));
    const job = await file(worker, 'Words');
    await run();
    await run();
    expect(fakeNetwork.requests).toHaveLength(1);
    expect((await worker.readJob(job.id))?.state).toEqual({
      name: 'attention',
      failure: { kind: 'rejected', status: 422, detail: 'title is missing' },
    });
  });
});
