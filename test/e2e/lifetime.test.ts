import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, type TestContext, test, vi } from 'vitest';
import type { AssemblyRecord } from '../../tools/assembly/record.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { type Assembly, type AssemblyOptions, startAssembly } from '../../tools/assembly/start-assembly.ts';
import { distPath } from '../../tools/build.ts';
import { extensionWorker, openExtensionPage, saveKey, settingsPath } from '../../tools/chromium/extension.ts';
import { launchChromium } from '../../tools/chromium/launch.ts';
import { fileTicket, stateNames } from '../support/file-by-message.ts';
import { makeProfile, removeProfile, startProfileRig } from '../support/profile-rig.ts';
import { textsOf } from '../support/sent-fields.ts';

// How long a worker lives by itself can be seen only where no debugger keeps it alive: these browsers have none, and what
// they do is read off Assembly's record. They spend their time waiting, so they do it side by side.

/** Longer than what is drawn for the start of a browser and for the first waits before another try; much shorter than the guard alarm's minute. */
const nextTryMs = 15_000;
const guardAlarmMs = 60_000;

let preparedProfile = '';

beforeAll(async () => {
  preparedProfile = await profileWithTicket();
});

afterAll(() => removeProfile(preparedProfile));

describe.concurrent('with no debugger attached', () => {
  test('a try that gets no answer ends after 25 s, and the next one follows under the same id', {
    timeout: 120_000,
  }, async context => {
    const { expect } = context;
    const versions = ['1.1', '2.0'].map(async version => {
      const { record } = await startScenario(context, { http2: version === '2.0' }, ({ faults }) =>
        faults.next({ kind: 'hang', match: 'ticket', commit: true }),
      );
      await expectGivenUpAfter(context, record, 25);
      await expect.poll(() => record.requests.length, { timeout: nextTryMs }).toBe(2);
      expect(record.requests.map(({ httpVersion }) => httpVersion)).toEqual([version, version]);
      await expectOneTicket(context, record);
    });
    await Promise.all(versions);
  });

  test('an answer that takes longer than a worker lives by itself is read to its end', {
    timeout: 120_000,
  }, async context => {
    const { expect } = context;
    const { record } = await startScenario(context, {}, ({ faults }) =>
      // A byte each 1.2 s makes 40 s.
      faults.next({ kind: 'drip', match: 'ticket', everyMs: 1_200 }),
    );
    await expect.poll(() => record.requests[0]?.answered, { timeout: 60_000 }).toBe(true);
    // It is understood too: nobody asks again.
    await sleep(nextTryMs);
    expect(record.requests).toHaveLength(1);
    await expectOneTicket(context, record);
  });

  test('a wait that outlasts the worker ends by its alarm', { timeout: 80_000 }, async context => {
    const { expect } = context;
    const waitSeconds = 45;
    const { record, chromium } = await startScenario(context, {}, ({ faults }) =>
      faults.next({
        kind: 'answer',
        match: 'ticket',
        status: 429,
        headers: { 'retry-after': String(waitSeconds), 'content-type': 'application/json' },
        body: '{"error":"rate limit exceeded"}',
      }),
    );
    await expect.poll(() => record.requests[0]?.status).toBe(429);
    expect(await chromium.extensionProcesses()).toHaveLength(1);
    await expect.poll(() => chromium.extensionProcesses(), { timeout: 40_000, interval: 500 }).toEqual([]);
    expect(record.requests).toHaveLength(1);
    await expect.poll(() => record.requests.length, { timeout: 30_000 }).toBe(2);
    const [refused, taken] = record.requests.map(({ timeMs }) => timeMs);
    expect((taken ?? 0) - (refused ?? 0)).toBeGreaterThanOrEqual(waitSeconds * 1_000);
    await expectOneTicket(context, record);
  });

  test('a worker whose process crashes in the middle of a try is woken within about a minute', {
    timeout: 100_000,
  }, async context => {
    const { expect } = context;
    const { record, chromium } = await startScenario(context, {}, ({ faults }) =>
      faults.next({ kind: 'hang', match: 'ticket', commit: true }),
    );
    await expect.poll(() => record.requests[0]?.fault).toBe('hang');
    const processIds = await chromium.extensionProcesses();
    expect(processIds).toHaveLength(1);
    for (const id of processIds) process.kill(id, 'SIGKILL');
    await expect.poll(() => record.requests[0]?.closedAtMs).toBeTypeOf('number');
    await expect.poll(() => record.requests.length, { timeout: guardAlarmMs + nextTryMs }).toBe(2);
    await expectOneTicket(context, record);
  });

  // It takes two minutes, whatever runs beside it.
  if (process.env['SOAK']) {
    test('an answer that never comes to its end is given up after 120 s', {
      timeout: 150_000,
    }, async context => {
      const { expect } = context;
      const { record } = await startScenario(context, {}, ({ faults }) =>
        faults.next({ kind: 'drip', match: 'ticket', everyMs: 5_000 }),
      );
      await expectGivenUpAfter(context, record, 120);
      await expect.poll(() => record.requests.length, { timeout: nextTryMs }).toBe(2);
      await expectOneTicket(context, record);
    });
  }
});

