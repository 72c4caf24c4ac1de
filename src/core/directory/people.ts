/** Somebody on whose behalf a ticket can be filed. */
export interface Person {
  email: string;
  name: string;
}

/** A company as Assembly knows it. */
export interface KnownCompany {
  /** Assembly's own id, a UUID. */
  id: string;
  name: string;
  domain: string;
}

/** What was found by a name. */
export interface FoundAccounts {
  companies: KnownCompany[];
  customers: Person[];
}

/** At most so many of each are shown, whatever a server sends. */
export const foundLimit = 20;

/** Two addresses of one person: in practice no server tells their cases apart. */
export function isSameAddress(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Whether what was typed stands in one of the texts, without regard to case. */
export function matches(typed: string, ...texts: string[]): boolean {
  const wanted = typed.trim().toLowerCase();
  return texts.some(text => text.toLowerCase().includes(wanted));
}

/** The people, the first of each address. */
export function distinctPeople(people: readonly Person[]): Person[] {
  const seen = new Set<string>();
  return people.filter(({ email }) => {
    const address = email.trim().toLowerCase();
    const isFirst = !seen.has(address);
    seen.add(address);
    return isFirst;
  });
}
