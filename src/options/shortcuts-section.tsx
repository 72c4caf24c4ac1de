import { useEffect, useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { readShortcuts, type Shortcut } from '../platform/shortcuts.ts';
import { openShortcutSettings } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { Section } from '../ui/components/section.tsx';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';

/** The keys as they are set now; only the browser's own page may change them. */
export function ShortcutsSection() {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  const read = () => void readShortcuts().then(setShortcuts);
  useEffect(read, []);
  useDocumentEvent('visibilitychange', read);

  return (
    <Section heading={text('settingsShortcutsHeading')}>
      <ul class="shortcuts">
        {shortcuts.map(({ command, description, keys }) => (
          <li key={command}>
            <span>{description || text('settingsShortcutOpen')}</span>
            {keys === '' ? <span class="hint">{text('settingsShortcutsNone')}</span> : <kbd>{keys}</kbd>}
          </li>
        ))}
      </ul>
      <div class="row">
        <Button onPress={() => void openShortcutSettings()}>{text('settingsShortcutsChange')}</Button>
      </div>
    </Section>
  );
}
