import { browser } from './browser.ts';

/** The window that this page is shown over. */
export async function currentWindowId(): Promise<number> {
  return (await browser.windows.getCurrent()).id ?? browser.windows.WINDOW_ID_NONE;
}

const activityPath = 'src/activity/activity.html';

export async function openSettings(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

export async function openActivity(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(activityPath) });
}

/** The browser's own page for changing shortcuts; extensions may only lead there. */
export async function openShortcutSettings(): Promise<void> {
  await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
