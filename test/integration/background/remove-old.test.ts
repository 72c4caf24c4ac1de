import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { losslessFit } from '../../../src/core/image/picture-fit.ts';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { dayMs, defaultRetention, type Retention } from '../../../src/core/retention.ts';
import { defaultSettings } from '../../../src/core/settings.ts';
import { announceChange, type Change, onChange } from '../../../src/platform/changes.ts';
import { answerOf } from '../../support/ask-worker.ts';
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

const keepsAll: Retention = { filesDays: 7, textsDays: null };

let worker: SimulatedWorker;
let start: number;
beforeEach(async () => {
  worker = await connectedWorker();
  start = Date.now();
});
afterEach(closeProfile);

const storedBlobs = async () => (await (await worker.database()).getAllKeys('blobs')).sort();
const sent: JobState = { name: 'sent', at: 0, ticketNumber: 'ASM-7', historyId: null };
const setRetention = (retention: Retention) =>
  chrome.storage.local.set({ settings: { ...defaultSettings, agentEmail: 'ana@example.com', retention } });

/** As it is when the browser is used every day: no clock is in doubt, and nothing is looked at twice. */
async function useDaily(days: number, retention: Retention): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    vi.setSystemTime(Date.now() + dayMs);
    await worker.removeOld(Date.now(), retention);
    await worker.sweepBlobs(Date.now());
  }
}

/** Sends a ticket with a picture, and a copy of that as the file of a reply behind it, as the settings say. */
async function sendPicture(followsTicket = false): Promise<{ sentId: string; job: Job }> {
  await startListeningWorker();
  const [blobId, sentId] = [
    await worker.putBlob(new Blob(['as captured'])),
    await worker.putBlob(new Blob(['sent'])),
  ];
  const made = { blobId: sentId, type: 'image/png', fit: losslessFit };
  const prepared = { marksRevision: 0, ticket: made, full: made };
  const added = await worker.addToCurrentDraft(draft => ({
    ...draft,
    kind: followsTicket ? 'ticket' : 'reply',
    replyTarget: followsTicket ? '' : '01J8ZC2V5X9M3N4P6Q7R8S9T0V',
    body: 'Words',
    page: { page_url: 'https://example.com/a' },
    attachments: [makePicture({ blobId, prepared, followsTicket, isSearchedWhole: true })],
  }));
  if (!added.ok) throw new Error(added.failure.kind);
  const { id } = await answerOf('draft.send', { draftId: added.value.id });
  await whileTimePasses(until(async () => (await worker.pendingJobs()).length === 0));
  await whileTimePasses(answerOf('outbox.run', {}));
  const job = await worker.readJob(id);
  if (!job) throw new Error('The job is gone.');
  return { sentId, job };
}

describe('files of what was sent', () => {
  test('go with the sending by default', async () => {
    await setRetention(defaultRetention);
    const { job } = await sendPicture();
    expect(job).toMatchObject({ keepsFiles: false, state: { name: 'sent' } });
    expect(await storedBlobs()).toEqual([]);
  });

  test('stay as long as the settings say, without the picture as it was captured', async () => {
    await setRetention(keepsAll);
    const { job, sentId } = await sendPicture();
    expect(job.keepsFiles).toBe(true);
    expect(await storedBlobs()).toEqual([sentId]);
    await useDaily(6, keepsAll);
    expect(await storedBlobs()).toEqual([sentId]);
    await useDaily(2, keepsAll);
    expect(await storedBlobs()).toEqual([]);
    const after = await worker.readJob(job.id);
    expect(after).toEqual({ ...job, keepsFiles: false });
  });

  test('that a reply behind the ticket has taken too stay until both are old', async () => {
    await setRetention(keepsAll);
    const { sentId } = await sendPicture(true);
    expect(fakeNetwork.requests.map(({ path }) => path.split('?')[0])).toEqual([
      '/interactions',
      '/interactions/reply',
    ]);
    expect(await storedBlobs()).toEqual([sentId]);
    await useDaily(9, keepsAll);
    expect(await storedBlobs()).toEqual([]);
  });

  test('go at once when the person sets that they shall', async () => {
    await setRetention(keepsAll);
    await worker.removeOld(start, keepsAll);
    vi.setSystemTime(start + dayMs);
    const { sentId } = await sendPicture();
    expect(await storedBlobs()).toEqual([sentId]);
    await setRetention({ ...keepsAll, filesDays: 0 });
    await whileTimePasses(until(async () => (await storedBlobs()).length === 0));
  });

  test('of what is not sent stay, however old they are', async () => {
    fakeNetwork.isOnline = false;
    const blobId = await worker.putBlob(new Blob(['file']));
    const file = { kind: 'file', id: 'a', blobId, name: 'a.pdf', type: '', sizeBytes: 4 } as const;
    await worker.addToCurrentDraft(draft => ({
      ...draft,
      kind: 'reply',
      body: 'Words',
      attachments: [{ ...file, followsTicket: false }],
    }));
    const { draft } = await worker.currentDraft();
    await worker.editDraft(draft.id, { replyTarget: 'cap_1' }, '');
    await worker.enqueue(
      draft.id,
      ({ body, replyTarget }) => ({
        ok: true,
        value: {
          kind: 'reply',
          target: { parameter: 'source_specific_id', value: replyTarget },
          content: body,
          agent: { name: '', email: 'ana@example.com' },
          originalTimestamp: '2026-01-02T09:00:00Z',
          files: [{ blobId, name: 'a.pdf', type: '' }],
          imageUrls: [],
        },
      }),
      start,
      true,
    );
    const [job] = await worker.pendingJobs();
    await useDaily(100, { filesDays: 0, textsDays: 7 });
    expect(await worker.pendingJobs()).toEqual([job]);
    expect(await storedBlobs()).toEqual([blobId]);
  });
});