test.concurrent('a ticket that is sent without a network goes within about a minute of its return', {
  timeout: 100_000,
}, async context => {
  const { expect } = context;
  const { assembly, start } = await startProfileRig(context);
  const { record } = assembly;
  const { browser, extension } = await start();
  const settings = await openExtensionPage(browser, extension, settingsPath);
  await saveKey(settings, demoApiKey);
  const { client } = await extensionWorker(browser, extension);
  const setOffline = (offline: boolean) =>
    client.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
  await setOffline(true);
  await fileTicket(settings, ticketText);
  await expect.poll(() => stateNames(settings)).toEqual(['waiting']);
  await setOffline(false);
  expect(record.requests).toEqual([]);
  await expect.poll(() => record.requests.length, { timeout: guardAlarmMs + nextTryMs }).toBe(1);
  await expectOneTicket(context, record);
  await expect.poll(() => stateNames(settings)).toEqual(['sent']);
});

async function startScenario(
  context: TestContext,
  assembly: AssemblyOptions,
  arrange: (assembly: Assembly) => void,
) {
  const rig = await startProfileRig(context, { assembly, profilePath: preparedProfile });
  arrange(rig.assembly);
  return { record: rig.assembly.record, chromium: await rig.startUndebugged() };
}

/** Waits until the client has closed the first request, to which the whole answer was never given, after about so many seconds. */
async function expectGivenUpAfter(
  { expect }: TestContext,
  { requests }: AssemblyRecord,
  seconds: number,
): Promise<void> {
  const timeout = (seconds + 15) * 1_000;
  await expect.poll(() => requests[0]?.closedAtMs, { timeout }).toBeTypeOf('number');
  const [first] = requests;
  const openMs = (first?.closedAtMs ?? 0) - (first?.timeMs ?? 0);
  expect(Math.abs(openMs - seconds * 1_000)).toBeLessThan(2_000);
}

/** Waits until the last request has got its whole answer: then there is one ticket, and one id in all requests. */
async function expectOneTicket({ expect }: TestContext, record: AssemblyRecord): Promise<void> {
  await expect.poll(() => record.requests.at(-1)).toMatchObject({ status: 200, answered: true });
  expect(record.tickets.map(({ query }) => query)).toEqual([ticketText]);
  const ids = record.requests.map(seen => textsOf(seen, 'source_specific_id'));
  expect(new Set(ids.flat())).toEqual(new Set([record.tickets[0]?.sourceSpecificId]));
}

const ticketText = 'Filed before the browser was closed';

/** A profile with a key and one ticket in its outbox, which no Assembly has taken. */
async function profileWithTicket(): Promise<string> {
  const assembly = await startAssembly();
  try {
    assembly.faults.always({ kind: 'drop', match: 'ticket', commit: false });
    const profilePath = await makeProfile();
    const { browser, extension } = await launchChromium({
      executablePath: inject('executablePath'),
      extensionPath: distPath,
      assembly,
      profilePath,
      headless: true,
    });
    try {
      const settings = await openExtensionPage(browser, extension, settingsPath);
      await saveKey(settings, demoApiKey);
      await fileTicket(settings, ticketText);
      await vi.waitFor(async () => expect(await stateNames(settings)).toEqual(['waiting']), {
        timeout: 15_000,
      });
    } finally {
      await browser.close();
    }
    return profilePath;
  } finally {
    await assembly.close();
  }
}
