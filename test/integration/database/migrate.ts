import { IDBCursor, IDBDatabase, IDBIndex, IDBObjectStore } from 'fake-indexeddb';
import { wrap } from 'idb';
import { expect } from 'vitest';
import { createDatabase } from '../../../src/platform/database/database.ts';
import { migrations } from '../../../src/platform/database/migrations/migrations.ts';
import { schemaVersion, type UpgradeTransaction } from '../../../src/platform/database/schema.ts';
import { settled } from './stored-database.ts';

/** Opens the database as the extension does, and closes it again. */
export async function openAndClose(): Promise<void> {
  (await createDatabase().connection()).close();
}

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
  [IDBDatabase.prototype, 'createObjectStore'],
  [IDBObjectStore.prototype, 'createIndex'],
];

/** Calls `before` before every request of a migration; answers how to leave them alone again. */
export function watchRequests(before: () => void): () => void {
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
export async function migrateAndDie(diesBefore: number): Promise<boolean> {
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
