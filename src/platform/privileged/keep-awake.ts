import { browser } from '../browser.ts';

// Chrome stops a worker after 30 s without an event or a call to an extension API; a pending fetch does not count.
const heartbeatMs = 20_000;

/** Keeps the worker alive while `work` runs, also when no event waits for it any more (the popup was closed). */
export async function keepAwake<T>(work: () => Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => void browser.runtime.getPlatformInfo(), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
  }
}
