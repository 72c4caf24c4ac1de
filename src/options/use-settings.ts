import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '../core/settings.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { text } from '../platform/localised-text.ts';
import { readSettings, readSettingsToEdit, writeSettings } from '../platform/settings-store.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';

export type SettingsEdits = Partial<Omit<Settings, 'version'>>;

export interface SettingsSectionProps {
  settings: Settings;
  onEdit: (edits: SettingsEdits) => void;
}

/** How long typing may stand unsaved, from the first key on. */
const saveDelayMs = 200;

/** The settings as the page shows them (null: still being read), and how to change them. They save themselves. */
export function useSettings(say: Say): [Settings | null, (edits: SettingsEdits) => void] {
  const [shown, setShown] = useState<Settings | null>(null);
  const [session] = useState(() =>
    createSettingsSession(setShown, isSaved =>
      isSaved ? say(text('settingsSaved')) : say(text('settingsNotSaved'), 'alarm'),
    ),
  );

  const tellFailure = (cause: unknown) => say(failureText(failureFromError(cause)), 'alarm');

  useEffect(() => {
    session.open().catch(tellFailure);
    const events = ['focusout', 'pagehide', 'visibilitychange'];
    for (const name of events) addEventListener(name, session.flush);
    return () => {
      for (const name of events) removeEventListener(name, session.flush);
    };
  }, [session]);
  // Another window's settings may have written, or everything was erased.
  useChange(({ about }) => {
    if (about === 'settings') session.readAgain().catch(tellFailure);
  });

  return [shown, session.edit];
}

function createSettingsSession(show: (settings: Settings) => void, report: (isSaved: boolean) => void) {
  let stored: Settings | null = null;
  /** What is not known to be stored yet; it stands over what is. */
  let edits: SettingsEdits = {};
  let timer: ReturnType<typeof setTimeout> | null = null;

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
    async readAgain() {
      stored = await readSettings();
      redraw();
    },
    edit(more: SettingsEdits) {
      edits = { ...edits, ...more };
      timer ??= setTimeout(() => void save(), saveDelayMs);
      redraw();
    },
    flush: () => void save(),
  };
}
