import { useState } from 'preact/hooks';
import { text } from '../../platform/localised-text.ts';
import { send } from '../../platform/send.ts';
import { failureText } from '../failure-text.ts';
import { Button } from './button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Say } from './status-line.tsx';

interface EraseEverythingProps {
  say: Say;
  /** Shows what is left; what is said then gets the focus, if this button is gone with the rest. */
  onErased: () => unknown;
}

/** The way to be rid of all that the extension keeps. It asks first. */
export function EraseEverything({ say, onErased }: EraseEverythingProps) {
  const [isAsking, setAsking] = useState(false);

  async function erase() {
    const erased = await send('data.eraseEverything', {});
    if (!erased.ok) return say(failureText(erased.failure), 'alarm');
    await onErased();
    say(text('eraseDone'));
  }

  return (
    <>
      <Button variant="danger" onPress={() => setAsking(true)}>
        {text('eraseEverything')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          question={text('eraseConfirm')}
          action={text('eraseEverything')}
          onConfirm={() => void erase()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
