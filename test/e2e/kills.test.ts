import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import { textOf } from '../../tools/assembly/multipart-form.ts';
import type { SeedTicket } from '../../tools/assembly/seed.ts';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { checkCode } from '../../tools/check-dist/check-code.ts';
import { readFiles } from '../../tools/check-dist/read-files.ts';
import { buildCheckpointsIfNeeded, checkpointsDistPath } from '../../tools/checkpoints/build-checkpoints.ts';
import { accountedFor } from '../support/outbox-account.ts';
import { type Kill, kills } from './kills/checkpoints.ts';
import { killOnce, type Variation } from './kills/kill-once.ts';
import { type KillRig, startKillRig } from './kills/kill-rig.ts';

// SOAK=1 is for a long run. A seed that a failure names is set again by KILL_SEED.
const isSoak = process.env['SOAK'] === '1';
const seed = process.env['KILL_SEED'] ?? String(Date.now());
const rounds = { ticket: isSoak ? 15 : 5, reply: isSoak ? 5 : 1 } as const;
const roundMs = 30_000;
const waitMs = 30_000;

const settings: Settings = { ...defaultSettings, agentName: 'Ada Moreau', agentEmail: 'ada@example.com' };
const answered: SeedTicket = {
  number: 'ASM-42',
  ulid: '01J0000000000000000000000A',
  query: 'The ticket that replies go to',
  sourceSpecificId: null,
};
const dedupeModes = ['same-answer', 'conflict', 'bad-request'] as const;

let rig: KillRig;
/** How many tickets Assembly must have. */
let filed = 1;

beforeAll(async () => {
  await buildCheckpointsIfNeeded();
  rig = await startKillRig({ http2: true, seed: { tickets: [answered] } });
});
afterAll(() => rig.close());

// A round that failed may have left a worker that stands still, and anything in its stores.
beforeEach(async () => {
  await rig.killWorker();
  rig.assembly.faults.clear();
  await rig.askFor('data.eraseEverything', {});
  await rig.control.evaluate(stored => control.writeSettings(stored), settings);
  await saveKey();
});
afterEach(async () => {
  expect(await rig.takeProblem()).toBe(null);
  const account = await rig.readAccount();
  if (account) expect(accountedFor(account), JSON.stringify(account)).toBe(account.enqueued);
});

describe.each(kills.map(kill => ({ title: titleOf(kill), kill })))(
  'a worker killed at $title',
  ({ title, kill }) => {
    test('has filed its ticket once', { timeout: rounds.ticket * roundMs }, () => killInRounds('ticket'));

    if (kill.replies) {
      const timeout = rounds.reply * roundMs;
      test('never sends its reply twice unasked', { timeout }, () => killInRounds('reply'));
    }

    async function killInRounds(kind: 'ticket' | 'reply') {
      for (let round = 0; round < rounds[kind]; round++) {
        const name = `${kind} ${round}, killed at ${title}`;
        const script = kill.fault?.script;
        const body = script?.kind === 'stop-reading' ? name.padEnd(2 * script.afterBytes, '.') : name;
        const target = kind === 'reply' ? { replyTarget: answered.ulid } : {};
        if (kind === 'ticket') filed += 1;
        await withSeed(name, () => killOnce(rig, kill, { kind, body, ...target }, variationOf(name, round)));
      }
    }
  },
);

describe('a worker killed in the middle of a queue', () => {
  const queued = 4;

  test.each(['begin.inside', 'send.before-fetch', 'settle.inside'])(
    'at %s of each of its tickets in turn, files all, each once',
    { timeout: queued * 2 * roundMs },
    async name => {
      for (let hit = 1; hit <= queued; hit++) {
        await withSeed(`${name}, pass ${hit}`, async () => {
          const ids = await fileWithoutKey(queued);
          const stop = await rig.armStop(name, hit);
          await saveKey();
          await stop.reached();
          await rig.killWorker();
          await rig.askFor('outbox.run', {});
          await expectInOutbox(0);
          expect(createdOf(ids)).toEqual(ids);
        });
      }
    },
  );
});

