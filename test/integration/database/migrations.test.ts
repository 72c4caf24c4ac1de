import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftSchema, jobSchema, ledgerSchema } from '../../../src/contract/stored.ts';
import { createDatabase } from '../../../src/platform/database/database.ts';
import { schemaVersion } from '../../../src/platform/database/schema.ts';
import { quarantineDamagedRows } from '../../../src/platform/privileged/quarantine.ts';
import { migrateAndDie, openAndClose, watchRequests } from './migrate.ts';
import { openRaw, readFixture, readStored, storeAsVersion1, storeAsVersion2 } from './stored-database.ts';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const version1 = readFixture(1);
const version2 = readFixture(2);
const present = readFixture(4);

/** The stores with their keys and indexes. */
async function shape(): Promise<Record<string, unknown>> {
  const db = await openRaw(schemaVersion, () => {});
  const stores = [...db.objectStoreNames].map(name => {
    const store = db.transaction(name).objectStore(name);
    return [name, { keyPath: store.keyPath, indexes: [...store.indexNames] }];
  });
  db.close();
  return Object.fromEntries(stores);
}

describe('a database of version 1', () => {
  test('becomes one of the present version with all that it held', async () => {
    await storeAsVersion1(version1);
    await openAndClose();
    expect(await readStored(schemaVersion)).toEqual(present);
  });

  test('has the stores that a new one has', async () => {
    await storeAsVersion1(version1);
    await openAndClose();
    const migrated = await shape();
    vi.stubGlobal('indexedDB', new IDBFactory());
    await openAndClose();
    expect(migrated).toEqual(await shape());
  });

  test('holds records that can be read, and a ledger that adds up', async () => {
    await storeAsVersion1(version1);
    const database = createDatabase();
    const connection = await database.connection();
    for (const { job } of await connection.getAll('jobs'))
      expect(jobSchema.safeParse(job).error).toBeUndefined();
    for (const draft of await connection.getAll('drafts')) {
      expect(draftSchema.safeParse(draft).error).toBeUndefined();
    }
    const ledger = ledgerSchema.parse(await connection.get('meta', 'ledger'));
    expect(ledger).toEqual({ enqueued: version1.jobs.length, withdrawn: 0, discarded: 0 });
    expect(await quarantineDamagedRows(1, database)).toBe(0);
    connection.close();
  });

  test('that holds nothing becomes an empty one', async () => {
    await storeAsVersion1({ drafts: [], jobs: [], blobs: [], meta: {} });
    await openAndClose();
    const ledger = { enqueued: 0, withdrawn: 0, discarded: 0 };
    expect(await readStored(schemaVersion)).toEqual({
      drafts: [],
      jobs: [],
      blobs: [],
      quarantine: [],
      discarded: [],
      directory: [],
      meta: { ledger },
    });
  });

  test('keeps what cannot be read as it is, for the quarantine', async () => {
    const torn = [
      { id: 'cap_torn', createdAt: 5, pending: 1, job: 'torn' },
      { id: 'cap_empty' },
      { id: 'cap_other', createdAt: 7, pending: 1, job: { version: 9, words: 'of a later version' } },
      { id: 'cap_list', createdAt: 'yesterday', pending: 1, job: [1] },
    ];
    const half = { id: 'cap_half', createdAt: 6, pending: 1, job: { version: 1, state: { name: 'queued' } } };
    const drafts = [
      { id: 'draft_torn', body: 'Words' },
      { id: 'draft_half', version: 1, attempts: 'many' },
    ];
    await storeAsVersion1({
      ...version1,
      jobs: [...version1.jobs, ...torn, half],
      drafts: [...version1.drafts, ...drafts],
    });
    const database = createDatabase();
    expect(await quarantineDamagedRows(70, database)).toBe(7);
    (await database.connection()).close();

    const stored = await readStored(schemaVersion);
    expect(stored.drafts).toEqual(present.drafts);
    // Three of the others are older, and have their numbers too.
    const later = present.jobs.map(row => {
      const job = jobSchema.parse(row.job);
      return { ...row, job: { ...job, order: job.order + 3 } };
    });
    expect(stored.jobs).toEqual(later);
    expect(stored.meta['ledger']).toMatchObject({ enqueued: version1.jobs.length + 5 });
    const found = new Map(stored.quarantine?.map(row => [row.id, row]));
    for (const record of torn) {
      expect(found.get(record.id)).toEqual({ id: record.id, store: 'jobs', foundAt: 70, record });
    }
    expect(found.get('draft_torn')).toMatchObject({ store: 'drafts', record: drafts[0] });
    // Those that said that they were of version 1 were changed as such; what they held is there.
    expect(found.get('cap_half')?.record).toMatchObject({ createdAt: 6, job: { state: { name: 'queued' } } });
    expect(found.get('draft_half')?.record).toMatchObject({ attempts: 'many' });
  });
});

describe('a database of version 2', () => {
  test('becomes one of the present version with all that it held', async () => {
    await storeAsVersion2(version2);
    await openAndClose();
    expect(await readStored(schemaVersion)).toEqual(present);
  });

  test('keeps what cannot be read as it is, for the quarantine', async () => {
    const torn = [
      { id: 'torn', version: 2, attachments: 'torn' },
      { id: 'half', version: 2, attachments: [null, { kind: 'image', id: 'a' }] },
      { id: 'later', version: 9 },
    ];
    await storeAsVersion2({ ...version2, drafts: [...version2.drafts, ...torn] });
    const database = createDatabase();
    expect(await quarantineDamagedRows(70, database)).toBe(3);
    (await database.connection()).close();
    const stored = await readStored(schemaVersion);
    expect(stored.drafts).toEqual(present.drafts);
    expect(stored.quarantine?.map(({ record }) => record)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'torn', attachments: 'torn' }), torn[2]]),
    );
  });
});

describe('a step of the migration that throws', () => {
  test('leaves version 1 whole, and the next opening succeeds', async () => {
    for (const step of [1, 2, 12, 20]) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      await storeAsVersion1(version1);
      let made = 0;
      const leaveAlone = watchRequests(() => {
        made += 1;
        if (made === step) throw new DOMException('No.', 'DataCloneError');
      });
      await expect(openAndClose(), `step ${step}`).rejects.toThrow('No.');
      leaveAlone();
      expect(await readStored(1), `step ${step}`).toEqual(version1);
      await openAndClose();
      expect(await readStored(schemaVersion), `step ${step}`).toEqual(present);
    }
  });
});

describe('a browser that dies in the migration', () => {
  test('before any of its steps leaves version 1 whole, and the next opening succeeds', async () => {
    let step = 0;
    let isAtEnd = false;
    while (!isAtEnd) {
      step += 1;
      vi.stubGlobal('indexedDB', new IDBFactory());
      await storeAsVersion1(version1);
      isAtEnd = await migrateAndDie(step);
      expect(await readStored(1), `step ${step}`).toEqual(version1);
      await openAndClose();
      expect(await readStored(schemaVersion), `step ${step}`).toEqual(present);
    }
    expect(step).toBeGreaterThan(version1.jobs.length + version1.drafts.length);
  });

  test('again and again gets there in the end', async () => {
    await storeAsVersion1(version1);
    for (const step of [3, 1, 12, 20, 7]) await migrateAndDie(step);
    await openAndClose();
    expect(await readStored(schemaVersion)).toEqual(present);
  });
});
