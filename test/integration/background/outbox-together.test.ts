import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  file,
  fileAndGoOn,
  type SimulatedWorker,
  startWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// How many jobs go together: over one connection, after an outage, when many people's browsers wake at once.

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox(), 10);
const unavailable = refuse(503, 'unavailable');

/** Files tickets, a moment ago: what happens in the millisecond of a press comes after it. */
async function fileMany(count: number) {
  for (let n = 1; n <= count; n += 1) await fileAndGoOn(worker, `Ticket ${n}`);
  vi.setSystemTime(Date.now() + 50);
}

/** Answers each request after `delayMs`; tells how many were on their way at once, at most. */
function slowServer(delayMs: number) {
  const load = { now: 0, most: 0, atFirstAnswer: 0 };
  let created = 0;
  fakeNetwork.otherwise = async () => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    await new Promise(resolve => setTimeout(resolve, delayMs));
    load.atFirstAnswer ||= load.now;
    load.now -= 1;
    created += 1;
    return Response.json({ created_ticket_number: `ASM-${created}` });
  };
  return load;
}

describe('several jobs', () => {
  test('go at once, six at most, and the first one alone', async () => {
    const load = slowServer(400);
    await fileMany(20);
    const startedAt = Date.now();
    await run();
    expect(fakeNetwork.requests).toHaveLength(20);
    expect(new Set(fakeNetwork.sentIds()).size).toBe(20);
    expect(load).toMatchObject({ most: 6, atFirstAnswer: 1 });
    expect(Date.now() - startedAt).toBeLessThan(20 * 400);
  });

  test('do not wait for a first one that is slow', async () => {
    const slow = held();
    fakeNetwork.script(slow.hang);
    await fileMany(3);
    const running = worker.runOutbox();
    const startedAt = Date.now();
    await whileTimePasses(until(() => fakeNetwork.requests.length === 3));
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(2_000);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    slow.answer(Response.json({ created_ticket_number: 'ASM-1' }));
    await whileTimePasses(running);
    expect(await worker.pendingJobs()).toEqual([]);
  });

  test('with a key that is refused cost one request', async () => {
    fakeNetwork.otherwise = refuse(401, 'Invalid API key');
    await fileMany(10);
    await run();
    await run();
    expect(fakeNetwork.requests).toHaveLength(1);
  });
});

describe('an outage', () => {
  test('costs one request a wait, however many jobs there are', async () => {
    fakeNetwork.otherwise = unavailable;
    await fileMany(20);
    const startedAt = Date.now();
    void worker.runOutbox();
    await whileTimePasses(
      until(() => Date.now() - startedAt > 14_000),
      200,
    );
    // Waits of 1, 2, 4 and 8 seconds: the middle of each window.
    expect(fakeNetwork.requests).toHaveLength(4);
    expect(new Set(fakeNetwork.sentIds()).size).toBe(4);

    fakeNetwork.otherwise = () => Response.json({ created_ticket_number: 'ASM-1' });
    await whileTimePasses(
      until(async () => (await worker.pendingJobs()).length === 0),
      200,
    );
    expect(Date.now() - startedAt).toBeLessThan(45_000);
  });

  test('lets what is pressed in it go once, at once', async () => {
    fakeNetwork.otherwise = unavailable;
    await fileMany(2);
    void worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 1);
    await until(async () => (await worker.pendingJobs()).some(({ state }) => state.name === 'waiting'));
    vi.setSystemTime(Date.now() + 50);
    const pressed = await fileAndGoOn(worker, 'Pressed');
    void worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 2);
    expect(fakeNetwork.sentIds()[1]).toBe(pressed.id);
  });

  test('of one item alone, a poisoned one, holds up nobody', async () => {
    const poison = await fileAndGoOn(worker, 'Poison');
    fakeNetwork.otherwise = request =>
      request.fields.get('source_specific_id') === poison.id
        ? unavailable(request)
        : Response.json({ created_ticket_number: `ASM-${fakeNetwork.requests.length}` });
    await fileMany(5);
    const startedAt = Date.now();
    void worker.runOutbox();
    const isAloneAndWaits = async () => {
      const [job, ...others] = await worker.pendingJobs();
      return others.length === 0 && job?.id === poison.id && job.state.name === 'waiting';
    };
    await whileTimePasses(until(isAloneAndWaits), 50);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});

describe('a wake-up that other people’s browsers share', () => {
  beforeEach(() => chrome.storage.session.clear());

  test('is spread over two seconds', async () => {
    await fileMany(1);
    const startedAt = Date.now();
    await run();
    expect(fakeNetwork.requests[0]?.at).toBe(startedAt + 1_000);
  });

  test('is spread over twice the time that all of them need, as the policy says how many there are', async () => {
    fakeBrowser.setPolicy({ sharedBy: 300 });
    await fileMany(1);
    const startedAt = Date.now();
    await run();
    // Half of 2 × 300 / 30 s.
    expect(fakeNetwork.requests[0]?.at).toBe(startedAt + 10_000);
  });

  test('does not hold back what is pressed after it', async () => {
    fakeBrowser.setPolicy({ sharedBy: 300 });
    await fileMany(1);
    void worker.runOutbox();
    await until(async () => (await worker.readPace()).refusals.ticket.since > 0);
    vi.setSystemTime(Date.now() + 50);
    const pressed = await fileAndGoOn(worker, 'Pressed');
    const running = worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 1);
    expect(fakeNetwork.sentIds()).toEqual([pressed.id]);
    await whileTimePasses(running, 100);
    expect(fakeNetwork.requests).toHaveLength(2);
  });

  test.each([{ sharedBy: 0 }, { sharedBy: 'many' }, { sharedBy: 1e9 }])(
    'takes a policy of %o for none',
    async policy => {
      fakeBrowser.setPolicy(policy);
      await fileMany(1);
      const startedAt = Date.now();
      await run();
      expect(fakeNetwork.requests[0]?.at).toBe(startedAt + 1_000);
    },
  );
});

