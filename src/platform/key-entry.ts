import type { KeyRecord } from '../contract/stored.ts';
import { browser } from './browser.ts';
import { newId } from './new-id.ts';

/** The one place of the key in `storage.local`. */
export const keyItem = 'apiKey';

/** Closes `storage.local` to content scripts. Awaited before the first write and at every worker start. */
export async function closeStorageToContentScripts(): Promise<void> {
  // Missing from the polyfill; see its issue list.
  await chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/**
 * Stores a cleaned key, straight from the page where it was typed: so no message ever carries it.
 * Nothing in a page reads it back; the worker does (platform/privileged/key-store.ts).
 */
export async function saveKey(cleanKey: string): Promise<void> {
  await closeStorageToContentScripts();
  const record: KeyRecord = { version: 1, id: newId(), value: cleanKey };
  await browser.storage.local.set({ [keyItem]: record });
}
