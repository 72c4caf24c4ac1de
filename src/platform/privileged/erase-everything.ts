import { browser } from '../browser.ts';
import { database } from '../database/database.ts';
import { storeNames } from '../database/schema.ts';

/** Removes all that the extension keeps: drafts, outbox, history, pictures, settings, key, alarms. */
export async function eraseEverything(): Promise<void> {
  await browser.alarms.clearAll();
  await database.change(async tx => {
    for (const store of storeNames) await tx.objectStore(store).clear();
  });
  await browser.storage.local.clear();
  await browser.storage.session.clear();
}
