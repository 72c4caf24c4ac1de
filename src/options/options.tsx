import { useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { openActivity } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { PageHeader } from '../ui/components/page-header.tsx';
import { useSaid } from '../ui/components/status-line.tsx';
import { useKeptFocus } from '../ui/hooks/use-kept-focus.ts';
import { ExchangeSection } from './exchange-section.tsx';
import { HostAccessNotice } from './host-access-notice.tsx';
import { KeySection } from './key-section.tsx';
import { NewTicketsSection } from './new-tickets-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { RecipesSection } from './recipes-section.tsx';
import { RedactionSection } from './redaction-section.tsx';
import { ShortcutsSection } from './shortcuts-section.tsx';
import { TemplatesSection } from './templates-section.tsx';
import { useSettings } from './use-settings.ts';
import { YouSection } from './you-section.tsx';

/** The settings. What is typed is saved by itself; the status line says so. */
export function Options() {
  const [said, say] = useSaid();
  const [settings, edit] = useSettings(say);
  // The notice of a missing access goes with the button that gives it.
  useKeptFocus();
  const [eraseCount, setEraseCount] = useState(0);

  return (
    <div class="page">
      <PageHeader title={text('settingsTitle')} said={said} say={say}>
        <Button icon="activity" variant="quiet" onPress={() => void openActivity()}>
          {text('openActivity')}
        </Button>
      </PageHeader>
      <main>
        <HostAccessNotice say={say} />
        <KeySection key={eraseCount} say={say} />
        {settings && <YouSection settings={settings} onEdit={edit} />}
        {settings && <NewTicketsSection settings={settings} onEdit={edit} />}
        {settings && <TemplatesSection settings={settings} onEdit={edit} />}
        {settings && <RecipesSection settings={settings} onEdit={edit} />}
        {settings && <ExchangeSection settings={settings} onEdit={edit} say={say} />}
        {settings && <RedactionSection settings={settings} onEdit={edit} />}
        <ShortcutsSection />
        <PrivacySection
          say={say}
          settings={settings}
          onEdit={edit}
          onErased={() => setEraseCount(count => count + 1)}
        />
      </main>
    </div>
  );
}
