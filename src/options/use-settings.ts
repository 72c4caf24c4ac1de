import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '../core/settings.ts';
import { failureFromError } from '../platform/failure-from-error.ts';
import { text } from '../platform/localised-text.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { useChange } from '../ui/hooks/use-change.ts';
import { createSettingsSession, type SettingsEdits } from '../ui/settings-session.ts';

export type { SettingsEdits };

export interface SettingsSectionProps {
  settings: Settings;
  onEdit: (edits: SettingsEdits) => void;
}

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
