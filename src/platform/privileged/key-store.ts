import { type KeyRecord, keyRecordSchema } from '../../contract/stored.ts';
import { browser } from '../browser.ts';
import { keyItem } from '../key-entry.ts';

/** The key, whose `value` goes into the `Authorization` header as it is, or null. Only the worker calls this. */
export async function readKey(): Promise<KeyRecord | null> {
  const { [keyItem]: stored } = await browser.storage.local.get(keyItem);
  const parsed = keyRecordSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

export async function removeKey(): Promise<void> {
  await browser.storage.local.remove(keyItem);
}

/** Calls back when a key was entered, replaced or removed, in whichever page. Register at the top level. */
export function onKeyChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && keyItem in changes) listener();
  });
}
