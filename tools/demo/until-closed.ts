import type { Browser } from 'puppeteer-core';

/** Waits until the person closes the browser, or ends this process with Ctrl+C (the caller then still cleans up). */
export function untilClosed(browser: Browser): Promise<void> {
  return new Promise(resolve => {
    browser.once('disconnected', () => resolve());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
