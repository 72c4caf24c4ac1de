import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { demoApiKey } from '../../tools/assembly/settings.ts';
import { ariaSelector, byRole, type Role, waitForStatus } from '../../tools/chromium/by-role.ts';
import {
  extensionWorker,
  fillAgent,
  openExtensionPage,
  saveKey,
  settingsPath,
} from '../../tools/chromium/extension.ts';
import type { Rig } from './rig.ts';

/** A longer text comes at once, as from the clipboard. */
const mostTypedCharacters = 100;

/** What a person does in the popup, by the names that a screen reader says, and what then stands there. */

/** Stores a key by way of the settings, and who replies are from when that is given. */
export async function connect(
  rig: Rig,
  { key = demoApiKey, agent }: { key?: string; agent?: { name: string; email: string } } = {},
): Promise<void> {
  const settings = await openExtensionPage(rig.browser, rig.extension, settingsPath);
  await saveKey(settings, key);
  if (agent) {
    await fillAgent(settings, agent);
    // "Saved." may be said of the name alone.
    const { name: agentName, email: agentEmail } = agent;
    await expect
      .poll(() => settings.evaluate(async () => (await chrome.storage.local.get('settings'))['settings']))
      .toMatchObject({ agentName, agentEmail });
  }
  await settings.close();
}

/** The text in a field. Waits until the field is there. */
export async function fieldText(page: Page, name: string, role: Role = 'textbox'): Promise<string> {
  const field = await page.waitForSelector(ariaSelector(role, name));
  return (await field?.evaluate(element => (element as HTMLInputElement).value)) ?? '';
}

/** Waits until a field holds a text. */
export async function waitForField(page: Page, name: string, text: string | RegExp): Promise<void> {
  const shown = expect.poll(() => fieldText(page, name));
  await (typeof text === 'string' ? shown.toBe(text) : shown.toMatch(text));
}

/**
 * Waits until a text stands anywhere on a page. (Puppeteer's own `::-p-text` keeps what it read of an element, and misses
 * words that come into one that is there.)
 */
export async function waitForText(page: Page, words: string): Promise<void> {
  const said = page.waitForFunction(wanted => document.body.textContent.includes(wanted), {}, words);
  await said.catch(async cause => {
    const text = await page.evaluate(() => document.body.innerText).catch(() => '');
    throw new Error(`The page never said “${words}”. It says: ${text}`, { cause });
  });
}

/**
 * Puts a text into a field, in place of what is there, as a person does: selected and typed over. (Puppeteer's own `fill` empties it by a
 * script first, and does not tell the page, which may draw it with the old text again before the new one is typed.)
 */
export async function fill(page: Page, name: string, text: string, role: Role = 'textbox'): Promise<void> {
  const field = await byRole(page, role, name)
    .filter(element => element.matches(':enabled:not([readonly])'))
    .waitHandle();
  const isText = await field.evaluate(element => {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) return false;
    element.focus();
    element.select();
    return true;
  });
  if (!isText) await byRole(page, role, name).fill(text);
  else if (text.length > mostTypedCharacters) await page.keyboard.sendCharacter(text);
  else await page.keyboard.type(text);
}

/** Empties a field by the keyboard: `fill` with an empty text tells the page nothing. */
export async function clear(page: Page, name: string, role: Role = 'textbox'): Promise<void> {
  await byRole(page, role, name).click({ count: 3 });
  await page.keyboard.press('Backspace');
}

/** Types below what a field holds, as fast as a quick typist does. */
export async function typeAtEnd(page: Page, name: string, text: string): Promise<void> {
  await goToEnd(page, name);
  await page.keyboard.type(text, { delay: 30 });
}

/** The same without a rest between two keys, however slow the machine: for what counts the rests that follow typing. */
export async function typeAtEndAtOnce(page: Page, name: string, text: string): Promise<void> {
  await goToEnd(page, name);
  await typeAtOnce(page, text);
}

/** All keys are on their way before the page has the first. */
export async function typeAtOnce(page: Page, text: string): Promise<void> {
  await Promise.all(Array.from(text, key => page.keyboard.type(key)));
}

async function goToEnd(page: Page, name: string): Promise<void> {
  const field = await page.waitForSelector(ariaSelector('textbox', name));
  await field?.focus();
  await page.keyboard.down('Control');
  await page.keyboard.press('End');
  await page.keyboard.up('Control');
}

export async function press(page: Page, name: string): Promise<void> {
  await byRole(page, 'button', name).click();
}

/** Waits until Send is armed: a popup does not send in its first moments. */
export async function waitUntilArmed(popup: Page): Promise<void> {
  await popup.waitForFunction(() => performance.now() > 300);
}

/** Presses the button that sends, and resolves to what the status line says once it matches. */
export async function sendAndWait(
  popup: Page,
  said: string | RegExp,
  button: 'Send ticket' | 'Send reply' = 'Send ticket',
): Promise<string> {
  await waitUntilArmed(popup);
  await press(popup, button);
  return waitForStatus(popup, said);
}

/** What the popup says without being asked: its notices and alarms, from the top. */
export function notesOf(popup: Page): Promise<string[]> {
  return popup.$$eval('[role="note"] p, [role="alert"] p', notes =>
    notes.map(({ textContent }) => textContent),
  );
}

/** Captures the visible area from the popup, and waits until it stands in the list. */
export async function addVisibleArea(popup: Page): Promise<void> {
  const before = await attachmentCount(popup);
  await press(popup, 'Visible area');
  await expect.poll(() => attachmentCount(popup)).toBe(before + 1);
}

export async function attachmentCount(popup: Page): Promise<number> {
  const list = await popup.$(ariaSelector('list', 'Attachments'));
  return (await list?.$$eval(':scope > li', items => items.length)) ?? 0;
}

/**
 * Closes the popup as a person does by a press beside it: the browser takes it away at once, without the events of a
 * page that is closed in order.
 */
export async function closePopup(popup: Page): Promise<void> {
  const gone = new Promise<void>(resolve => popup.once('close', () => resolve()));
  // The page is gone before it can answer.
  await popup.evaluate(() => window.close()).catch(() => undefined);
  await gone;
}

/** What stands on the toolbar button. */
export async function badgeText(rig: Rig): Promise<string> {
  const worker = await extensionWorker(rig.browser, rig.extension);
  return worker.evaluate(() => chrome.action.getBadgeText({}));
}
