import { useEffect, useState } from 'preact/hooks';
import { isEmail } from '../core/draft-request.ts';
import type { DraftProblem } from '../core/failure.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { Field } from '../ui/components/field.tsx';
import { SenderCheck } from './sender-check.tsx';
import { useSender } from './use-sender.ts';

interface SenderFieldsProps {
  /** What is wrong, after a press of Send. */
  problems: DraftProblem[];
}

/** In whose name the reply is sent; asked for right here when that is not known. Kept in the settings. */
export function SenderFields({ problems }: SenderFieldsProps) {
  const problem = problems.includes('agent-missing') ? text('replyAgentMissing') : undefined;
  const { sender, isUnsaved, edit } = useSender();
  const [isOpen, setOpen] = useState(false);
  const isMissing = sender !== null && !isEmail(sender.email.trim());
  // What was asked for stays until the popup closes: fields that vanish as they become right lose their user.
  useEffect(() => {
    if (isMissing) setOpen(true);
  }, [isMissing]);

  if (sender === null) return <div class="sender" />;
  if (!isOpen && !isMissing) {
    const { name } = sender;
    const address = sender.email.trim();
    return (
      <div class="sender row">
        <p>{text('replyFrom', name.trim() === '' ? address : `${name.trim()} <${address}>`)}</p>
        <Button variant="quiet" label={text('replyFromChangeLabel')} onPress={() => setOpen(true)}>
          {text('replyFromChange')}
        </Button>
      </div>
    );
  }
  return (
    <div class="sender">
      <div class="columns">
        <Field label={text('settingsName')}>
          {control => (
            <input
              {...control}
              type="text"
              autocomplete="name"
              maxLength={fieldLimitsCharacters.agentName}
              value={sender.name}
              onInput={event => edit({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field
          label={text('settingsEmail')}
          problem={isUnsaved ? text('settingsNotSaved') : isMissing ? problem : undefined}
        >
          {control => (
            <input
              {...control}
              type="email"
              autocomplete="email"
              maxLength={fieldLimitsCharacters.agentEmail}
              value={sender.email}
              onInput={event => edit({ email: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <SenderCheck email={sender.email.trim()} />
    </div>
  );
}
