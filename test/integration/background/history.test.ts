import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobView } from '../../../src/contract/views.ts';
import type { Job } from '../../../src/core/outbox/job.ts';
import type { JobRow } from '../../../src/platform/database/schema.ts';
import { answerOf } from '../../support/ask-worker.ts';
import {
  closeProfile,
  file,
  newProfile,
  type SimulatedWorker,
  startListeningWorker,
  startWorker,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
let pending: Job;
beforeEach(async () => {
  newProfile();
  worker = await startWorker();
  pending = await file(worker, 'Waits for a key');
});
afterEach(closeProfile);

/** Rows of delivered tickets with these orders. */
async function storeSent(orders: readonly number[]): Promise<void> {
  const tx = (await worker.database()).transaction('jobs', 'readwrite');
  for (const order of orders) {
    const id = `cap_${order}`;
    const state = { name: 'sent', at: order, ticketNumber: `ASM-${order}`, historyId: null } as const;
    const job: Job = { ...pending, id, order, createdAt: order, state };
    await tx.store.put({ id, job, createdAt: order, ticketNumber: `ASM-${order}` });
  }
  await tx.done;
}

/** All of the history as a page reads it, and in how many parts. */
async function readAll(): Promise<{ jobs: JobView[]; parts: number }> {
  const jobs: JobView[] = [];
  let below: number | null = null;
  let parts = 0;
  do {
    const part: { jobs: JobView[]; below: number | null } = await answerOf('history.page', { below });
    jobs.push(...part.jobs);
    below = part.below;
    parts += 1;
  } while (below !== null);
  return { jobs, parts };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

test('an empty history is one part', async () => {
  await (await worker.database()).clear('jobs');
  await startListeningWorker();
  expect(await readAll()).toEqual({ jobs: [], parts: 1 });
});

test('comes newest first, each item once, with what the waiting ones wait for', async () => {
  await storeSent(numbers(2, 1_200));
  await startListeningWorker();
  const { jobs, parts } = await readAll();
  expect(jobs.map(({ order }) => order)).toEqual(numbers(1, 1_200).reverse());
  expect(parts).toBe(3);
  expect(jobs[0]).toMatchObject({
    id: 'cap_1200',
    state: { name: 'sent', ticketNumber: 'ASM-1200' },
    wait: null,
  });
  expect(jobs.at(-1)).toMatchObject({ id: pending.id, title: 'Waits for a key' });
});

test('an item tells the title of its page, as far as it is sent, and not more than its beginning', async () => {
  const { request } = pending;
  if (request.kind !== 'ticket') throw new Error('It is a ticket.');
  const titles = { cap_short: 'Forum – thread 42', cap_long: 'Long '.repeat(800), cap_none: undefined };
  let order = 1;
  for (const [id, page_title] of Object.entries(titles)) {
    order += 1;
    const additionalProperties = page_title === undefined ? {} : { page_title };
    const job: Job = { ...pending, id, order, request: { ...request, additionalProperties } };
    await (await worker.database()).put('jobs', { id, job, createdAt: order });
  }
  await startListeningWorker();
  const [none, long, short] = (await readAll()).jobs.map(({ pageTitle }) => pageTitle);
  expect(none).toBe('');
  expect(long).toMatch(/^Long Long /);
  expect(long?.length).toBeLessThanOrEqual(120);
  expect(short).toBe('Forum – thread 42');
});

test('the wait of an item that goes by itself is told', async () => {
  await storeSent([2]);
  const until = Date.now() + 60_000;
  const state = { name: 'waiting', until, failure: { kind: 'unreachable' } } as const;
  await (await worker.database()).put('jobs', {
    id: pending.id,
    job: { ...pending, state },
    createdAt: 1,
    pending: 1,
  });
  await worker.saveKey('fake-key');
  await startListeningWorker();
  const { jobs } = await readAll();
  expect(jobs.map(({ wait }) => wait)).toEqual([null, { reason: 'back-off', until }]);
});

test('gaps in the orders cost no parts', async () => {
  await storeSent([7, 1_000_000, 1_000_400, 900_000_000]);
  await startListeningWorker();
  const { jobs, parts } = await readAll();
  expect(jobs.map(({ order }) => order)).toEqual([900_000_000, 1_000_400, 1_000_000, 7, 1]);
  expect(parts).toBe(3);
});

test('a row that cannot be read is passed over, whatever stands in the place of its order', async () => {
  await storeSent([2, 3]);
  const database = await worker.database();
  const damaged = (id: string, order: unknown) =>
    database.put('jobs', { id, job: { ...pending, id, order }, createdAt: 0 } as JobRow);
  await damaged('cap_a', 'first');
  await damaged('cap_b', 2.5);
  await damaged('cap_c', 1e300);
  const bad = { ...pending, id: 'cap_d', order: 5_000, version: 99 } as unknown as Job;
  await database.put('jobs', { id: 'cap_d', job: bad, createdAt: 0 });
  await startListeningWorker();
  const { jobs } = await readAll();
  expect(jobs.map(({ id }) => id)).not.toContain('cap_d');
  expect(jobs.map(({ id }) => id)).not.toContain('cap_a');
  expect(jobs.map(({ id }) => id).slice(-4)).toEqual(['cap_3', 'cap_b', 'cap_2', pending.id]);
});

test('10,000 items are read in twenty parts', async () => {
  await storeSent(numbers(2, 10_000));
  await startListeningWorker();
  const { jobs, parts } = await readAll();
  expect(jobs).toHaveLength(10_000);
  expect(parts).toBe(20);
}, 60_000);
