import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { isEmail } from '../core/draft-request.ts';
import type { DraftProblem } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';
import { AgentFields } from '../ui/components/agent-fields.tsx';
import { Button } from '../ui/components/button.tsx';
import { problemOf } from './draft-fields.ts';
import { useSender } from './use-sender.ts';

interface SenderFieldsProps {
  /** What is wrong, after a press of Send. */
  problems: DraftProblem[];
}

/** In whose name the reply is sent; asked for right here when that is not known. Kept in the settings. */
export function SenderFields({ problems }: SenderFieldsProps) {
  const problem = problemOf(problems, 'agent-missing');
  const { sender, isUnsaved, edit } = useSender();
  const [isOpen, setOpen] = useState(false);
  const [isPressed, setPressed] = useState(false);
  const isMissing = sender !== null && !isEmail(sender.agentEmail.trim());
  const isEmpty = sender !== null && sender.agentEmail.trim() === '';
  // What was asked for stays until the popup closes: fields that vanish as they become right lose their user.
  useEffect(() => {
    if (isMissing) setOpen(true);
  }, [isMissing]);
  // The button that was pressed is gone with what it stood beside.
  useLayoutEffect(() => {
    if (isPressed) document.querySelector<HTMLElement>('.agent input')?.focus();
  }, [isPressed]);

  function change() {
    setOpen(true);
    setPressed(true);
  }

  if (sender === null) return <div class="sender" />;
  if (!isOpen && !isMissing) {
    const name = sender.agentName.trim();
    const address = sender.agentEmail.trim();
    return (
      <div class="sender row">
        <p>{text('replyFrom', name === '' ? address : `${name} <${address}>`)}</p>
        <Button variant="quiet" label={text('replyFromChangeLabel')} onPress={change}>
          {text('replyFromChange')}
        </Button>
      </div>
    );
  }
  return (
    <AgentFields
      agent={sender}
      hint={text('replyFromHint')}
      problem={isUnsaved ? text('settingsNotSaved') : isEmpty ? problem : undefined}
      onEdit={edit}
    />
  );
}
