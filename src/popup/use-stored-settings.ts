import { useEffect, useState } from 'preact/hooks';
import { useChange } from '../ui/hooks/use-change.ts';
import { oneAtATime } from '../ui/one-at-a-time.ts';

/**
 * What `read` takes from the stored settings, and takes again whenever they change; `initial` until it is there. Settings
 * that cannot be read are no reason to hold up a ticket: then what was known stays.
 */
export function useStoredSettings<Part extends object>(read: () => Promise<Part>, initial: Part): Part {
  const [part, setPart] = useState(initial);
  const [readAgain] = useState(() =>
    oneAtATime(() =>
      read().then(
        found => setPart(found),
        () => {},
      ),
    ),
  );
  useEffect(() => void readAgain(), [readAgain]);
  // They are open in a tab beside this popup, or everything was erased.
  useChange(({ about }) => void (about === 'settings' && readAgain()));
  return part;
}
