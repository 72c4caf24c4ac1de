import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../../platform/localised-text.ts';
import { Button } from './button.tsx';

interface ConfirmDialogProps {
  question: string;
  /** The word on the button that does it. */
  action: string;
  onConfirm: () => void;
  /** The dialog is closed, confirmed or not; draw it no longer. */
  onClose: () => void;
}

/** Asks before something that cannot be undone. Open while it is drawn; Escape and `Cancel` close it. */
export function ConfirmDialog({ question, action, onConfirm, onClose }: ConfirmDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // A modal dialog takes the focus (its first button is the harmless one) and gives it back when it closes.
  useLayoutEffect(() => dialog.current?.showModal(), []);

  function confirm() {
    dialog.current?.close();
    onConfirm();
  }

  return (
    <dialog ref={dialog} class="confirm" aria-labelledby={id} onClose={onClose}>
      <p id={id}>{question}</p>
      <div class="row">
        <Button onPress={() => dialog.current?.close()}>{text('cancel')}</Button>
        <Button variant="danger" onPress={confirm}>
          {action}
        </Button>
      </div>
    </dialog>
  );
}
