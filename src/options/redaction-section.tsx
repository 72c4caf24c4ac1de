import { useState } from 'preact/hooks';
import {
  ownPatternLimit,
  ownPatternLimitCharacters,
  ownPatternsFromText,
} from '../core/redaction/own-patterns.ts';
import { type SecretKind, secretKinds } from '../core/redaction/secret-kind.ts';
import { text } from '../platform/localised-text.ts';
import { Field } from '../ui/components/field.tsx';
import { Section } from '../ui/components/section.tsx';
import { secretKindExample, secretKindLabel } from '../ui/secret-text.ts';
import type { SettingsSectionProps } from './use-settings.ts';

/** What is looked for before something leaves. */
export function RedactionSection({ settings, onEdit }: SettingsSectionProps) {
  const { kinds, ownPatterns } = settings.redaction;
  const [typed, setTyped] = useState('');
  // What was typed is shown as it was typed as long as it means what is stored.
  const typedPatterns = ownPatternsFromText(typed);
  const isCurrent = typedPatterns.ownPatterns.join('\n') === ownPatterns.join('\n');

  function toggle(kind: SecretKind, isOn: boolean) {
    const next = secretKinds.filter(other => (other === kind ? isOn : kinds.includes(other)));
    onEdit({ redaction: { kinds: next, ownPatterns } });
  }

  return (
    <Section heading={text('settingsRedactionHeading')}>
      <p class="hint">{text('settingsRedactionHint')}</p>
      <fieldset class="redaction-kinds">
        <legend class="field-label">{text('settingsRedactionKinds')}</legend>
        <ul>
          {secretKinds.map(kind => (
            <li key={kind}>
              <label>
                <input
                  type="checkbox"
                  checked={kinds.includes(kind)}
                  onChange={event => toggle(kind, event.currentTarget.checked)}
                />
                <span>{secretKindLabel(kind)}</span>
                <span class="hint">{secretKindExample(kind)}</span>
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      <Field
        label={text('settingsOwnPatterns')}
        hint={text('settingsOwnPatternsHint')}
        problem={
          isCurrent && typedPatterns.isCut
            ? text('settingsOwnPatternsCut', ownPatternLimit, ownPatternLimitCharacters)
            : undefined
        }
      >
        {control => (
          <textarea
            {...control}
            class="own-patterns"
            spellcheck={false}
            value={isCurrent ? typed : ownPatterns.join('\n')}
            onInput={event => {
              setTyped(event.currentTarget.value);
              onEdit({
                redaction: { kinds, ownPatterns: ownPatternsFromText(event.currentTarget.value).ownPatterns },
              });
            }}
          />
        )}
      </Field>
    </Section>
  );
}
