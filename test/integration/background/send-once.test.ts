import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeNetwork } from '../../support/fake-network.ts';
import {
  closeProfile,
  connectedWorker,
  file,
  type SimulatedWorker,
  startWorker,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// A reply must not be carried out twice without a press. How it leaves depends on the connection.

let worker: SimulatedWorker;
beforeEach(async () => {
  worker = await connectedWorker();
});
afterEach(closeProfile);

const run = () => whileTimePasses(worker.runOutbox(), 50);
const sent = () => fakeNetwork.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
const reply = 'POST /interactions/reply';
const probe = 'GET /list-users';
const stateOf = async (id: string) => (await worker.readJob(id))?.state;

/** A reply, sent to its end; the next one is another. */
async function sendReply(words: string) {
  const job = await file(worker, words, 'reply');
  await run();
  return job;
}

test('over HTTP/2 it is streamed, and nothing else is sent', async () => {
  const job = await sendReply('Words');
  expect(sent()).toEqual([reply]);
  expect(await stateOf(job.id)).toMatchObject({ name: 'sent' });
});

test('over HTTP/1.1 it goes plainly once that is known, for a day', async () => {
  fakeNetwork.isHttp2 = false;
  const first = await sendReply('First');
  expect(sent()).toEqual([probe, reply]);
  expect(await stateOf(first.id)).toMatchObject({ name: 'sent' });
  await sendReply('Second');
  expect(sent()).toEqual([probe, reply, reply]);
  worker = await startWorker();
  await sendReply('After a restart');
  expect(sent()).toEqual([probe, reply, reply, reply]);
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  await sendReply('A day later');
  expect(sent().slice(4)).toEqual([probe, reply]);
});

test('when nothing could leave it goes again by itself, and does not count', async () => {
  const outOfReach = () => Promise.reject(new TypeError('Failed to fetch'));
  const fetch = vi.fn(async () => outOfReach());
  vi.stubGlobal('fetch', fetch);
  const job = await file(worker, 'Words', 'reply');
  await run();
  expect(await worker.readJob(job.id)).toMatchObject({
    attempts: 0,
    state: { name: 'waiting', failure: { kind: 'unreachable' } },
  });
  expect(await (await worker.database()).get('meta', 'streamingRefusedAt')).toBeUndefined();
});

test('that left without an answer is for the person', async () => {
  fakeNetwork.script(() => Promise.reject(new TypeError('Failed to fetch')));
  const job = await sendReply('Words');
  await run();
  expect(sent()).toEqual([reply]);
  expect(await stateOf(job.id)).toEqual({ name: 'unknown', failure: { kind: 'unreachable' } });
});

test('a proxy that wants to know the length first gets it', async () => {
  fakeNetwork.script(() => new Response('Length Required', { status: 411 }));
  const job = await sendReply('Words');
  expect(sent()).toEqual([reply, reply]);
  expect(await stateOf(job.id)).toMatchObject({ name: 'sent' });
  await sendReply('Next');
  expect(sent()).toEqual([reply, reply, reply]);
});

test('what a server says of a reply that it may have taken is no reason to send it again', async () => {
  fakeNetwork.script(() => new Response('Not Implemented', { status: 501 }));
  const job = await sendReply('Words');
  await run();
  expect(sent()).toEqual([reply]);
  expect(await stateOf(job.id)).toMatchObject({ name: 'unknown' });
});

test('a network that comes and goes is not taken for HTTP/1.1', async () => {
  const outOfReach = () => Promise.reject(new TypeError('Failed to fetch'));
  vi.stubGlobal('fetch', async (url: string) =>
    url.endsWith('page_size=1') ? Response.json({ users: [] }) : outOfReach(),
  );
  await file(worker, 'Words', 'reply');
  await run();
  expect(await (await worker.database()).get('meta', 'streamingRefusedAt')).toBeUndefined();
});
