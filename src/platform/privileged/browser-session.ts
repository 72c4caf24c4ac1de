import { browser } from '../browser.ts';

const marker = 'sessionIsKnown';

/**
 * Whether this is asked for the first time since the browser was started, or the extension was updated: both clear
 * `storage.session`. Unlike `runtime.onStartup` it is also told to a worker that something else woke first.
 */
export async function isFirstOfSession(): Promise<boolean> {
  const { [marker]: isKnown } = await browser.storage.session.get(marker);
  if (isKnown === true) return false;
  await browser.storage.session.set({ [marker]: true });
  return true;
}
