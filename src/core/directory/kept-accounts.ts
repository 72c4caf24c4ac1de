import { distinctPeople, type FoundAccounts, foundLimit, matches } from './people.ts';

/** An answer that is kept, and when it came, epoch ms. */
export interface KeptAccounts {
  accounts: FoundAccounts;
  at: number;
}

/**
 * What earlier answers to other questions hold of a name: that is what can be offered while Assembly cannot be
 * asked. `at` is the oldest of the answers that something was taken from; null when nothing was found.
 */
export function searchKept(kept: readonly KeptAccounts[], name: string): KeptAccounts | null {
  const newestFirst = kept.toSorted((a, b) => b.at - a.at);
  const found: FoundAccounts = { companies: [], customers: [] };
  let oldestAt = Number.POSITIVE_INFINITY;
  for (const { accounts, at } of newestFirst) {
    const companies = accounts.companies.filter(
      company =>
        matches(name, company.name, company.domain) && !found.companies.some(({ id }) => id === company.id),
    );
    const customers = distinctPeople([
      ...found.customers,
      ...accounts.customers.filter(customer => matches(name, customer.name, customer.email)),
    ]);
    if (companies.length > 0 || customers.length > found.customers.length) oldestAt = at;
    found.companies.push(...companies);
    found.customers = customers;
  }
  if (oldestAt === Number.POSITIVE_INFINITY) return null;
  const { companies, customers } = found;
  return {
    accounts: { companies: companies.slice(0, foundLimit), customers: customers.slice(0, foundLimit) },
    at: oldestAt,
  };
}
