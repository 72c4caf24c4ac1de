import type { Page } from 'puppeteer-core';

/** A key and what is kept under it. */
type Kept = [key: string, value: unknown];

/** All that the extension keeps: the rows of every store of its database, and the items of its storage, by where they are. */
export function dumpEverything(extensionPage: Page): Promise<Record<string, Kept[]>> {
  return extensionPage.evaluate(async () => {
    const found: Record<string, Kept[]> = {};
    for (const area of ['local', 'session', 'sync'] as const) {
      found[`storage.${area}`] = Object.entries(await chrome.storage[area].get());
    }
    found['localStorage'] = Object.entries({ ...localStorage });
    for (const { name = '' } of await indexedDB.databases()) {
      const opening = indexedDB.open(name);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store).openCursor();
        const rows: Kept[] = [];
        await new Promise((resolve, reject) => {
          reading.onsuccess = () => {
            const cursor = reading.result;
            if (!cursor) return resolve(null);
            rows.push([String(cursor.key), cursor.value]);
            cursor.continue();
          };
          reading.onerror = () => reject(reading.error);
        });
        found[store] = rows;
      }
      database.close();
    }
    return found;
  });
}
