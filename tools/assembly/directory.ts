import { randomUUID } from 'node:crypto';
import type { SentUser } from './field-checks.ts';
import type { Account, Agent, Contact, Seed } from './seed.ts';

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Who is known: agents, accounts, contacts. Only contacts grow. */
export class Directory {
  readonly agents: readonly Agent[];
  readonly #accounts: readonly Account[];
  readonly #contacts: Contact[];

  constructor(seed: Omit<Seed, 'tickets'>) {
    this.agents = seed.agents;
    this.#accounts = seed.accounts;
    this.#contacts = [...seed.contacts];
  }

  agentById(id: string): Agent | null {
    return this.agents.find(agent => sameText(agent.id, id)) ?? null;
  }

  /** Addresses are compared without case. */
  agentByEmail(email: string): Agent | null {
    return this.agents.find(agent => sameText(agent.email, email)) ?? null;
  }

  contactByEmail(email: string): Contact | null {
    return this.#contacts.find(contact => sameText(contact.email, email)) ?? null;
  }

  /** Accounts whose name or domain contains the text: companies first, then customers. */
  accountsLike(text: string): Account[] {
    const wanted = text.toLowerCase();
    const found = this.#accounts.filter(({ name, domain }) =>
      [name, domain].some(field => field.toLowerCase().includes(wanted)),
    );
    const ofType = (type: Account['type']) => found.filter(account => account.type === type);
    return [...ofType('Company'), ...ofType('Customer')];
  }

  accountById(id: string): Account | null {
    return this.#accounts.find(account => sameText(account.id, id)) ?? null;
  }

  accountBySourceSpecificId(id: string): Account | null {
    return this.#accounts.find(account => account.source_specific_ids.includes(id)) ?? null;
  }

  /** A ticket's user whom nobody knows becomes a contact, as the vendor's page says. */
  meet(user: SentUser): void {
    const { email, name } = user;
    if (email === undefined || email === '' || this.contactByEmail(email) !== null) return;
    this.#contacts.push({ id: randomUUID(), email, name: name ?? '', company_id: null });
  }
}
