import { useState } from 'preact/hooks';
import type { Settings } from '../core/settings.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
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
  const [isAsking, setAsking] = useState(false);

  async function erase() {
    const erased = await send('data.eraseEverything', {});
    if (!erased.ok) return say(failureText(erased.failure), 'alarm');
    say(text('eraseDone'));
    onErased();
  }

  return (
    <Section heading={text('settingsPrivacyHeading')}>
      <p>{text('settingsPrivacyText')}</p>
      {settings && (
        <RetentionFields retention={settings.retention} onEdit={retention => onEdit({ retention })} />
      )}
      <div class="row">
        <Button variant="danger" onPress={() => setAsking(true)}>
          {text('eraseEverything')}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          question={text('eraseConfirm')}
          action={text('eraseEverything')}
          onConfirm={() => void erase()}
          onClose={() => setAsking(false)}
        />
      )}
    </Section>
  );
}
