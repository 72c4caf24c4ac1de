import { useState } from 'preact/hooks';
import type { AgentView } from '../contract/messages.ts';
import { isEmail } from '../core/draft-request.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { Button } from '../ui/components/button.tsx';
import { failureText } from '../ui/failure-text.ts';

/** Asks Assembly, when the person wants it, whether an address is one of the team's. */
export function SenderCheck({ email }: { email: string }) {
  const [answer, setAnswer] = useState({ email: '', words: '' });

  async function check() {
    setAnswer({ email, words: text('replyAgentChecking') });
    const checked = await send('agent.check', { email });
    setAnswer({ email, words: checked.ok ? wordsOf(checked.value) : failureText(checked.failure) });
  }

  // What was said of another address is not said of this one.
  const words = answer.email === email ? answer.words : '';
  return (
    <div class="row sender-check">
      <p class="hint" aria-live="polite">
        {words || text('replyFromHint')}
      </p>
      <Button
        label={text('replyAgentCheckLabel')}
        variant="quiet"
        isOff={!isEmail(email)}
        onPress={() => void check()}
      >
        {text('replyAgentCheck')}
      </Button>
    </div>
  );
}

function wordsOf({ isKnown, name, failure }: AgentView): string {
  if (isKnown === null) return failure ? failureText(failure) : text('replyAgentUnchecked');
  if (!isKnown) return text('replyAgentUnknown');
  return name === '' ? text('replyAgentKnown') : text('replyAgentKnownName', name);
}
