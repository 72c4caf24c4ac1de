import type { Settings } from '../core/settings.ts';
import { readSettings, readSettingsToEdit, writeSettings } from '../platform/settings-store.ts';
import { oneAtATime } from './one-at-a-time.ts';

export type SettingsEdits = Partial<Omit<Settings, 'version'>>;

/** How long typing may stand unsaved, from the first key on. */
const saveDelayMs = 200;

/**
 * The settings while a page shows and changes them. `show` is called with each change, `report` after each save.
 * `flush` stores at once what is not stored yet, as far as a page that closes can.
 */
export function createSettingsSession(
  show: (settings: Settings) => void,
  report: (isSaved: boolean) => void,
) {
  let stored: Settings | null = null;
  /** What is not known to be stored yet; it stands over what is. */
  let edits: SettingsEdits = {};
  let timer: ReturnType<typeof setTimeout> | null = null;
  let saves = 0;

  function redraw() {
    if (stored) show({ ...stored, ...edits });
  }

  async function save() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!stored || Object.keys(edits).length === 0) return;
    const saving = edits;
    const settings = { ...stored, ...saving };
    try {
      await writeSettings(settings);
    } catch {
      return report(false);
    }
    saves += 1;
    stored = settings;
    // A later key stays; its own save follows.
    if (edits === saving) edits = {};
    report(true);
  }

  return {
    async open() {
      stored = await readSettingsToEdit();
      redraw();
    },
    readAgain: oneAtATime(async () => {
      let before: number;
      let read: Settings;
      do {
        before = saves;
        read = await readSettings();
        // What was read while something was saved may be older than that.
      } while (saves !== before);
      stored = read;
      redraw();
    }),
    edit(more: SettingsEdits) {
      edits = { ...edits, ...more };
      timer ??= setTimeout(() => void save(), saveDelayMs);
      redraw();
    },
    flush: () => void save(),
  };
}