describe('two contexts that drain one outbox at once', () => {
  test('send each of 200 tickets once', { timeout: 240_000 }, async () => {
    const ids = await fileWithoutKey(200);
    await openSecondSender();
    const requestsBefore = rig.assembly.record.requestsTo('ticket').length;
    const contended = rig.control.evaluate(waitForContention, waitMs);
    await saveKey();
    expect(await contended).toBe(true);
    await expect.poll(() => createdOf(ids).length, { timeout: 120_000, interval: 100 }).toBe(ids.length);
    await expectInOutbox(0);
    // On a busy machine requests that left in their time arrive together, and one that is refused for it goes again.
    const taken = rig.assembly.record
      .requestsTo('ticket')
      .slice(requestsBefore)
      .filter(({ status }) => status !== 429);
    expect(taken.map(({ parts }) => textOf(parts, 'source_specific_id')).sort()).toEqual(ids);
    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
    expect(createdOf(ids)).toEqual(ids);
  });

  test.each(['worker', 'page'] as const)(
    'file each ticket once though the %s ends in the middle',
    { timeout: 120_000 },
    async ending => {
      const ids = await fileWithoutKey(40);
      const page = await openSecondSender();
      await saveKey();
      await expect.poll(() => createdOf(ids).length, { timeout: waitMs, interval: 5 }).toBeGreaterThan(10);
      if (ending === 'worker') await rig.killWorker();
      else await page.close();
      await expect.poll(() => createdOf(ids).length, { timeout: waitMs, interval: 50 }).toBe(ids.length);
      await expectInOutbox(0);
      expect(createdOf(ids)).toEqual(ids);
    },
  );

  async function openSecondSender() {
    const page = await rig.openExtensionPage('tools/checkpoints/second-sender.html');
    onTestFinished(async () => {
      if (!page.isClosed()) await page.close();
    });
    return page;
  }
});

test('no ticket came but those of these rounds, and each request was in order', () => {
  const { record } = rig.assembly;
  expect(record.tickets).toHaveLength(filed);
  expect(record.violations()).toEqual([]);
});

test('the check of the shipped build would see the checkpoints', () => {
  const texts = checkCode(readFiles(checkpointsDistPath), []).map(({ text }) => text);
  expect(texts).toContainEqual(expect.stringContaining('has a checkpoint'));
});

function saveKey(): Promise<void> {
  return rig.control.evaluate(key => control.saveKey(key), demoApiKey);
}

/** Files so many tickets while no key is stored, so that all of them wait; resolves to their ids, sorted. */
async function fileWithoutKey(count: number): Promise<string[]> {
  await rig.askFor('key.remove', {});
  let { draft } = await rig.askFor('draft.read', { windowId: null });
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const edits = { body: `Ticket ${index + 1} of ${count}` };
    await rig.askFor('draft.edit', { draftId: draft.id, edits, baseBody: '' });
    ids.push((await rig.askFor('draft.send', { draftId: draft.id })).id);
    draft = await rig.askFor('draft.startOver', { draftId: draft.id });
  }
  filed += count;
  await rig.askFor('outbox.run', {});
  await expectInOutbox(count);
  return ids.sort();
}

/** Waits until so many jobs are not sent yet. */
async function expectInOutbox(count: number): Promise<void> {
  const read = async () => {
    const { outbox } = await rig.askFor('draft.read', { windowId: null });
    return outbox.waiting + outbox.needsPerson;
  };
  await expect.poll(read, { timeout: waitMs }).toBe(count);
}

/** The ids of the tickets that Assembly has of these, sorted; one that it has twice is there twice. */
function createdOf(ids: readonly string[]): string[] {
  const wanted = new Set(ids);
  return rig.assembly.record.tickets
    .flatMap(({ sourceSpecificId: id }) => (id !== null && wanted.has(id) ? [id] : []))
    .sort();
}

/** Runs in a page of the extension: whether, within the time, one context holds a lock that another one waits for. */
async function waitForContention(timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const { held = [], pending = [] } = await navigator.locks.query();
    const isContended = held.some(({ name, clientId }) =>
      pending.some(other => other.name === name && other.clientId !== clientId),
    );
    if (isContended) return true;
  }
  return false;
}

/** Names the round and the seed in what a test fails with. */
async function withSeed(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error) error.message = `${name}, with KILL_SEED=${seed}:\n${error.message}`;
    throw error;
  }
}

/** Decided by the seed and the name of the round alone, so that a round can be had again. */
function variationOf(name: string, round: number): Variation {
  const dice = createHash('sha256').update(`${seed} ${name}`).digest();
  return {
    ticketDedupe: dedupeModes[round % dedupeModes.length] ?? 'same-answer',
    hasPicture: dice.readUInt8(0) % 3 === 0,
    killAgain: dice.readUInt8(1) % 4 === 0,
    isImpatient: dice.readUInt8(2) % 2 === 0,
  };
}

function titleOf({ stops, fault }: Kill): string {
  const where = stops.length > 0 ? stops.join(', then ') : 'send.in-fetch';
  return fault ? `${where} (${fault.what})` : where;
}
