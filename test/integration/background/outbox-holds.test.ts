import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  file,
  fileAndGoOn,
  newProfile,
  type SimulatedWorker,
  startWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// What keeps the whole outbox from being sent, and how it goes on. No event reaches the runner here: whatever is
// stored must be enough. What the events do is in worker-events.test.ts.

let worker: SimulatedWorker;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox());
const stateOf = async (id: string) => (await worker.readJob(id))?.state;
const keys = () => fakeNetwork.requests.map(({ key }) => key);
const refused = { kind: 'key-refused', status: 401, detail: 'Invalid API key' };
const refuseKey = refuse(401, 'Invalid API key');

describe('without a key', () => {
  test('nothing is sent and all of it is kept', async () => {
    const jobs = [await fileAndGoOn(worker, 'First'), await fileAndGoOn(worker, 'Second')];
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    for (const { id } of jobs) {
      expect(await stateOf(id)).toEqual({ name: 'paused', failure: { kind: 'no-key' } });
    }
  });

  test('a key that was saved while no worker ran is used by the next one', async () => {
    const job = await file(worker, 'Words');
    await run();
    await worker.saveKey('fake-key');
    worker = await startWorker();
    await run();
    expect(keys()).toEqual(['fake-key']);
    expect(await stateOf(job.id)).toMatchObject({ name: 'sent', ticketNumber: 'ASM-1' });
  });

  test('a key record that cannot be read is no key', async () => {
    fakeBrowser.store({ apiKey: { version: 2, value: 'fake-key' } });
    const job = await file(worker, 'Words');
    await run();
    expect(await stateOf(job.id)).toMatchObject({ name: 'paused', failure: { kind: 'no-key' } });
  });
});

describe('a refused key', () => {
  test('stops the outbox after one request, also in later runs and later workers', async () => {
    await worker.saveKey('fake-old-key');
    fakeNetwork.otherwise = refuseKey;
    const jobs = [await fileAndGoOn(worker, 'First'), await fileAndGoOn(worker, 'Second')];
    await run();
    await run();
    worker = await startWorker();
    await fileAndGoOn(worker, 'Third');
    await run();
    expect(keys()).toEqual(['fake-old-key']);
    for (const { id } of jobs) expect(await stateOf(id)).toEqual({ name: 'paused', failure: refused });
    expect((await worker.pendingJobs()).map(({ state }) => state.name)).toEqual(Array(3).fill('paused'));
  });

  test('gets one further request from the press of “Send now”', async () => {
    await worker.saveKey('fake-old-key');
    fakeNetwork.otherwise = refuseKey;
    const job = await fileAndGoOn(worker, 'First');
    await fileAndGoOn(worker, 'Second');
    await run();
    await worker.applyToJob(job.id, { name: 'send-now' });
    await whileTimePasses(worker.trustKeyAgain());
    await run();
    expect(fakeNetwork.requests).toHaveLength(2);
    expect(await stateOf(job.id)).toEqual({ name: 'paused', failure: refused });
  });

  test('that Assembly takes again by then sends all that waited for it', async () => {
    await worker.saveKey('fake-key');
    fakeNetwork.script(refuseKey);
    const job = await fileAndGoOn(worker, 'First');
    await fileAndGoOn(worker, 'Second');
    await run();
    await worker.applyToJob(job.id, { name: 'send-now' });
    await whileTimePasses(worker.trustKeyAgain());
    expect(await worker.pendingJobs()).toEqual([]);
    expect(fakeNetwork.requests).toHaveLength(3);
  });

  test('that is entered again is a new key', async () => {
    await worker.saveKey('fake-key');
    fakeNetwork.script(refuseKey);
    await file(worker, 'Words');
    await run();
    await worker.saveKey('fake-key');
    await run();
    expect(await worker.pendingJobs()).toEqual([]);
  });

  test('gives way to a new one while a run is on: everything is sent, nothing stays paused', async () => {
    await worker.saveKey('fake-old-key');
    fakeNetwork.script(refuseKey);
    const first = await fileAndGoOn(worker, 'First');
    const second = await fileAndGoOn(worker, 'Second');
    await run();

    const slow = held();
    fakeNetwork.script(slow.hang);
    await worker.saveKey('fake-new-key');
    const runs = [worker.runOutbox(), worker.runOutbox()];
    await whileTimePasses(until(() => fakeNetwork.requests.length === 2));
    runs.push(worker.trustKeyAgain());
    slow.answer(Response.json({ created_ticket_number: 'ASM-9' }));
    await whileTimePasses(Promise.all(runs));
    expect(keys()).toEqual(['fake-old-key', 'fake-new-key', 'fake-new-key']);
    expect(await stateOf(first.id)).toMatchObject({ name: 'sent' });
    expect(await stateOf(second.id)).toMatchObject({ name: 'sent' });
  });

  test('that was replaced while the request was out says nothing about the new one', async () => {
    await worker.saveKey('fake-old-key');
    const slow = held();
    fakeNetwork.script(slow.hang);
    const job = await file(worker, 'Words');
    const running = worker.runOutbox();
    await until(() => fakeNetwork.requests.length === 1);
    await worker.saveKey('fake-new-key');
    slow.answer(Response.json({ error: 'Invalid API key' }, { status: 401 }));
    await whileTimePasses(running);
    expect(keys()).toEqual(['fake-old-key', 'fake-new-key']);
    expect(await stateOf(job.id)).toMatchObject({ name: 'sent' });
    expect(fakeNetwork.sentIds()).toEqual([job.id, job.id]);
  });
});

describe('without access to the host', () => {
  test('nothing is sent until it is granted', async () => {
    await worker.saveKey('fake-key');
    fakeBrowser.setHostAccess(false);
    const job = await file(worker, 'Words');
    await run();
    expect(fakeNetwork.requests).toEqual([]);
    expect(await worker.readJob(job.id)).toMatchObject({
      attempts: 0,
      state: { name: 'paused', failure: { kind: 'host-access-missing' } },
    });

    fakeBrowser.setHostAccess(true);
    await run();
    expect(await stateOf(job.id)).toMatchObject({ name: 'sent' });
  });
});
