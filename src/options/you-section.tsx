import { useId, useState } from 'preact/hooks';
import { isEmail } from '../core/draft-request.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Field } from '../ui/components/field.tsx';
import { Section } from '../ui/components/section.tsx';
import { useAgentCheck } from '../ui/hooks/use-agent-check.ts';
import type { SettingsSectionProps } from './use-settings.ts';

/** In whose name replies are sent. */
export function YouSection({ settings, onEdit }: SettingsSectionProps) {
  // Half an address is not wrong while it is being typed.
  const [isTyping, setTyping] = useState(false);
  const email = settings.agentEmail.trim();
  const { canCheck, check, words } = useAgentCheck(email);
  const checkedId = useId();
  const isOdd = email !== '' && !isEmail(email) && !isTyping;

  return (
    <Section heading={text('settingsYouHeading')}>
      <p class="hint">{text('settingsYouHint')}</p>
      <div class="columns">
        <Field label={text('settingsName')}>
          {control => (
            <input
              {...control}
              type="text"
              autocomplete="name"
              maxLength={fieldLimitsCharacters.agentName}
              value={settings.agentName}
              onInput={event => onEdit({ agentName: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={text('settingsEmail')} problem={isOdd ? text('settingsEmailInvalid') : undefined}>
          {control => (
            <div class="checked-field">
              <input
                {...control}
                aria-describedby={[control['aria-describedby'], checkedId].filter(Boolean).join(' ')}
                type="email"
                autocomplete="email"
                maxLength={fieldLimitsCharacters.agentEmail}
                value={settings.agentEmail}
                onInput={event => {
                  setTyping(true);
                  onEdit({ agentEmail: event.currentTarget.value });
                }}
                onBlur={() => setTyping(false)}
              />
              <Button label={text('peopleAgentCheckNamed')} isOff={!canCheck} onPress={check}>
                {text('peopleAgentCheck')}
              </Button>
            </div>
          )}
        </Field>
      </div>
      <p class="hint checked-words" id={checkedId} aria-live="polite">
        {words}
      </p>
    </Section>
  );
}
