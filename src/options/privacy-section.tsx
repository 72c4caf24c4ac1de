import { useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';

/** What is kept where, and the way to be rid of it. */
export function PrivacySection({ say, onErased }: { say: Say; onErased: () => void }) {
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
