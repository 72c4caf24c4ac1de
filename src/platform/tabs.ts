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

const editorPath = 'src/editor/editor.html';

/** Opens the editor with one picture of a draft. Both ids are of 32 hex digits. */
export async function openEditor(draftId: string, attachmentId: string): Promise<void> {
  await browser.tabs.create({ url: `${browser.runtime.getURL(editorPath)}#${draftId}/${attachmentId}` });
}

/** Closes the tab that this page is in. */
export async function closeThisTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

/** The browser's own page for changing shortcuts; extensions may only lead there. */
export async function openShortcutSettings(): Promise<void> {
  await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}
