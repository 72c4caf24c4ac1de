import { isEmail } from '../draft-request.ts';
import { findEmails } from '../redaction/find-emails.ts';
import { distinctPeople, isSameAddress, matches, type Person } from './people.ts';

/** More would be a list, and no suggestion. */
const suggestionLimit = 5;
/** No more of a text is looked through for addresses: it is done at every key. */
const readLimitCharacters = 50_000;

interface SuggestionSources {
  /** The text of the draft. */
  body: string;
  /** What stands in the field of the address. */
  email: string;
  /** What the person is typing there or as the name; empty while nothing is typed. */
  typed: string;
  /** The person's own address, which is no customer's. */
  ownEmail: string;
  /** Customers of the last tickets, the latest first. */
  recent: readonly Person[];
  /** Customers that Assembly found by what is typed. */
  found: readonly Person[];
}

/**
 * Whom the ticket may be for, best first: who is named in the text, then who was a customer before, then who was found.
 * While something is typed, only those that match it. Nobody who stands in the field already.
 */
export function suggestCustomers({
  body,
  email: current,
  typed,
  ownEmail,
  recent,
  found,
}: SuggestionSources): Person[] {
  const named = addressesIn(body).map(email => ({ email, name: '' }));
  const all = distinctPeople([...named, ...recent, ...found]);
  return all
    .filter(({ email }) => !isSameAddress(email, ownEmail) && !isSameAddress(email, current))
    .map(person => ({ ...person, name: person.name || nameOf(person.email, [...recent, ...found]) }))
    .filter(({ email, name }) => matches(typed, email, name))
    .slice(0, suggestionLimit);
}

/** The addresses of a text in their order, also those in its `mailto:` links; what is masked is none any more. */
function addressesIn(body: string): string[] {
  const text = body.slice(0, readLimitCharacters);
  return findEmails(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter(isEmail);
}

function nameOf(address: string, people: readonly Person[]): string {
  return people.find(({ email, name }) => name !== '' && isSameAddress(email, address))?.name ?? '';
}
