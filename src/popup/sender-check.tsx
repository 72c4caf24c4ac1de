import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { useAgentCheck } from '../ui/hooks/use-agent-check.ts';

/** Asks Assembly, when the person wants it, whether an address is one of the team's. */
export function SenderCheck({ email }: { email: string }) {
  const { canCheck, check, words } = useAgentCheck(email);
  return (
    <div class="row sender-check">
      <p class="hint" aria-live="polite">
        {words || text('replyFromHint')}
      </p>
      <Button label={text('peopleAgentCheckNamed')} isOff={!canCheck} onPress={check}>
        {text('peopleAgentCheck')}
      </Button>
    </div>
  );
}