describe('texts of what was sent', () => {
  test('go when they are as old as the settings say; what a reply needs stays', async () => {
    const pending = await fileAndGoOn(worker, 'Waits');
    const { draft } = await worker.currentDraft();
    await worker.addToCurrentDraft(before => ({
      ...before,
      body: 'Secret words',
      page: { page_url: 'https://example.com/a' },
      seenSelections: ['f1'],
    }));
    await worker.editDraft(draft.id, { customerEmail: 'grace@example.com', category: 'Bug' }, '');
    const job = await setState(worker, await file(worker, 'Secret words'), sent);
    await useDaily(89, defaultRetention);
    expect(await worker.readJob(job.id)).toEqual(job);
    await useDaily(1, defaultRetention);
    expect(await worker.readJob(job.id)).toEqual({
      ...job,
      pageUrl: null,
      passages: [],
      request: {
        kind: 'ticket',
        title: '',
        query: '',
        customer: null,
        company: null,
        additionalProperties: {},
        originalTimestamp: job.request.originalTimestamp,
        images: [],
        imageUrls: [],
      },
    });
    const rows = JSON.stringify(await (await worker.database()).getAll('jobs'));
    expect(rows).not.toMatch(/Secret|grace|example\.com\/a/);
    expect(await worker.sourceIdOfTicket('ASM-7')).toBe(job.id);
    expect(await worker.readJob(pending.id)).toEqual(pending);
    expect(await worker.jobsOfPage('https://example.com/a')).toEqual([]);
  });

  test('of a reply go too, and which ticket it was for stays', async () => {
    const job = await setState(worker, await file(worker, 'Secret words', 'reply'), {
      name: 'sent',
      at: 0,
      ticketNumber: null,
      historyId: 'H-1',
    });
    await useDaily(90, defaultRetention);
    const after = await worker.readJob(job.id);
    expect(after).toEqual({ ...job, request: { ...job.request, content: '' } });
  });

  test('take their files along', async () => {
    await setRetention({ filesDays: 30, textsDays: 7 });
    const { sentId } = await sendPicture();
    expect(await storedBlobs()).toEqual([sentId]);
    await useDaily(9, { filesDays: 30, textsDays: 7 });
    expect(await storedBlobs()).toEqual([]);
  });

  test('stay for ever when the settings say so', async () => {
    const job = await setState(worker, await file(worker, 'Words'), sent);
    await useDaily(400, keepsAll);
    expect(await worker.readJob(job.id)).toEqual(job);
    expect(await worker.removeOld(Date.now(), keepsAll)).toBeNull();
  });

  test('of a thousand go in several steps, and none is left', async () => {
    const job = await setState(worker, await file(worker, 'Words'), sent);
    const row = await (await worker.database()).get('jobs', job.id);
    if (!row) throw new Error('The row is gone.');
    const tx = (await worker.database()).transaction('jobs', 'readwrite');
    for (let n = 2; n <= 1_000; n += 1) {
      const id = `cap_${n}`;
      await tx.store.put({ ...row, id, job: { ...job, id, order: n } });
    }
    await tx.done;
    await worker.removeOld(start, defaultRetention);
    await worker.removeOld(start + dayMs, defaultRetention);
    expect(await (await worker.database()).countFromIndex('jobs', 'textsSince')).toBe(1_000);
    await worker.removeOld(start + 91 * dayMs, defaultRetention);
    expect(await worker.removeOld(start + 92 * dayMs, defaultRetention)).toBeNull();
    const jobs = (await (await worker.database()).getAll('jobs')).map(found => found.job);
    expect(jobs).toHaveLength(1_000);
    expect(jobs.every(({ request }) => request.kind === 'ticket' && request.query === '')).toBe(true);
  });
});

