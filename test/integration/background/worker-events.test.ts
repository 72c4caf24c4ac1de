import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerOf as ask } from '../../support/ask-worker.ts';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { fakeNetwork, held, refuse } from '../../support/fake-network.ts';
import {
  closeProfile,
  letWork,
  newProfile,
  startListeningWorker,
  until,
  whileTimePasses,
} from '../../support/simulated-worker.ts';

// The whole worker, reached as the browser and the pages reach it: by events and messages.

beforeEach(newProfile);
afterEach(closeProfile);

async function saveKey(key: string) {
  const { saveKey } = await import('../../../src/platform/key-entry.ts');
  await saveKey(key);
}

/** Writes a ticket in the popup and presses Send; answers the job's id. */
async function sendTicket(words: string): Promise<string> {
  const { draft } = await ask('draft.read', { windowId: null });
  await ask('draft.edit', { draftId: draft.id, edits: { body: words }, baseBody: draft.body });
  return (await ask('draft.send', { draftId: draft.id })).id;
}

const stateOf = async (jobId: string) => (await ask('job.read', { jobId })).state.name;
const isIn = (jobId: string, state: string) =>
  whileTimePasses(
    until(async () => (await stateOf(jobId)) === state),
    20,
  );

test('a ticket goes from the press of Send, without anything else', async () => {
  await startListeningWorker();
  await saveKey('fake-key');
  const jobId = await sendTicket('Words');
  await isIn(jobId, 'sent');
  expect(fakeNetwork.sentIds()).toEqual([jobId]);
});

test('Send answers only when an alarm stands by, so that the death of the worker leaves nothing asleep', async () => {
  await startListeningWorker();
  await saveKey('fake-key');
  fakeNetwork.script(held().hang);
  const jobId = await sendTicket('Words');
  expect(fakeBrowser.alarms()).toHaveProperty('outbox');
  await until(() => fakeNetwork.requests.length === 1);

  await startListeningWorker();
  await isIn(jobId, 'waiting');
  await vi.advanceTimersByTimeAsync(2_000);
  await isIn(jobId, 'sent');
  expect(fakeNetwork.sentIds()).toEqual([jobId, jobId]);
});

describe('a held outbox goes on', () => {
  test('when a key is entered', async () => {
    await startListeningWorker();
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    await saveKey('fake-key');
    await isIn(jobId, 'sent');
  });

  test('when the key in use was replaced, and not before', async () => {
    await startListeningWorker();
    await saveKey('fake-old-key');
    fakeNetwork.script(refuse(401));
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    await chrome.storage.local.set({ settings: null });
    await letWork();
    expect(fakeNetwork.requests).toHaveLength(1);
    await saveKey('fake-new-key');
    await isIn(jobId, 'sent');
  });

  test('when access to the host is granted', async () => {
    await startListeningWorker();
    await saveKey('fake-key');
    fakeBrowser.setHostAccess(false);
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    fakeBrowser.setHostAccess(true);
    await isIn(jobId, 'sent');
  });

  test('when the network is back', async () => {
    const { goOnline } = await startListeningWorker();
    await saveKey('fake-key');
    fakeNetwork.isOnline = false;
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'waiting');
    fakeNetwork.isOnline = true;
    goOnline();
    await isIn(jobId, 'sent');
  });

  test.each(['in the worker that armed it', 'in a worker that was started for it'])(
    'when the alarm rings, %s',
    async where => {
      await startListeningWorker();
      await saveKey('fake-key');
      const alarm = () => fakeBrowser.alarms()['outbox'] ?? 0;
      fakeNetwork.script(() =>
        Response.json({ error: 'busy' }, { status: 503, headers: { 'Retry-After': '600' } }),
      );
      const jobId = await sendTicket('Words');
      await isIn(jobId, 'waiting');
      await until(() => alarm() > Date.now() + 60_000);
      vi.setSystemTime(alarm());
      if (where === 'in a worker that was started for it') await startListeningWorker();
      fakeBrowser.ringAlarm('outbox');
      await isIn(jobId, 'sent');
      await until(() => alarm() === 0);
    },
  );

  test('when the key is tried and works after all', async () => {
    await startListeningWorker();
    await saveKey('fake-key');
    fakeNetwork.script(refuse(401), () => Response.json({ users: [] }));
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    await ask('key.test', {});
    await isIn(jobId, 'sent');
  });
});

describe('“Send now”', () => {
  test('with a refused key asks once, and the job stays with the person', async () => {
    await startListeningWorker();
    await saveKey('fake-key');
    fakeNetwork.otherwise = refuse(401);
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    await ask('job.sendNow', { jobId });
    await whileTimePasses(until(() => fakeNetwork.requests.length === 2));
    await isIn(jobId, 'paused');
    await letWork();
    expect(fakeNetwork.requests).toHaveLength(2);
  });

  test('without a key sends nothing', async () => {
    await startListeningWorker();
    const jobId = await sendTicket('Words');
    await isIn(jobId, 'paused');
    await ask('job.sendNow', { jobId });
    await letWork();
    await isIn(jobId, 'paused');
    expect(fakeNetwork.requests).toEqual([]);
  });
});

test('erasing everything leaves nothing behind, and the extension works on', async () => {
  await startListeningWorker();
  const jobId = await sendTicket('Words');
  await isIn(jobId, 'paused');
  await saveKey('fake-key');
  await isIn(jobId, 'sent');
  await ask('data.eraseEverything', {});
  expect(fakeBrowser.stored()).toEqual({});
  expect(await ask('outbox.list', {})).toEqual({ jobs: [], unreadable: [] });
  await until(() => fakeBrowser.badge.text === '');
  await saveKey('fake-key');
  await isIn(await sendTicket('Again'), 'sent');
});

test('a page that saw the computer come online tells the worker', async () => {
  await startListeningWorker();
  await saveKey('fake-key');
  fakeNetwork.isOnline = false;
  const jobId = await sendTicket('Words');
  await isIn(jobId, 'waiting');
  fakeNetwork.isOnline = true;
  const now = Date.now();
  await ask('outbox.networkIsBack', {});
  await isIn(jobId, 'sent');
  expect(Date.now() - now).toBeLessThan(2_500);
});
