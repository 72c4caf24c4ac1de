import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** All that a database holds, as it is written in `test/fixtures`. */
export interface StoredDatabase {
  drafts: object[];
  jobs: { id: string; job?: unknown }[];
  blobs: { id: string; blob: { text: string; type: string } }[];
  quarantine?: { id: string; record: unknown }[];
  discarded?: object[];
  directory?: object[];
  meta: Record<string, unknown>;
}

const stores = ['drafts', 'jobs', 'blobs', 'quarantine', 'discarded', 'directory'] as const;

export function readFixture(version: 1 | 2 | 3 | 4): StoredDatabase {
  const path = new URL(`../../fixtures/database-v${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8'));
}

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A connection to the database at a version; `upgrade` makes the stores. It goes away when a newer version wants to. */
export async function openRaw(version: number, upgrade: (db: IDBDatabase) => void): Promise<IDBDatabase> {
  const request = indexedDB.open('capture', version);
  request.onupgradeneeded = () => upgrade(request.result);
  const connection = await settled(request);
  connection.onversionchange = () => connection.close();
  return connection;
}

/** The stores of version 1, as it made them. */
export function makeStoresOfVersion1(db: IDBDatabase): void {
  db.createObjectStore('drafts', { keyPath: 'id' });
  const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
  jobs.createIndex('pending', 'pending');
  jobs.createIndex('createdAt', 'createdAt');
  jobs.createIndex('ticketNumber', 'ticketNumber');
  db.createObjectStore('blobs', { keyPath: 'id' });
  db.createObjectStore('meta');
}

/** The stores of version 2, as it made them. */
function makeStoresOfVersion2(db: IDBDatabase): void {
  makeStoresOfVersion1(db);
  db.createObjectStore('quarantine', { keyPath: 'id' });
}

/** The stores of version 3 are those of version 2: only records changed. */
const makeStoresOfVersion3 = makeStoresOfVersion2;

/** Makes a database of version 1 that holds this, and leaves it closed. */
export function storeAsVersion1(stored: StoredDatabase): Promise<void> {
  return storeAs(1, makeStoresOfVersion1, stored);
}

/** The same for version 2. */
export function storeAsVersion2(stored: StoredDatabase): Promise<void> {
  return storeAs(2, makeStoresOfVersion2, stored);
}

/** The same for version 3. */
export function storeAsVersion3(stored: StoredDatabase): Promise<void> {
  return storeAs(3, makeStoresOfVersion3, stored);
}

async function storeAs(
  version: number,
  makeStores: (db: IDBDatabase) => void,
  { drafts, jobs, blobs, quarantine = [], meta }: StoredDatabase,
): Promise<void> {
  const db = await openRaw(version, makeStores);
  const tx = db.transaction([...db.objectStoreNames], 'readwrite');
  for (const row of quarantine) tx.objectStore('quarantine').put(row);
  for (const draft of drafts) tx.objectStore('drafts').put(draft);
  for (const row of jobs) tx.objectStore('jobs').put(row);
  for (const row of blobs) {
    const { text, type } = row.blob;
    tx.objectStore('blobs').put({ ...row, blob: new Blob([text], { type }) });
  }
  for (const [key, value] of Object.entries(meta)) tx.objectStore('meta').put(value, key);
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
  db.close();
}

/** All that the database of that version holds now. The version has to be the stored one. */
export async function readStored(version: number): Promise<StoredDatabase> {
  const db = await openRaw(version, () => expect.fail(`The database is not of version ${version}.`));
  const tx = db.transaction([...db.objectStoreNames]);
  const rowsOf = (name: string): Promise<object[]> => settled(tx.objectStore(name).getAll());
  const known = stores.filter(name => db.objectStoreNames.contains(name));
  const rows = await Promise.all(known.map(async name => [name, await rowsOf(name)] as const));
  const meta = tx.objectStore('meta');
  const [keys, values] = await Promise.all([settled(meta.getAllKeys()), settled(meta.getAll())]);
  db.close();
  const stored = {
    ...Object.fromEntries(rows),
    meta: Object.fromEntries(keys.map((key, n) => [String(key), values[n]])),
  } as unknown as Omit<StoredDatabase, 'blobs'> & { blobs: { id: string; blob: Blob }[] };
  const blobs = stored.blobs.map(async row => ({
    ...row,
    blob: { text: await row.blob.text(), type: row.blob.type },
  }));
  return { ...stored, blobs: await Promise.all(blobs) };
}
