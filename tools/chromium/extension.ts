import type { Browser, Extension, Page, Target, WebWorker } from 'puppeteer-core';
import { byRole, waitForStatus } from './by-role.ts';

export const popupPath = 'src/popup/popup.html';
export const settingsPath = 'src/options/options.html';
export const activityPath = 'src/activity/activity.html';

/** `chrome-extension://<id>/<path>` */
export function extensionUrl(extension: Extension, path: string): string {
  return `chrome-extension://${extension.id}/${path}`;
}

/**
 * Clicks the toolbar button over a page, as a person would: the popup opens and the extension may use that page (`activeTab`). The page is
 * brought to the front first, since the click counts for the tab in front.
 */
export async function openPopup(page: Page, extension: Extension): Promise<Page> {
  const browser = page.browser();
  const isPopup = (target: Target) => target.url().startsWith(extensionUrl(extension, popupPath));
  if (browser.targets().some(isPopup))
    throw new Error('The popup is open already: the click would close it.');
  await page.bringToFront();
  await page.triggerExtensionAction(extension);
  return popupPage(browser, extension);
}

/** Waits for a popup that something else opens: a shortcut, a menu entry. */
export async function popupPage(browser: Browser, extension: Extension, timeoutMs = 10_000): Promise<Page> {
  const target = await browser.waitForTarget(
    found => found.url().startsWith(extensionUrl(extension, popupPath)),
    { timeout: timeoutMs },
  );
  return target.asPage();
}

/** Opens one of the extension's pages in a tab of its own. */
export async function openExtensionPage(browser: Browser, extension: Extension, path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(extensionUrl(extension, path));
  return page;
}

/** The running service worker. Waits for one, so wake it up by an event first if it may be asleep. */
export async function extensionWorker(
  browser: Browser,
  extension: Extension,
  timeoutMs = 10_000,
): Promise<WebWorker> {
  const target = await browser.waitForTarget(found => isWorker(found, extension), { timeout: timeoutMs });
  const worker = await target.worker();
  if (!worker) throw new Error('The service worker ended while it was looked for.');
  return worker;
}

/** Ends the service worker as Chromium does, without any warning, and waits until it is gone. The next event starts a new one. */
export async function killWorker(browser: Browser, extension: Extension): Promise<void> {
  const target = browser.targets().find(found => isWorker(found, extension));
  if (!target) return;
  const gone = new Promise<void>(resolve => {
    browser.on('targetdestroyed', destroyed => destroyed === target && resolve());
  });
  await (await target.worker())?.close();
  await gone;
}

/** Types the API key where the settings ask for it. */
export async function saveKey(settingsPage: Page, key: string): Promise<void> {
  await byRole(settingsPage, 'textbox', 'API key').fill(key);
  await byRole(settingsPage, 'button', 'Save key').click();
  await waitForStatus(settingsPage, /saved/i);
}

/** Types who the replies are from. The settings save it as it is typed. */
export async function fillAgent(settingsPage: Page, agent: { name: string; email: string }): Promise<void> {
  await byRole(settingsPage, 'textbox', 'Your name').fill(agent.name);
  await byRole(settingsPage, 'textbox', 'Your email').fill(agent.email);
}

function isWorker(target: Target, extension: Extension): boolean {
  return target.type() === 'service_worker' && target.url().startsWith(extensionUrl(extension, ''));
}
