import { useEffect, useState } from 'preact/hooks';
import type { AccountsView } from '../contract/views.ts';
import { matches } from '../core/directory/people.ts';
import { send } from '../platform/send.ts';

/** How long the keys have to rest before Assembly is asked. */
const restMs = 250;

export interface Accounts {
  /** What was found by the name; until then what was found before, as far as it bears the name. Null: nothing yet. */
  found: AccountsView | null;
  isLooking: boolean;
}

/** Companies and customers by a name; null asks nothing. */
export function useAccounts(name: string | null): Accounts {
  const [last, setLast] = useState<{ name: string; view: AccountsView } | null>(null);
  const wanted = name?.trim() ?? '';

  useEffect(() => {
    if (wanted === '') return;
    let isLeft = false;
    const timer = setTimeout(async () => {
      const answer = await send('accounts.find', { name: wanted });
      if (isLeft) return;
      // A field beside this one took the turn: what is typed next asks again.
      const failure = answer.ok ? null : answer.failure;
      setLast({
        name: wanted,
        view: answer.ok ? answer.value : { companies: [], customers: [], at: 0, failure },
      });
    }, restMs);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [wanted]);

  if (wanted === '') return { found: null, isLooking: false };
  if (last?.name === wanted) return { found: last.view, isLooking: false };
  return { found: last && narrowed(last.view, wanted), isLooking: true };
}

function narrowed(view: AccountsView, name: string): AccountsView {
  return {
    ...view,
    companies: view.companies.filter(company => matches(name, company.name, company.domain)),
    customers: view.customers.filter(customer => matches(name, customer.name, customer.email)),
  };
}
