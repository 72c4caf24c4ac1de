import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from '../core/directory/people.ts';
import { suggestCustomers } from '../core/directory/suggest-customers.ts';
import type { Draft } from '../core/draft.ts';
import { isEmail } from '../core/draft-request.ts';
import { defaultSettings } from '../core/settings.ts';
import { send } from '../platform/send.ts';
import { readSettings } from '../platform/settings-store.ts';
import { useAccounts } from './use-accounts.ts';
import { useStoredSettings } from './use-stored-settings.ts';

/** By fewer characters nearly everybody would be found. */
const leastCharacters = 2;
const nobody: readonly Person[] = [];

/** The field of the customer that the person types in; null while nobody does. */
export type TypedField = 'customerEmail' | 'customerName' | null;

/** Whom the ticket may be for. Assembly is asked only while somebody is typing. */
export function useCustomerSuggestions(draft: Draft, typedField: TypedField): Person[] {
  const { id, body, customerEmail: email } = draft;
  const typed = typedField === null ? '' : draft[typedField].trim();
  const [recent, setRecent] = useState<readonly Person[]>([]);
  const { agentEmail: ownEmail } = useStoredSettings(readSettings, defaultSettings);
  // Anew for each draft: the one before may have been sent.
  useEffect(() => {
    void send('people.recent', {}).then(answer => answer.ok && setRecent(answer.value.customers));
  }, [id]);
  // A whole address needs no search.
  const isSearched = typed.length >= leastCharacters && !isEmail(email.trim());
  const { found } = useAccounts(isSearched ? typed : null);
  const customers = found?.customers ?? nobody;
  return useMemo(
    () => suggestCustomers({ body, email, typed, ownEmail, recent, found: customers }),
    [body, email, typed, ownEmail, recent, customers],
  );
}
