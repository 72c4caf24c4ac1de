import { useEffect, useState } from 'preact/hooks';
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { Agent } from '../ui/components/agent-fields.tsx';
import { useChange } from '../ui/hooks/use-change.ts';
import { createSettingsSession } from '../ui/settings-session.ts';

/** In whose name replies are sent (null: still being read), how to change it, and whether that could not be stored. */
export function useSender() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [isUnsaved, setUnsaved] = useState(false);
  const [session] = useState(() => createSettingsSession(setSettings, isSaved => setUnsaved(!isSaved)));

  // Settings that cannot be read are asked for anew, and then Send says what is wrong with the storage.
  const showNone = () => setSettings(before => before ?? defaultSettings);
  useEffect(() => {
    session.open().catch(showNone);
  }, [session]);
  useChange(({ about }) => {
    if (about === 'settings') session.readAgain().catch(showNone);
  });

  return {
    sender: settings satisfies Agent | null,
    isUnsaved,
    edit(changes: Partial<Agent>) {
      session.edit(changes);
      // A popup is taken away without a word, and Send asks for what is stored.
      session.flush();
    },
  };
}
