import { useRef, useState } from 'preact/hooks';
import { cleanApiKey } from '../../core/api-key.ts';
import { failureFromError } from '../../platform/failure-from-error.ts';
import { saveKey } from '../../platform/key-entry.ts';
import { text } from '../../platform/localised-text.ts';
import { failureText } from '../failure-text.ts';
import { Field } from './field.tsx';

/**
 * Takes the key in. Write-only: the field is never filled from the store and is emptied as soon as the key is
 * kept, and the key goes from here straight into `storage.local`, not through a message.
 */
export function KeyForm({ hint, onSaved }: { hint?: string; onSaved: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();

  async function save(event: Event) {
    event.preventDefault();
    if (!input.current) return;
    const typed = input.current.value;
    const cleaned = cleanApiKey(typed);
    if (!cleaned.ok) {
      setProblem(text(cleaned.problem === 'empty' ? 'keyEmpty' : 'keyNotHeaderSafe'));
      input.current.focus();
      return;
    }
    try {
      await saveKey(cleaned.key);
    } catch (cause) {
      setProblem(failureText(failureFromError(cause)));
      return;
    }
    // The form may be drawn no longer, and another key may have been typed since.
    if (input.current?.value === typed) input.current.value = '';
    setProblem(undefined);
    onSaved();
  }

  return (
    <form class="key-form" onSubmit={event => void save(event)}>
      <Field label={text('keyField')} hint={hint} problem={problem}>
        {control => (
          // A password field without a role of its own for assistive technology: the name says what it is.
          <input {...control} ref={input} type="password" autocomplete="off" spellcheck={false} />
        )}
      </Field>
      <button type="submit" class="button">
        {text('keySave')}
      </button>
    </form>
  );
}
