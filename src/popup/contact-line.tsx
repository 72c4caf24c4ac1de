import type { ContactView } from '../contract/views.ts';
import { clip } from '../core/text.ts';
import { text } from '../platform/localised-text.ts';
import { agoText } from '../ui/ago-text.ts';
import { lookupFailureText } from '../ui/lookup-text.ts';

const nameLimitCharacters = 60;

interface ContactLineProps {
  /** Ties it to the field that it speaks of. */
  id: string;
  contact: ContactView | null;
  /** The name that can be taken over; null where that is no use. */
  onUseName: ((name: string) => void) | null;
}

/** What Assembly knows of the customer's address. It always has its line, so that nothing moves when the answer comes. */
export function ContactLine({ id, contact, onUseName }: ContactLineProps) {
  const words = contact ? contactWords(contact) : '';
  const name = contact?.name ?? '';
  return (
    <div class="contact-line">
      <p class="hint" id={id}>
        {words || text('peopleHint')}
      </p>
      {onUseName && name !== '' && (
        <button
          type="button"
          class="button chip"
          aria-label={text('peopleUseNameNamed', name)}
          onClick={() => onUseName(name)}
        >
          {text('peopleUseName')}
        </button>
      )}
      {/* Only the answer is read out, not its going as the next key is pressed. */}
      <div class="visually-hidden" aria-live="polite">
        {words}
      </div>
    </div>
  );
}

function contactWords({ isKnown, name, at, failure }: ContactView): string {
  if (isKnown === null) return failure ? text('peopleUnchecked', lookupFailureText(failure)) : '';
  const shownName = clip(name, nameLimitCharacters);
  const known = shownName === '' ? text('peopleKnownUnnamed') : text('peopleKnown', shownName);
  const words = isKnown ? known : text('peopleUnknown');
  return failure ? text('peopleAsOf', words, agoText(at, Date.now())) : words;
}
