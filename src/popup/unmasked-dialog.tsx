import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { DraftSecret } from '../core/redaction/secrets-in-draft.ts';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { secretCountsText, secretKindLabel, shownSecrets } from '../ui/secret-text.ts';

interface UnmaskedDialogProps {
  secrets: DraftSecret[];
  onMaskAndSend: () => void;
  onSend: () => void;
  /** The dialog is closed, whatever was chosen; draw it no longer. */
  onClose: () => void;
}

/** More than this is counted, not read. */
const listLimit = 20;

/** Asks once, before sending, about what is still unmasked. Open while it is drawn; Escape and `Cancel` send nothing. */
export function UnmaskedDialog({ secrets, onMaskAndSend, onSend, onClose }: UnmaskedDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // A modal dialog takes the focus (its first button is the harmless one) and gives it back when it closes.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const shown = shownSecrets(secrets);

  function closeAnd(act: () => void) {
    dialog.current?.close();
    act();
  }

  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={id}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <h2 id={id}>{text('unmaskedQuestion')}</h2>
      <p id={`${id}-text`}>{text('unmaskedText', secretCountsText(shown))}</p>
      <ul class="unmasked-list">
        {shown.slice(0, listLimit).map(({ key, kind, value, fields }) => (
          <li key={key}>
            <p>{value}</p>
            <p class="hint">{text('secretIn', secretKindLabel(kind), fields)}</p>
          </li>
        ))}
        {shown.length > listLimit && <li>{text('unmaskedMore', shown.length - listLimit)}</li>}
      </ul>
      <div class="row">
        <Button onPress={() => dialog.current?.close()}>{text('cancel')}</Button>
        <Button onPress={() => closeAnd(onSend)}>{text('unmaskedSend')}</Button>
        <Button variant="primary" onPress={() => closeAnd(onMaskAndSend)}>
          {text('unmaskedMaskAndSend')}
        </Button>
      </div>
    </dialog>
  );
}
