import type { Settings } from '../core/settings.ts';
import { text } from '../platform/localised-text.ts';
import { EraseEverything } from '../ui/components/erase-everything.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { RetentionFields } from './retention-fields.tsx';
import type { SettingsEdits } from './use-settings.ts';

interface PrivacySectionProps {
  say: Say;
  /** Null while they are being read. */
  settings: Settings | null;
  onEdit: (edits: SettingsEdits) => void;
  onErased: () => void;
}

/** What is kept where and for how long, and the way to be rid of it. */
export function PrivacySection({ say, settings, onEdit, onErased }: PrivacySectionProps) {
  return (
    <Section heading={text('settingsPrivacyHeading')}>
      <p>{text('settingsPrivacyText')}</p>
      {settings && (
        <RetentionFields retention={settings.retention} onEdit={retention => onEdit({ retention })} />
      )}
      <div class="row">
        <EraseEverything say={say} onErased={onErased} />
      </div>
    </Section>
  );
}