describe('a ticket whose tries were all cut short', () => {
  /** Three lives of the worker, each of which ends in a try. Answers the state to which the fourth brings it. */
  async function cutShort(beforeEachLife: () => Promise<void>) {
    const { id } = await fileAndGoOn(worker, 'Cut short');
    for (let life = 1; life <= 3; life += 1) {
      fakeNetwork.otherwise = held().hang;
      void worker.runOutbox();
      await whileTimePasses(
        until(() => fakeNetwork.requests.length === life),
        200,
      );
      worker = await startWorker();
      await beforeEachLife();
    }
    fakeNetwork.otherwise = () => Response.json({ created_ticket_number: 'ASM-1' });
    await whileTimePasses(worker.runOutbox(), 200);
    return (await worker.readJob(id))?.state;
  }

  test('by the end of the browser is sent by the next one', async () => {
    expect(await cutShort(() => chrome.storage.session.clear())).toMatchObject({ name: 'sent' });
  });

  test('by the death of the worker alone is for the person: it may be what kills it', async () => {
    expect(await cutShort(async () => {})).toEqual({
      name: 'attention',
      failure: { kind: 'interrupted-often' },
    });
  });
});

test('a job that is held back makes room for the next draft, and can be edited again', async () => {
  fakeNetwork.script(() =>
    Response.json({ error: 'slow down' }, { status: 429, headers: { 'Retry-After': '600' } }),
  );
  await fileMany(1);
  await run();
  const job = await file(worker, 'Held back');
  await run();
  expect(await worker.readJob(job.id)).toMatchObject({ state: { name: 'queued' } });
  expect((await worker.currentDraft()).draft.id).not.toBe(job.draftId);
  expect(fakeNetwork.requests).toHaveLength(1);
  expect(await worker.editJobAgain(job)).toMatchObject({ ok: true, value: { body: 'Held back' } });
});

test('“Send now” goes once though Assembly asked for a pause', async () => {
  fakeNetwork.script(
    () => Response.json({ error: 'slow down' }, { status: 429, headers: { 'Retry-After': '600' } }),
    () => Response.json({ error: 'slow down' }, { status: 429, headers: { 'Retry-After': '600' } }),
  );
  await fileMany(3);
  await run();
  const [, second] = await worker.pendingJobs();
  vi.setSystemTime(Date.now() + 50);
  await worker.applyToJob(second?.id ?? '', { name: 'send-now' });
  await run();
  await run();
  expect(fakeNetwork.sentIds().at(-1)).toBe(second?.id);
  expect(fakeNetwork.requests).toHaveLength(2);
});

test('a ticket whose words alone are refused with 403 does not keep the others back for good', async () => {
  const poison = await fileAndGoOn(worker, 'Poison');
  fakeNetwork.otherwise = request =>
    request.fields.get('source_specific_id') === poison.id
      ? new Response('<html>Forbidden</html>', { status: 403 })
      : Response.json({ created_ticket_number: `ASM-${fakeNetwork.requests.length}` });
  await fileMany(3);
  await run();
  await whileTimePasses(worker.trustKeyAgain(), 10);
  expect((await worker.pendingJobs()).map(({ id }) => id)).toEqual([poison.id]);
});

test('everything is erased while a request is out: the next ticket goes without delay', async () => {
  const slow = held();
  fakeNetwork.script(slow.hang);
  await fileMany(1);
  const running = worker.runOutbox();
  await until(() => fakeNetwork.requests.length === 1);
  const { eraseEverything } = await import('../../../src/platform/privileged/erase-everything.ts');
  await eraseEverything();
  await worker.saveKey('fake-key');
  const job = await fileAndGoOn(worker, 'After that');
  void worker.runOutbox();
  slow.answer(Response.json({ created_ticket_number: 'ASM-1' }));
  await whileTimePasses(running, 10);
  await whileTimePasses(worker.runOutbox(), 10);
  expect(fakeNetwork.sentIds().slice(1)).toEqual([job.id]);
  expect(await worker.readJob(job.id)).toMatchObject({ state: { name: 'sent' } });
});

test('offline, one job looks for all of them', async () => {
  await fileMany(10);
  fakeNetwork.isOnline = false;
  await run();
  const states = (await worker.pendingJobs()).map(({ state }) => state.name);
  expect(states.filter(name => name === 'waiting')).toHaveLength(1);
  fakeNetwork.isOnline = true;
  await whileTimePasses(worker.retryUnreachable(), 10);
  expect(await worker.pendingJobs()).toEqual([]);
});
