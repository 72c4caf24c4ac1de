import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  file,
  fileAndGoOn,
  letWork,
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
const busy = (retryAfterSeconds: number) => () =>
  Response.json({ error: 'busy' }, { status: 503, headers: { 'Retry-After': `${retryAfterSeconds}` } });

test('twelve tickets leave a new worker one each 40 ms: the burst has to be earned', async () => {
  for (let n = 0; n < 12; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  const startedAt = Date.now();
  await whileTimePasses(worker.runOutbox(), 1);
  const times = fakeNetwork.requests.map(({ at }) => at - startedAt);
  expect(new Set(fakeNetwork.sentIds()).size).toBe(12);
  for (const [n, time] of times.entries()) {
    expect(time).toBeGreaterThanOrEqual(n * 40);
  }
  expect(times.at(-1)).toBeLessThan(500);
});

test('a new worker does not begin with a second burst', async () => {
  for (let n = 0; n < 5; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  const startedAt = Date.now();
  await whileTimePasses(worker.runOutbox(), 1);
  worker = await startWorker();
  vi.setSystemTime(startedAt + 160);
  for (const words of ['Sixth', 'Seventh']) await fileAndGoOn(worker, words);
  await whileTimePasses(worker.runOutbox(), 1);
  const times = fakeNetwork.requests.map(({ at }) => at - startedAt);
  expect(times.slice(0, 5)).toEqual([0, 40, 80, 120, 160]);
  expect(times[5]).toBeGreaterThanOrEqual(200);
  expect(times[6]).toBeGreaterThanOrEqual(240);
});

test('any number of callers send each job once', async () => {
  for (let n = 0; n < 3; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  await whileTimePasses(Promise.all(Array.from({ length: 10 }, () => worker.runOutbox())));
  expect(fakeNetwork.requests).toHaveLength(3);
});

describe('while a job waits in a short back-off', () => {
  const slotMs = 50;
  const isSent = (id: string) => until(async () => (await worker.readJob(id))?.state.name === 'sent');

  test('a new one is sent at once', async () => {
    fakeNetwork.script(busy(10));
    const first = await fileAndGoOn(worker, 'First');
    const running = worker.runOutbox();
    await until(async () => (await worker.readJob(first.id))?.state.name === 'waiting');
    await letWork();
    const second = await fileAndGoOn(worker, 'Second');
    const now = Date.now();
    const again = worker.runOutbox();
    await whileTimePasses(isSent(second.id), 10);
    expect(Date.now() - now).toBeLessThanOrEqual(slotMs);
    expect(await worker.readJob(first.id)).toMatchObject({ state: { name: 'waiting' } });

    await whileTimePasses(Promise.all([running, again]));
    expect(fakeNetwork.sentIds()).toEqual([first.id, second.id, first.id]);
    expect(await worker.pendingJobs()).toEqual([]);
  });

  test('a new one is sent at once also when it comes as the runner is about to sleep', async () => {
    fakeNetwork.script(busy(10));
    const first = await fileAndGoOn(worker, 'First');
    const later: { again?: Promise<void>; secondId?: string } = {};
    const contains = chrome.permissions.contains;
    // The browser takes its time to answer the last question before the sleep, and the person presses Send meanwhile.
    vi.spyOn(chrome.permissions, 'contains').mockImplementation(async permissions => {
      const isAllowed = await contains(permissions);
      if ((await worker.readJob(first.id))?.state.name !== 'waiting' || later.again) return isAllowed;
      later.again = Promise.resolve();
      later.secondId = (await fileAndGoOn(worker, 'Second')).id;
      later.again = worker.runOutbox();
      return isAllowed;
    });
    const now = Date.now();
    const running = worker.runOutbox();
    await until(() => later.secondId !== undefined);
    await whileTimePasses(isSent(later.secondId ?? ''), 10);
    expect(Date.now() - now).toBeLessThanOrEqual(slotMs);
    await whileTimePasses(Promise.all([running, later.again]));
    expect(await worker.pendingJobs()).toEqual([]);
  });
});

describe('the alarm', () => {
  test('stands by before each request, and is gone when nothing is left', async () => {
    const alarmsAtRequest: unknown[] = [];
    fakeNetwork.otherwise = () => {
      alarmsAtRequest.push(fakeBrowser.alarms());
      return Response.json({ created_ticket_number: 'ASM-1' });
    };
    await fileAndGoOn(worker, 'First');
    await fileAndGoOn(worker, 'Second');
    const now = Date.now();
    await run();
    expect(alarmsAtRequest).toEqual([{ outbox: now + 60_000 }, { outbox: now + 60_000 }]);
    expect(fakeBrowser.alarms()).not.toHaveProperty('outbox');
  });

  test('rings when a long wait is over; the run does not wait for it', async () => {
    fakeNetwork.script(busy(300));
    const job = await file(worker, 'Words');
    const now = Date.now();
    await worker.runOutbox();
    expect(Date.now()).toBe(now);
    const { state } = (await worker.readJob(job.id)) ?? {};
    const until = state?.name === 'waiting' ? state.until : 0;
    expect(until).toBeGreaterThanOrEqual(now + 300_000);
    expect(fakeBrowser.alarms()).toEqual({ outbox: until });
  });

  test('is not needed for what only a person can bring on', async () => {
    fakeNetwork.script(refuse(422, 'title is missing'));
    await file(worker, 'Words');
    await run();
    expect(fakeBrowser.alarms()).toEqual({});
  });

  test('stands by when the storage fails in a run; a later run goes on from there', async () => {
    const job = await file(worker, 'Words');
    const broken = vi.spyOn(IDBIndex.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('Internal error', 'UnknownError');
    });
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    expect(fakeBrowser.alarms()).toEqual({ outbox: Date.now() + 60_000 });
    broken.mockRestore();
    await run();
    expect((await worker.readJob(job.id))?.state).toMatchObject({ name: 'sent' });
  });

  test('nothing is sent whose try cannot be put on record', async () => {
    const job = await file(worker, 'Words');
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Quota exceeded', 'QuotaExceededError');
    });
    await run();
    full.mockRestore();
    expect(fakeNetwork.requests).toEqual([]);
    expect(await worker.readJob(job.id)).toEqual(job);
  });
});

describe('the badge', () => {
  const calm = '#5f6368';
  const alarm = '#b3261e';

  test('counts what is not delivered, and is empty when all is', async () => {
    const slow = held();
    fakeNetwork.script(slow.hang);
    await fileAndGoOn(worker, 'First');
    await fileAndGoOn(worker, 'Second');
    const running = worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 1);
    expect(fakeBrowser.badge).toEqual({ text: '2', colour: calm });
    slow.answer(Response.json({ created_ticket_number: 'ASM-1' }));
    await whileTimePasses(running);
    expect(fakeBrowser.badge.text).toBe('');
  });

  test('is calm while something only waits', async () => {
    fakeNetwork.script(busy(300));
    await file(worker, 'Words');
    await run();
    expect(fakeBrowser.badge).toEqual({ text: '1', colour: calm });
  });

  test('is red when something needs the person', async () => {
    fakeNetwork.script(refuse(422, 'title is missing'));
    await file(worker, 'Words');
    await run();
    expect(fakeBrowser.badge).toEqual({ text: '1', colour: alarm });
  });
});
