import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Person } from '../core/directory/people.ts';
import { suggestCustomers } from '../core/directory/suggest-customers.ts';
import type { Draft } from '../core/draft.ts';
import { isEmail } from '../core/draft-request.ts';
import { send } from '../platform/send.ts';
import { readSettings } from '../platform/settings-store.ts';
import { useAccounts } from './use-accounts.ts';

/** By fewer characters nearly everybody would be found. */
const leastCharacters = 2;
const nobody: readonly Person[] = [];

/** Whom the ticket may be for. Assembly is asked only while somebody is typing. */
export function useCustomerSuggestions(draft: Draft, isTyping: boolean): Person[] {
  const { id, body, customerEmail, customerName } = draft;
  const [recent, setRecent] = useState<readonly Person[]>([]);
  const [ownEmail, setOwnEmail] = useState('');
  // Anew for each draft: the one before may have been sent.
  useEffect(() => {
    void send('people.recent', {}).then(answer => answer.ok && setRecent(answer.value.customers));
    const withoutIt = () => {};
    readSettings().then(({ agentEmail }) => setOwnEmail(agentEmail), withoutIt);
  }, [id]);
  const { found } = useAccounts(isTyping ? searchedFor(customerEmail, customerName) : null);
  const customers = found?.customers ?? nobody;
  return useMemo(
    () =>
      suggestCustomers({ draft: { body, customerEmail, customerName }, ownEmail, recent, found: customers }),
    [body, customerEmail, customerName, ownEmail, recent, customers],
  );
}

/** What stands for a person as far as it is typed; a whole address needs no search. */
function searchedFor(customerEmail: string, customerName: string): string | null {
  const typed = customerEmail.trim() || customerName.trim();
  return typed.length < leastCharacters || isEmail(typed) ? null : typed;
}
