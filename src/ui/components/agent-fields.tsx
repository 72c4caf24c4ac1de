import { useId, useState } from 'preact/hooks';
import { isEmail } from '../../core/draft-request.ts';
import { fieldLimitsCharacters } from '../../core/field-limits.ts';
import type { Settings } from '../../core/settings.ts';
import { text } from '../../platform/localised-text.ts';
import { useAgentCheck } from '../hooks/use-agent-check.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';

/** In whose name replies are sent, as the settings keep it. */
export type Agent = Pick<Settings, 'agentName' | 'agentEmail'>;

interface AgentFieldsProps {
  agent: Agent;
  /** Stands in one line with the button that checks, until there is an answer in its place. */
  hint: string;
  /** What is wrong with the address apart from its form. */
  problem?: string | undefined;
  onEdit: (changes: Partial<Agent>) => void;
}

/** Who replies, and whether Assembly knows the address, which it is asked only by a press. */
export function AgentFields({ agent, hint, problem, onEdit }: AgentFieldsProps) {
  // Half an address is not wrong while it is being typed.
  const [isTyping, setTyping] = useState(false);
  const email = agent.agentEmail.trim();
  const { canCheck, check, words } = useAgentCheck(email);
  const checkedId = useId();
  const isOdd = email !== '' && !isEmail(email) && !isTyping;

  return (
    <div class="agent">
      <div class="columns">
        <Field label={text('settingsName')}>
          {control => (
            <input
              {...control}
              type="text"
              autocomplete="name"
              maxLength={fieldLimitsCharacters.agentName}
              value={agent.agentName}
              onInput={event => onEdit({ agentName: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={text('settingsEmail')} problem={problem ?? (isOdd ? text('problemEmail') : undefined)}>
          {control => (
            <input
              {...control}
              aria-describedby={[control['aria-describedby'], checkedId].filter(Boolean).join(' ')}
              type="email"
              autocomplete="email"
              maxLength={fieldLimitsCharacters.agentEmail}
              value={agent.agentEmail}
              onInput={event => {
                setTyping(true);
                onEdit({ agentEmail: event.currentTarget.value });
              }}
              onBlur={() => setTyping(false)}
            />
          )}
        </Field>
      </div>
      <div class="agent-check">
        <p class="hint" id={checkedId} aria-live="polite">
          {words || hint}
        </p>
        <Button label={text('peopleAgentCheckNamed')} isOff={!canCheck} onPress={check}>
          {text('peopleAgentCheck')}
        </Button>
      </div>
    </div>
  );
}
