import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  file,
  fileAndGoOn,
  letWork,
  newProfile,
  type SimulatedWorker,
  startWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  // The middle of every back-off's window.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  worker = await startWorker();
  await worker.saveKey('fake-key');
});
afterEach(() => {
  closeProfile();
  vi.restoreAllMocks();
});

const run = () => whileTimePasses(worker.runOutbox());
const busy = (retryAfterSeconds: number) => () =>
  Response.json({ error: 'busy' }, { status: 503, headers: { 'Retry-After': `${retryAfterSeconds}` } });

test('twelve tickets at once leave five together and then one each 40 ms', async () => {
  for (let n = 0; n < 12; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  const startedAt = Date.now();
  await whileTimePasses(worker.runOutbox(), 1);
  const times = fakeNetwork.requests.map(({ at }) => at - startedAt);
  expect(new Set(fakeNetwork.sentIds()).size).toBe(12);
  for (const [n, time] of times.entries()) {
    expect(time).toBeGreaterThanOrEqual(Math.max(0, n - 4) * 40);
  }
  expect(times.at(-1)).toBeLessThan(400);
});

test('a new worker does not begin with a second burst', async () => {
  for (let n = 0; n < 5; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  const startedAt = Date.now();
  await whileTimePasses(worker.runOutbox(), 1);
  worker = await startWorker();
  vi.setSystemTime(startedAt);
  await fileAndGoOn(worker, 'One more');
  await whileTimePasses(worker.runOutbox(), 1);
  expect(fakeNetwork.requests.at(-1)?.at).toBeGreaterThanOrEqual(startedAt + 40);
});

test('any number of callers send each job once', async () => {
  for (let n = 0; n < 3; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  await whileTimePasses(Promise.all(Array.from({ length: 10 }, () => worker.runOutbox())));
  expect(fakeNetwork.requests).toHaveLength(3);
});

describe('while a job waits in a short back-off', () => {
  test('a new one is sent at once', async () => {
    fakeNetwork.script(busy(10));
    const first = await fileAndGoOn(worker, 'First');
    const running = worker.runOutbox();
    await until(async () => (await worker.readJob(first.id))?.state.name === 'waiting');
    await letWork();
    const second = await fileAndGoOn(worker, 'Second');
    const now = Date.now();
    const again = worker.runOutbox();
    await until(async () => (await worker.readJob(second.id))?.state.name === 'sent');
    expect(Date.now()).toBe(now);
    expect(await worker.readJob(first.id)).toMatchObject({ state: { name: 'waiting' } });

    await whileTimePasses(Promise.all([running, again]));
    expect(fakeNetwork.sentIds()).toEqual([first.id, second.id, first.id]);
    expect(await worker.pendingJobs()).toEqual([]);
  });

  test('a new one is sent at once also when it comes as the runner is about to sleep', async () => {
    fakeNetwork.script(busy(10));
    const first = await fileAndGoOn(worker, 'First');
    const later: { again?: Promise<void>; secondId?: string } = {};
    const createAlarm = chrome.alarms.create;
    // The browser takes its time to arm the alarm, and the person presses Send meanwhile.
    vi.spyOn(chrome.alarms, 'create').mockImplementation(async (name, info) => {
      await createAlarm(name as string, info as chrome.alarms.AlarmCreateInfo);
      if ((await worker.readJob(first.id))?.state.name !== 'waiting' || later.again) return;
      later.again = Promise.resolve();
      later.secondId = (await fileAndGoOn(worker, 'Second')).id;
      later.again = worker.runOutbox();
    });
    const now = Date.now();
    const running = worker.runOutbox();
    await until(async () => (await worker.readJob(later.secondId ?? ''))?.state.name === 'sent');
    expect(Date.now()).toBe(now);
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
    expect(fakeBrowser.alarms()).toEqual({});
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
