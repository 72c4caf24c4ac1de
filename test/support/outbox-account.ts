import type { Browser, Extension } from 'puppeteer-core';
import { extensionUrl } from '../../tools/chromium/extension.ts';

/** Where everything is that ever came into the outbox. `enqueued` must be the sum of the others. */
export interface OutboxAccount {
  enqueued: number;
  /** Jobs on record, by the name of their state. */
  byState: Record<string, number>;
  quarantined: number;
  withdrawn: number;
  discarded: number;
}

/** Reads the account from the extension's database; null when it has none yet. */
export async function readOutboxAccount(
  browser: Browser,
  extension: Extension,
): Promise<OutboxAccount | null> {
  const page = await browser.newPage();
  try {
    // Any file of the extension has its origin, and this one runs nothing.
    await page.goto(extensionUrl(extension, 'manifest.json'));
    return await page.evaluate(readAccount);
  } finally {
    await page.close();
  }
}

async function readAccount(): Promise<OutboxAccount | null> {
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'capture')) return null;
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open('capture'));
  const tx = database.transaction(['jobs', 'quarantine', 'meta']);
  const [rows, quarantine, ledger] = await Promise.all([
    settled(tx.objectStore('jobs').getAll()),
    settled(tx.objectStore('quarantine').getAll()),
    settled(tx.objectStore('meta').get('ledger')),
  ]);
  database.close();
  const byState: Record<string, number> = {};
  for (const { job } of rows) byState[job.state.name] = (byState[job.state.name] ?? 0) + 1;
  const quarantined = quarantine.filter(({ store }) => store === 'jobs').length;
  return { enqueued: 0, withdrawn: 0, discarded: 0, ...ledger, byState, quarantined };
}

/** How many of those that came in are accounted for. */
export function accountedFor({ byState, quarantined, withdrawn, discarded }: OutboxAccount): number {
  const onRecord = Object.values(byState).reduce((sum, count) => sum + count, 0);
  return onRecord + quarantined + withdrawn + discarded;
}
