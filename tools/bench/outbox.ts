import type { CDPSession, Page } from 'puppeteer-core';
import type { Job } from '../../src/core/outbox/job.ts';
import { activityPath, extensionWorker, openExtensionPage } from '../chromium/extension.ts';
import type { Demo } from '../demo/open-demo.ts';
import { Trouble } from '../trouble.ts';
import { percentile, summary } from './summary.ts';

const serverLatencyMs = 50;
const drainCount = 1_000;
const historyCount = 10_000;
const rounds = 20;

/**
 * What the outbox costs and how fast it is: a full one against a server with latency and the vendor's limit, the time
 * until a press of Send is answered with "saved", and what a long history adds to a send. Rejects when a goal is missed.
 */
export async function benchOutbox(demo: Demo): Promise<string[]> {
  const { assembly, browser, extension } = demo;
  assembly.faults.always({ kind: 'delay', match: 'ticket', beforeCommitMs: serverLatencyMs });
  const page = await openExtensionPage(browser, extension, activityPath);
  const measured = [
    ...(await drain(demo, page)),
    await saved(page, demo),
    // Last, since it leaves a long history behind.
    await withHistory(page, demo),
  ];
  await page.close();
  const missed = measured.filter(({ isMet }) => !isMet);
  const lines = measured.map(
    ({ line, goal, isMet }) => `${line}${goal ? ` (goal: ${goal}${isMet ? '' : ', missed'})` : ''}`,
  );
  if (missed.length > 0) throw new Trouble(`${lines.join('\n')}\nA goal is missed.`);
  return lines;
}

interface Measured {
  line: string;
  goal?: string;
  isMet: boolean;
}

async function drain({ assembly, browser, extension }: Demo, page: Page): Promise<Measured[]> {
  const { record } = assembly;
  const worker = await extensionWorker(browser, extension);
  await placeJobs(page, drainCount, 'queued');
  const heapBefore = await heapBytes(worker.client);
  const before = record.requestsTo('ticket').length;
  const startedAt = Date.now();
  void call(page, 'outbox.run', {}).catch(() => undefined);
  const arrived = () => record.requestsTo('ticket').slice(before);
  await until(() => arrived().length >= drainCount / 2, 120_000);
  const heapHalfway = await heapBytes(worker.client);
  await until(() => record.tickets.length >= before + drainCount, 120_000);
  await until(async () => (await pendingCount(page)) === 0, 10_000);
  const heapAfter = await heapBytes(worker.client);

  const times = arrived().map(({ timeMs }) => timeMs);
  const rate = ((times.length - 1) * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  const refused = arrived().filter(({ status }) => status === 429).length;
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    {
      line: `${drainCount} tickets, ${serverLatencyMs} ms latency: ${rate.toFixed(1)}/s sustained, all stored after ${seconds} s`,
      goal: 'at least 24/s',
      isMet: rate >= 24,
    },
    { line: `answers 429: ${refused}`, goal: '0', isMet: refused === 0 },
    {
      line: `heap of the worker: ${mb(heapBefore)} before, ${mb(heapHalfway)} halfway, ${mb(heapAfter)} after`,
      goal: 'no more after than halfway, by 2 MB',
      isMet: heapAfter <= heapHalfway + 2e6,
    },
  ];
}

async function saved(page: Page, { assembly }: Demo): Promise<Measured> {
  const spansMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const draftId = await newDraft(page, `With a picture, ${round}`);
    await attachNoise(page, draftId);
    spansMs.push(await timedSend(page, draftId));
    await delivered(page, assembly, draftId);
  }
  return {
    line: `Send → saved, with a picture of 4 MB: ${summary(spansMs)}`,
    goal: 'p95 ≤ 150 ms',
    isMet: percentile(spansMs, 0.95) <= 150,
  };
}

async function withHistory(page: Page, { assembly }: Demo): Promise<Measured> {
  const sends = async () => {
    const spansMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const draftId = await newDraft(page, 'A send');
      const startedAt = performance.now();
      await timedSend(page, draftId);
      await delivered(page, assembly, draftId);
      spansMs.push(performance.now() - startedAt);
    }
    return percentile(spansMs, 0.5);
  };
  const shortMs = await sends();
  await placeJobs(page, historyCount, 'sent');
  const longMs = await sends();
  const ratio = longMs / shortMs;
  return {
    line: `Send → delivered: ${Math.round(shortMs)} ms with a short history, ${Math.round(longMs)} ms with ${historyCount} more items: ${ratio.toFixed(2)}×`,
    goal: '≤ 1.2×',
    isMet: ratio <= 1.2,
  };
}

