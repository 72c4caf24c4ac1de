import { parseSettings } from '../../contract/stored-settings.ts';
import { browser } from '../browser.ts';
import { settingsItem } from '../settings-store.ts';

/** Calls back when the person has set anew how long the history is kept. Register at the top level. */
export function onRetentionChanged(listener: () => void): void {
  browser.storage.onChanged.addListener((changes, area) => {
    const change = area === 'local' ? changes[settingsItem] : undefined;
    if (change && retentionIn(change.oldValue) !== retentionIn(change.newValue)) listener();
  });
}

function retentionIn(stored: unknown): string {
  const retention = parseSettings(stored)?.retention;
  return `${retention?.filesDays} ${retention?.textsDays}`;
}
