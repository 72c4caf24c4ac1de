import { settingsSchema } from '../contract/stored.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { browser } from './browser.ts';

const settingsItem = 'settings';

/** The stored settings. A record that does not parse is left alone and the defaults are used meanwhile. */
export async function readSettings(): Promise<Settings> {
  const { [settingsItem]: stored } = await browser.storage.local.get(settingsItem);
  const parsed = settingsSchema.safeParse(stored);
  return parsed.success ? parsed.data : defaultSettings;
}

export async function updateSettings(changes: Partial<Omit<Settings, 'version'>>): Promise<Settings> {
  const settings: Settings = { ...(await readSettings()), ...changes };
  await browser.storage.local.set({ [settingsItem]: settings });
  return settings;
}
