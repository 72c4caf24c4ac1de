import 'fake-indexeddb/auto';
import { isDeepStrictEqual } from 'node:util';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { draftSchema, jobSchema } from '../../../src/contract/stored.ts';
import { emptyDraft } from '../../../src/core/draft.ts';
import type { Job, JobState } from '../../../src/core/outbox/job.ts';
import { createDatabase } from '../../../src/platform/database/database.ts';
import type { JobRow, QuarantineRow } from '../../../src/platform/database/schema.ts';
import { createOutboxStore } from '../../../src/platform/privileged/outbox-store.ts';
import { quarantineDamagedRows } from '../../../src/platform/privileged/quarantine.ts';
import { makeReply, makeTicketOf, states, withFiles } from '../../unit/core/outbox/make-job.ts';
import { Chance } from '../crashes/chance.ts';
import { mutated } from './mutate.ts';

// A failure names its seed: with SEED=<it> that one comes first.
const firstSeed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const batches = 50;
const perBatch = 200;
const now = Date.UTC(2026, 0, 2);

const database = createDatabase();
const store = createOutboxStore(database);

beforeAll(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterAll(async () => {
  (await database.connection()).close();
  vi.unstubAllGlobals();
});

function hex(n: number): string {
  return n.toString(16).padStart(32, '0');
}

/** A job as it is stored, of any kind and in any state. */
function intactRow(n: number, chance: Chance): JobRow {
  const changes = {
    draftId: hex(n),
    createdAt: now - n,
    order: n,
    attempts: chance.whole(0, 5),
    mayHaveArrived: chance.isTrue(0.5),
    pageUrl: chance.pick([null, 'https://example.com/a?b=c']),
    keepsFiles: chance.isTrue(0.3),
    state: chance.pick<JobState>([
      states.queued,
      states.sending,
      states.waiting,
      states.paused,
      states.attention,
      states.unknown,
      states.sent,
    ]),
  };
  const words = chance.isTrue(0.5)
    ? makeTicketOf('grace@example.com', { ...changes, id: `cap_${hex(n)}` })
    : makeReply(`cap_${hex(n + 1)}`, { ...changes, id: `capr_${hex(n)}` });
  return rowOf(chance.isTrue(0.5) ? withFiles(words) : words);
}

/** Said again apart from the code: what a row has beside its job. */
function rowOf(job: Job): JobRow {
  const { state } = job;
  return {
    id: job.id,
    job,
    createdAt: job.createdAt,
    ...(state.name === 'sent' ? {} : { pending: 1 }),
    ...(state.name === 'sent' && state.ticketNumber !== null ? { ticketNumber: state.ticketNumber } : {}),
    ...(state.name === 'sent' && hasWords(job) ? { textsSince: state.at } : {}),
    ...(state.name === 'sent' && job.keepsFiles && hasFiles(job) ? { filesSince: state.at } : {}),
  };
}

const hasWords = ({ request }: Job) => (request.kind === 'ticket' ? request.query : request.content) !== '';
const hasFiles = ({ request }: Job) =>
  request.kind === 'ticket'
    ? request.images.length + (request.followUp?.files.length ?? 0) > 0
    : request.files.length > 0;

function jobIn(row: Record<string, unknown>): Job | null {
  const parsed = jobSchema.safeParse(row['job']);
  return parsed.success && parsed.data.id === row['id'] ? parsed.data : null;
}

/** Whether a row holds the job, and what its indexes need for it. */
function isRightFor(job: Job, row: unknown): boolean {
  const { id, pending, ticketNumber, createdAt, textsSince, filesSince } = row as JobRow;
  const found = { id, pending, ticketNumber, createdAt, textsSince, filesSince };
  const nothing = {
    pending: undefined,
    ticketNumber: undefined,
    textsSince: undefined,
    filesSince: undefined,
  };
  return isDeepStrictEqual({ ...found, job: jobIn({ ...(row as JobRow) }) }, { ...nothing, ...rowOf(job) });
}

/** Puts rows into a database that holds nothing else. */
async function refill(kind: 'jobs' | 'drafts', rows: readonly object[]): Promise<void> {
  await database.change(async tx => {
    for (const name of ['jobs', 'drafts', 'quarantine'] as const) await tx.objectStore(name).clear();
    const target = tx.objectStore(kind) as unknown as { put(row: object): Promise<unknown> };
    for (const row of rows) await target.put(row);
  });
}

function byId(rows: readonly { id: unknown }[]): Map<unknown, unknown> {
  return new Map(rows.map(row => [row.id, row]));
}

describe('10,000 job rows, each damaged in one place or a few', () => {
  test('are put aside as they were found, or kept and put right; those beside them stay as they are', async () => {
    const seen = { putAside: 0, kept: 0 };
    for (let batch = 0; batch < batches; batch += 1) {
      const seed = firstSeed + batch;
      const chance = new Chance(seed);
      const intact = Array.from({ length: 60 }, (_, n) => intactRow(n, chance));
      const taken = new Set<unknown>(intact.map(({ id }) => id));
      const found = Array.from({ length: perBatch }, (_, n) => {
        const whole = intactRow(1_000 + n, chance);
        const row = mutated(whole, chance);
        if (taken.has(row['id'])) row['id'] = whole.id;
        taken.add(row['id']);
        return row;
      });
      const ledger = { enqueued: 60 + perBatch + 7, withdrawn: 3, discarded: 4 };
      await refill('jobs', [...intact, ...found]);
      await database.change(tx => tx.objectStore('meta').put(ledger, 'ledger'));

      const count = await quarantineDamagedRows(now, database);

      const connection = await database.connection();
      const jobs = byId(await connection.getAll('jobs'));
      const quarantined = byId(await connection.getAll('quarantine'));
      const fail = (what: string, id: unknown) => expect.fail(`${what}: ${String(id)}, seed ${seed}`);
      for (const row of intact) {
        if (!isDeepStrictEqual(jobs.get(row.id), row)) fail('an intact row was changed', row.id);
      }
      const kept: Job[] = [];
      for (const row of found) {
        const job = jobIn(row);
        const expected: QuarantineRow = { id: row['id'] as string, store: 'jobs', foundAt: now, record: row };
        if (job) {
          kept.push(job);
          if (!isRightFor(job, jobs.get(job.id))) fail('not put right', row['id']);
          if (quarantined.has(job.id)) fail('put aside, though it can be read', row['id']);
        } else {
          if (jobs.has(row['id'])) fail('still there', row['id']);
          if (!isDeepStrictEqual(quarantined.get(row['id']), expected)) fail('not as found', row['id']);
        }
      }
      expect(count, `seed ${seed}`).toBe(perBatch - kept.length);
      expect(quarantined.size, `seed ${seed}`).toBe(count);

      const pending = [...intact.map(({ job }) => job), ...kept].filter(({ state }) => state.name !== 'sent');
      const listed = await store.pendingJobs();
      expect(listed, `seed ${seed}`).toMatchObject({ damaged: 0, quarantined: count });
      expect(listed.jobs.map(({ id }) => id).sort(), `seed ${seed}`).toEqual(
        pending.map(({ id }) => id).sort(),
      );
      expect(await connection.get('meta', 'ledger')).toEqual(ledger);
      expect(jobs.size + quarantined.size + ledger.withdrawn + ledger.discarded).toBe(ledger.enqueued);
      // Another look finds nothing more to do.
      expect(await quarantineDamagedRows(now + 1, database), `seed ${seed}`).toBe(0);
      seen.putAside += count;
      seen.kept += kept.length;
    }
    expect(seen.putAside).toBeGreaterThan(5_000);
    expect(seen.kept).toBeGreaterThan(200);
  }, 60_000);
});

describe('1,000 drafts, each damaged in one place or a few', () => {
  test('are put aside as they were found, or left as they are', async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      const seed = firstSeed + batch;
      const chance = new Chance(seed);
      const taken = new Set<unknown>();
      const found = Array.from({ length: 200 }, (_, n) => {
        const whole = { ...emptyDraft(hex(n), now), title: 'Title', attempts: 1, seenSelections: ['a'] };
        const row = chance.isTrue(0.2) ? { ...whole } : mutated(whole, chance);
        if (taken.has(row['id'])) Object.assign(row, { id: whole.id });
        taken.add(row['id']);
        return row;
      });
      await refill('drafts', found);
      const damaged = found.filter(row => !draftSchema.safeParse(row).success);
      expect(await quarantineDamagedRows(now, database), `seed ${seed}`).toBe(damaged.length);
      const connection = await database.connection();
      const drafts = byId(await connection.getAll('drafts'));
      const quarantined = byId(await connection.getAll('quarantine'));
      expect(drafts.size + quarantined.size, `seed ${seed}`).toBe(found.length);
      for (const row of found) {
        const { id } = row;
        const expected = damaged.includes(row) ? { id, store: 'drafts', foundAt: now, record: row } : row;
        const actual = quarantined.get(id) ?? drafts.get(id);
        if (!isDeepStrictEqual(actual, expected)) expect.fail(`not as found: ${String(id)}, seed ${seed}`);
      }
    }
  }, 60_000);
});
