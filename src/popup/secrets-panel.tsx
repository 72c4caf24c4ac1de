import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { secretCountsText, secretKindLabel, shownSecrets } from '../ui/secret-text.ts';

interface SecretsPanelProps {
  secrets: DraftSecret[];
  onMask: (keys: string[]) => void;
  onKeep: (keys: string[]) => void;
}

/** More than this is counted, not listed; all of it can be masked. */
const listLimit = 50;

/** Says what stands in the draft that may not be meant to leave, and lets each be masked or kept. Draws nothing when there is nothing. */
export function SecretsPanel({ secrets, onMask, onKeep }: SecretsPanelProps) {
  const shown = shownSecrets(secrets);
  if (shown.length === 0) return null;
  return (
    <details class="secrets">
      <summary>{text('secretsFound', secretCountsText(shown))}</summary>
      <div class="secrets-body">
        <p class="hint">{text('secretsFoundHint')}</p>
        <ul class="secrets-list">
          {shown.slice(0, listLimit).map(({ key, kind, value, fields }) => (
            <li key={key}>
              <div class="secret-words">
                <p>{value}</p>
                <p class="hint">{text('secretIn', secretKindLabel(kind), fields)}</p>
              </div>
              <div class="row">
                <Button label={text('secretMaskNamed', value)} onPress={() => onMask([key])}>
                  {text('secretMask')}
                </Button>
                <Button variant="quiet" label={text('secretKeepNamed', value)} onPress={() => onKeep([key])}>
                  {text('secretKeep')}
                </Button>
              </div>
            </li>
          ))}
          {shown.length > listLimit && <li>{text('unmaskedMore', shown.length - listLimit)}</li>}
        </ul>
        <div class="row">
          <Button onPress={() => onMask(shown.map(({ key }) => key))}>{text('secretsMaskAll')}</Button>
        </div>
      </div>
    </details>
  );
}
