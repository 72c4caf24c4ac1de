import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBDatabase, IDBFactory, IDBOpenDBRequest } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDatabase, type Database } from '../../../src/platform/database/database.ts';
import { schemaVersion } from '../../../src/platform/database/schema.ts';
import {
  makeStoresOfVersion1,
  openRaw,
  readFixture,
  readStored,
  settled,
  storeAsVersion1,
} from './stored-database.ts';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whether the database of this context works: a value that is put in can be read. */
async function works(database: Database): Promise<boolean> {
  await database.change(tx => tx.objectStore('meta').put('draft-1', 'currentDraftId'));
  return (await (await database.connection()).get('meta', 'currentDraftId')) === 'draft-1';
}

/** Lets the database work on, on a clock that stands still. */
async function letWork(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await new Promise(resolve => setImmediate(resolve));
}

describe('a database', () => {
  test('is opened once, when it is first used', async () => {
    const database = createDatabase();
    expect(await indexedDB.databases()).toEqual([]);
    const [first, second] = await Promise.all([database.connection(), database.connection()]);
    expect(second).toBe(first);
    expect(await works(database)).toBe(true);
  });

  test('takes all of a change or nothing', async () => {
    const database = createDatabase();
    const cause = new Error('in the middle');
    const change = database.change(async tx => {
      await tx.objectStore('meta').put('draft-1', 'currentDraftId');
      throw cause;
    });
    await expect(change).rejects.toBe(cause);
    expect(await (await database.connection()).get('meta', 'currentDraftId')).toBeUndefined();
    expect(await works(database)).toBe(true);
  });

  test('says what a request failed of, and takes nothing of that change', async () => {
    const database = createDatabase();
    const change = database.change(async tx => {
      await tx.objectStore('meta').put('draft-1', 'currentDraftId');
      await tx.objectStore('blobs').add({} as never);
    });
    await expect(change).rejects.toThrow(expect.objectContaining({ name: 'DataError' }));
    expect(await (await database.connection()).get('meta', 'currentDraftId')).toBeUndefined();
  });
});

describe('a database of a newer version', () => {
  const later = schemaVersion + 1;
  const record = { id: 'cap_1', ofALaterVersion: true };

  beforeEach(async () => {
    const db = await openRaw(later, db => {
      makeStoresOfVersion1(db);
      db.createObjectStore('addedLater');
    });
    const tx = db.transaction(['jobs', 'meta'], 'readwrite');
    tx.objectStore('jobs').put(record);
    await settled(tx.objectStore('meta').put(7, 'addedLater'));
    db.close();
  });

  test('is refused each time, and nothing in it is changed', async () => {
    const database = createDatabase();
    const isVersionError = expect.objectContaining({ name: 'VersionError' });
    await expect(database.connection()).rejects.toThrow(isVersionError);
    await expect(works(database)).rejects.toThrow(isVersionError);
    expect(await readStored(later)).toMatchObject({ jobs: [record], drafts: [], meta: { addedLater: 7 } });
  });
});

describe('a database that does not open', () => {
  const openingDeadlineMs = 5_000;

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

  /** A connection of another context to version 1 that does not let go. */
  async function held(): Promise<IDBDatabase> {
    await storeAsVersion1(readFixture(1));
    const connection = await openRaw(1, () => {});
    connection.onversionchange = null;
    return connection;
  }

  test('is given up after 5 s, and a later call works', async () => {
    const other = await held();
    const database = createDatabase();
    const outcome = database.connection().catch((cause: unknown) => cause);
    await letWork();
    await vi.advanceTimersByTimeAsync(openingDeadlineMs);
    expect(await outcome).toMatchObject({ name: 'TimeoutError' });

    // What opens after its time is of no use to anybody.
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    other.close();
    await letWork();
    expect(close).toHaveBeenCalledTimes(2);
    expect(await works(database)).toBe(true);
  });

  test('in time is used, however late', async () => {
    const other = await held();
    const database = createDatabase();
    const connection = database.connection();
    await letWork();
    await vi.advanceTimersByTimeAsync(openingDeadlineMs - 1);
    other.close();
    await letWork();
    expect(await (await connection).count('jobs')).toBe(readFixture(1).jobs.length);
    await vi.advanceTimersByTimeAsync(openingDeadlineMs);
    expect(await works(database)).toBe(true);
  });

  test('without any answer at all is given up too', async () => {
    const database = createDatabase();
    const whole = indexedDB;
    vi.stubGlobal('indexedDB', { open: () => new IDBOpenDBRequest() });
    const outcome = database.connection().catch((cause: unknown) => cause);
    await vi.advanceTimersByTimeAsync(openingDeadlineMs);
    expect(await outcome).toMatchObject({ name: 'TimeoutError' });
    vi.stubGlobal('indexedDB', whole);
    expect(await works(database)).toBe(true);
  });

  test('because opening throws is tried again by the next call', async () => {
    const database = createDatabase();
    const whole = indexedDB;
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('No.', 'UnknownError');
      },
    });
    await expect(works(database)).rejects.toThrow('No.');
    vi.stubGlobal('indexedDB', whole);
    expect(await works(database)).toBe(true);
  });
});

describe('an open database', () => {
  test('lets go when a newer version wants to migrate', async () => {
    const database = createDatabase();
    await works(database);
    const newer = await openRaw(schemaVersion + 1, () => {});
    await expect(database.connection()).rejects.toThrow(expect.objectContaining({ name: 'VersionError' }));
    newer.close();
  });

  test('lets go when it is to be deleted, and is made anew by the next call', async () => {
    const database = createDatabase();
    await works(database);
    await settled(indexedDB.deleteDatabase('capture'));
    expect(await (await database.connection()).get('meta', 'currentDraftId')).toBeUndefined();
    expect(await works(database)).toBe(true);
  });

  test('that the browser closes is opened again by the next call', async () => {
    const database = createDatabase();
    const connection = await database.connection();
    forceCloseDatabase(unwrap(connection) as never);
    await letWork();
    expect(await works(database)).toBe(true);
    expect(await database.connection()).not.toBe(connection);
  });
});
