import { browser } from '../browser.ts';
import { change } from '../database.ts';
import { scheduleWake } from './alarms.ts';

/** Removes all that the extension keeps: drafts, outbox, history, pictures, settings, key, alarms. */
export async function eraseEverything(): Promise<void> {
  await scheduleWake(null);
  await change(async tx => {
    for (const store of ['drafts', 'jobs', 'blobs', 'meta'] as const) await tx.objectStore(store).clear();
  });
  await browser.storage.local.clear();
  await browser.storage.session.clear();
}
