import { useState } from 'preact/hooks';
import type { AgentView } from '../../contract/views.ts';
import { isSameAddress } from '../../core/directory/people.ts';
import { isEmail } from '../../core/draft-request.ts';
import { text } from '../../platform/localised-text.ts';
import { send } from '../../platform/send.ts';
import { lookupFailureText } from '../lookup-text.ts';

export interface AgentCheck {
  /** There is a whole address to ask about, and it is not being asked about. */
  canCheck: boolean;
  check(): void;
  /** What came of it, in words; empty while nothing is known of this address. */
  words: string;
}

/** Asks Assembly, when it is told to, whether an address is an agent's. */
export function useAgentCheck(typed: string): AgentCheck {
  const email = typed.trim();
  const [asking, setAsking] = useState<string | null>(null);
  const [checked, setChecked] = useState<{ email: string; view: AgentView } | null>(null);

  async function check() {
    setAsking(email);
    setChecked(null);
    const answer = await send('agent.check', { email });
    setAsking(null);
    setChecked({
      email,
      view: answer.ok ? answer.value : { isKnown: null, name: '', failure: answer.failure },
    });
  }

  return {
    canCheck: isEmail(email) && asking === null,
    check: () => void check(),
    words: checked && isSameAddress(checked.email, email) ? agentWords(checked.view) : '',
  };
}

function agentWords({ isKnown, name, failure }: AgentView): string {
  if (isKnown === null) return failure ? text('peopleUnchecked', lookupFailureText(failure)) : '';
  if (!isKnown) return text('peopleAgentUnknown');
  return name === '' ? text('peopleAgentKnownUnnamed') : text('peopleAgentKnown', name);
}
