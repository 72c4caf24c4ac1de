import { useId } from 'preact/hooks';
import type { Person } from '../core/directory/people.ts';
import { text } from '../platform/localised-text.ts';

interface CustomerSuggestionsProps {
  people: readonly Person[];
  onUse: (person: Person) => void;
}

/** Whom the ticket may be for: each is filled in by a press, and by nothing else. With nobody it is an empty line. */
export function CustomerSuggestions({ people, onUse }: CustomerSuggestionsProps) {
  const id = useId();
  if (people.length === 0) return <div class="suggestions" />;
  return (
    <fieldset class="suggestions" aria-labelledby={id}>
      <span class="hint" id={id}>
        {text('peopleSuggestions')}
      </span>
      {people.map(person => (
        <button
          key={person.email.toLowerCase()}
          type="button"
          class="button chip"
          aria-label={text('peopleUse', person.email)}
          title={person.name === '' ? person.email : `${person.name} – ${person.email}`}
          onClick={() => onUse(person)}
        >
          {person.email}
        </button>
      ))}
    </fieldset>
  );
}
