import { parseSettings } from '../contract/stored-settings.ts';
import type { RedactionRules } from '../core/redaction/redaction-rules.ts';
import { categoriesFromText, defaultSettings, type Settings } from '../core/settings.ts';
import { browser } from './browser.ts';
import { announceChange } from './changes.ts';
import { text } from './localised-text.ts';

/** Their record in `storage.local`. */
export const settingsItem = 'settings';
const putAsideItem = 'settingsPutAside';

/** The stored settings. A record that does not parse is left alone and the defaults are used meanwhile. */
export async function readSettings(): Promise<Settings> {
  const { [settingsItem]: stored } = await browser.storage.local.get(settingsItem);
  const parsed = parseSettings(stored);
  if (parsed) return parsed;
  return { ...defaultSettings, categories: categoriesFromText(text('defaultCategories')).categories };
}

/** What is looked for. Settings that cannot be read are no reason to look for nothing: then the defaults hold. */
export async function readRedactionRules(): Promise<RedactionRules> {
  try {
    return (await readSettings()).redaction;
  } catch {
    return defaultSettings.redaction;
  }
}

/**
 * The settings to change and write back. A record that does not parse is put aside under another name first,
 * because the first write will take its place.
 */
export async function readSettingsToEdit(): Promise<Settings> {
  const { [settingsItem]: stored } = await browser.storage.local.get(settingsItem);
  if (stored !== undefined && !parseSettings(stored)) {
    await browser.storage.local.set({ [putAsideItem]: stored });
  }
  return readSettings();
}

/**
 * Stores the whole record, in one call that is made before this returns: a page that is closing can still do that
 * much, but not read first.
 */
export async function writeSettings(settings: Settings): Promise<void> {
  await browser.storage.local.set({ [settingsItem]: settings });
  announceChange({ about: 'settings' });
}
