import { browser } from './browser.ts';

/** The one host that the extension talks to; fixed at build time, the same as in the manifest. */
export const apiBaseUrl = 'https://api.wavelength.cx';
const apiHost = { origins: [`${apiBaseUrl}/*`] };

/**
 * Whether the browser lets us talk to the API's host: the person can withdraw it at any time, and a fetch then
 * fails with the same words as when offline.
 */
export function hasHostAccess(): Promise<boolean> {
  return browser.permissions.contains(apiHost);
}

/** Lets the browser ask the person. Must be the first thing that a click does: the click's permission does not last. */
export function requestHostAccess(): Promise<boolean> {
  return browser.permissions.request(apiHost);
}

/** In the worker, register at the top level. */
export function onHostAccessGranted(listener: () => void): void {
  browser.permissions.onAdded.addListener(listener);
}

/** Calls `listener` whenever access was given or withdrawn; answers the function that stops it. */
export function onHostAccessChanged(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  onAdded.addListener(listener);
  onRemoved.addListener(listener);
  return () => {
    onAdded.removeListener(listener);
    onRemoved.removeListener(listener);
  };
}
