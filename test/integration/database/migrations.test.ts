import 'fake-indexeddb/auto';
import { IDBCursor, IDBFactory, IDBIndex, IDBObjectStore } from 'fake-indexeddb';
import { wrap } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftSchema, jobSchema, ledgerSchema } from '../../../src/contract/stored.ts';
import { createDatabase } from '../../../src/platform/database/database.ts';
import { migrations } from '../../../src/platform/database/migrations/migrations.ts';
import { schemaVersion, type UpgradeTransaction } from '../../../src/platform/database/schema.ts';
import { quarantineDamagedRows } from '../../../src/platform/privileged/quarantine.ts';
import {
  openRaw,
  readFixture,
  readStored,
  settled,
  storeAsVersion1,
  storeAsVersion2,
} from './stored-database.ts';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const version1 = readFixture(1);
const version2 = readFixture(2);
const version3 = readFixture(3);

/** Opens the database as the extension does, and closes it again. */
async function openAndClose(): Promise<void> {
  (await createDatabase().connection()).close();
}

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
    expect(await readStored(schemaVersion)).toEqual(version3);
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
    expect(stored.drafts).toEqual(version3.drafts);
    // Three of the others are older, and have their numbers too.
    const later = version3.jobs.map(row => {
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
  test('becomes one of version 3 with all that it held', async () => {
    await storeAsVersion2(version2);
    await openAndClose();
    expect(await readStored(3)).toEqual(version3);
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
    const stored = await readStored(3);
    expect(stored.drafts).toEqual(version3.drafts);
    expect(stored.quarantine?.map(({ record }) => record)).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'torn', attachments: 'torn' }), torn[2]]),
    );
  });
});

/** What a migration asks of the database, one by one. */
const requests: readonly (readonly [object, string])[] = [
  [IDBObjectStore.prototype, 'count'],
  [IDBObjectStore.prototype, 'delete'],
  [IDBObjectStore.prototype, 'get'],
  [IDBObjectStore.prototype, 'getAll'],
  [IDBObjectStore.prototype, 'openCursor'],
  [IDBObjectStore.prototype, 'put'],
  [IDBIndex.prototype, 'getAllKeys'],
  [IDBCursor.prototype, 'update'],
];

/** Calls `before` before every request of a migration; answers how to leave them alone again. */
function watchRequests(before: () => void): () => void {
  const originals = requests.map(
    ([prototype, name]) => [prototype, name, Reflect.get(prototype, name)] as const,
  );
  for (const [prototype, name, original] of originals) {
    Reflect.set(prototype, name, function (this: unknown, ...values: unknown[]) {
      before();
      return Reflect.apply(original, this, values);
    });
  }
  return () => {
    for (const [prototype, name, original] of originals) Reflect.set(prototype, name, original);
  };
}

/** Migrates in a browser that dies before the n-th request, or else at the end. Answers whether it got to the end. */
async function migrateAndDie(diesBefore: number): Promise<boolean> {
  const opening = indexedDB.open('capture', schemaVersion);
  let isAtEnd = false;
  let made = 0;
  const die = () => opening.transaction?.abort();
  const leaveAlone = watchRequests(() => {
    made += 1;
    if (made === diesBefore) die();
  });
  opening.onupgradeneeded = ({ oldVersion }) => {
    const tx = wrap(opening.transaction as IDBTransaction) as unknown as UpgradeTransaction;
    tx.done.catch(() => {});
    const migrate = async () => {
      for (const { to, migrate } of migrations) if (oldVersion < to) await migrate(tx);
      isAtEnd = true;
      die();
    };
    // What is cut off is not heard of again.
    migrate().catch(() => {});
  };
  await expect(settled(opening)).rejects.toThrow();
  leaveAlone();
  return isAtEnd;
}

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
      expect(await readStored(schemaVersion), `step ${step}`).toEqual(version3);
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
      expect(await readStored(schemaVersion), `step ${step}`).toEqual(version3);
    }
    expect(step).toBeGreaterThan(version1.jobs.length + version1.drafts.length);
  });

  test('again and again gets there in the end', async () => {
    await storeAsVersion1(version1);
    for (const step of [3, 1, 12, 20, 7]) await migrateAndDie(step);
    await openAndClose();
    expect(await readStored(schemaVersion)).toEqual(version3);
  });
});