describe('a row that says what is not so', () => {
  test('does not hold up the others for ever: it is put right, or put aside', async () => {
    const pending = await fileAndGoOn(worker, 'Waits');
    const job = await setState(worker, await file(worker, 'Words'), sent);
    const database = await worker.database();
    await database.put('jobs', { id: pending.id, job: pending, createdAt: 1, pending: 1, textsSince: 5 });
    await database.put('jobs', { id: 'cap_torn', job: 'torn' as never, createdAt: 1, textsSince: 6 });
    await useDaily(91, defaultRetention);
    expect(await worker.pendingJobs()).toEqual([pending]);
    expect(await worker.readJob(job.id)).toMatchObject({ request: { query: '' } });
    expect(await worker.quarantinedRows()).toMatchObject([{ id: 'cap_torn' }]);
  });
});

describe('a clock that is put forward by ten years', () => {
  test('and put right within a day has cost nothing', async () => {
    const pending = await fileAndGoOn(worker, 'Waits');
    const job = await setState(worker, await file(worker, 'Words'), sent);
    const { draft } = await worker.currentDraft();
    await worker.editDraft(draft.id, { body: 'Aside' }, '');
    await worker.startOver(draft.id);
    await useDaily(3, defaultRetention);
    const forward = Date.now() + 3_650 * dayMs;
    expect(await worker.removeOld(forward, defaultRetention)).toBe(forward + dayMs);
    await worker.removeOld(forward + dayMs - 1, defaultRetention);
    await worker.removeOld(Date.now(), defaultRetention);
    await useDaily(2, defaultRetention);
    expect(await worker.readJob(job.id)).toEqual(job);
    expect(await worker.draftsAside()).toHaveLength(1);
    expect(await worker.pendingJobs()).toEqual([pending]);
  });

  test('and left so ages the history, and never the outbox', async () => {
    const pending = await fileAndGoOn(worker, 'Waits');
    const job = await setState(worker, await file(worker, 'Words'), sent);
    await useDaily(3, defaultRetention);
    vi.setSystemTime(Date.now() + 3_650 * dayMs);
    await useDaily(3, defaultRetention);
    expect(await worker.readJob(job.id)).toMatchObject({ request: { query: '' } });
    expect(await worker.pendingJobs()).toEqual([pending]);
  });
});

test('an alarm stands by for what is due next, and for nothing when nothing is', async () => {
  await whileTimePasses(worker.runOutbox());
  expect(fakeBrowser.alarms()).toEqual({});
  await setState(worker, await file(worker, 'Words'), sent);
  await whileTimePasses(worker.runOutbox());
  expect(fakeBrowser.alarms()['tidy-up']).toBeGreaterThanOrEqual(start + 90 * dayMs);
});

test('what goes is told to pages that are open, by its names; and when nothing goes nothing is told', async () => {
  const job = await setState(worker, await file(worker, 'Words'), sent);
  const { draft } = await worker.currentDraft();
  await worker.editDraft(draft.id, { body: 'Aside' }, '');
  await worker.startOver(draft.id);
  await useDaily(6, defaultRetention);
  const news: Change[] = [];
  onTestFinished(onChange(change => void news.push(change)));
  const heard = async (last: Change) => {
    await whileTimePasses(worker.runOutbox());
    // What is told comes in order: nothing from before is still on its way then.
    announceChange(last);
    await until(() => news.some(({ about }) => about === last.about));
    return news.splice(0);
  };
  expect(await heard({ about: 'settings' })).toEqual([{ about: 'settings' }]);
  vi.setSystemTime(Date.now() + 2 * dayMs);
  expect(await heard({ about: 'settings' })).toEqual([{ about: 'draft' }, { about: 'settings' }]);
  await useDaily(81, defaultRetention);
  vi.setSystemTime(Date.now() + 2 * dayMs);
  expect(await heard({ about: 'settings' })).toEqual([
    { about: 'outbox', jobIds: [job.id] },
    { about: 'settings' },
  ]);
});
