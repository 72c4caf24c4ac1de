import { browser } from '../browser.ts';
import { apiHostPattern } from './assembly-client.ts';

/**
 * Whether the browser lets us talk to the API's host: the person can withdraw it at any time, and a fetch then
 * fails with the same words as when offline.
 */
export function hasHostAccess(): Promise<boolean> {
  return browser.permissions.contains({ origins: [apiHostPattern] });
}

/** Register at the top level. */
export function onHostAccessGranted(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
}