/** Asks the worker as the extension's pages do; rejects when it says no. */
async function call(page: Page, name: string, input: object): Promise<unknown> {
  const answer = await page.evaluate(
    (name, input) => chrome.runtime.sendMessage({ name, input }),
    name,
    input,
  );
  if (answer?.ok !== true) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer.value;
}

async function newDraft(page: Page, body: string): Promise<string> {
  const { draft } = (await call(page, 'draft.read', { windowId: null })) as { draft: { id: string } };
  await call(page, 'draft.edit', { draftId: draft.id, edits: { body }, baseBody: '' });
  return draft.id;
}

/** The time until the worker has answered the press, as the page sees it, in milliseconds. */
async function timedSend(page: Page, draftId: string): Promise<number> {
  return page.evaluate(async draftId => {
    const startedAt = performance.now();
    const answer = await chrome.runtime.sendMessage({ name: 'draft.send', input: { draftId } });
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return performance.now() - startedAt;
  }, draftId);
}

async function delivered(page: Page, { record }: Demo['assembly'], draftId: string): Promise<void> {
  const id = `cap_${draftId}`;
  await until(() => record.tickets.some(ticket => ticket.sourceSpecificId === id), 20_000);
  await until(async () => {
    const job = (await call(page, 'job.read', { jobId: id })) as { state: { name: string } };
    return job.state.name === 'sent';
  }, 5_000);
}

/** Adds a picture of random pixels whose base64 text is just under 4,000,000 bytes. */
async function attachNoise(page: Page, draftId: string): Promise<void> {
  const blobId = await page.evaluate(async () => {
    const side = 990;
    const canvas = new OffscreenCanvas(side, side);
    const image = new ImageData(side, side);
    for (let at = 0; at < image.data.length; at += 65_536) {
      crypto.getRandomValues(image.data.subarray(at, at + 65_536));
    }
    for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const id = crypto.randomUUID().replaceAll('-', '');
    const request = indexedDB.open('capture');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction('blobs', 'readwrite');
    transaction.objectStore('blobs').put({ id, blob, createdAt: Date.now(), sha256: null });
    await new Promise(resolve => {
      transaction.oncomplete = resolve;
    });
    database.close();
    return id;
  });
  await call(page, 'attachment.add', { draftId, blobId, name: 'noise.png', type: 'image/png' });
}

/** Puts jobs into the store as they are after a press of Send, or after delivery. */
async function placeJobs(page: Page, count: number, state: 'queued' | 'sent'): Promise<void> {
  const jobs = Array.from({ length: count }, (_, n) => makeJob(n, state));
  await page.evaluate(
    async (jobs, isPending) => {
      const request = indexedDB.open('capture');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction('jobs', 'readwrite');
      for (const job of jobs) {
        const row = { id: job.id, createdAt: job.createdAt, job };
        transaction.objectStore('jobs').put(isPending ? { ...row, pending: 1 } : row);
      }
      await new Promise(resolve => {
        transaction.oncomplete = resolve;
      });
      database.close();
    },
    jobs,
    state === 'queued',
  );
}

function makeJob(n: number, state: 'queued' | 'sent'): Job {
  const draftId = crypto.randomUUID().replaceAll('-', '');
  return {
    version: 3,
    id: `cap_${draftId}`,
    draftId,
    draftRevision: 1,
    createdAt: 1_000 + n,
    order: n,
    attempts: 0,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived: false,
    mayHoldEarlierText: false,
    request: {
      kind: 'ticket',
      title: `Ticket ${n}`,
      query: `A customer wrote something of ordinary length. ${'It goes on for a while. '.repeat(20)}`,
      customer: null,
      company: null,
      additionalProperties: { page_url: 'https://example.com/orders', extension_version: '0.1.0' },
      originalTimestamp: '2026-01-02T03:04:05Z',
      images: [],
      imageUrls: [],
    },
    pageUrl: 'https://example.com/orders',
    passages: [],
    keepsFiles: false,
    state:
      state === 'queued'
        ? { name: 'queued', since: 1_000 + n, isUrgent: false }
        : { name: 'sent', at: 2_000 + n, ticketNumber: null, historyId: null },
  };
}

async function pendingCount(page: Page): Promise<number> {
  const { jobs } = (await call(page, 'outbox.list', {})) as { jobs: { state: { name: string } }[] };
  return jobs.filter(({ state }) => state.name !== 'sent').length;
}

async function heapBytes(client: CDPSession): Promise<number> {
  await client.send('HeapProfiler.collectGarbage');
  return (await client.send('Runtime.getHeapUsage')).usedSize;
}

async function until(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Trouble('The outbox took too long: the figures mean nothing.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
