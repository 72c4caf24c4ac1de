/** A member of the workspace, as GET /list-users and GET /fetch-user answer it. */
export interface Agent {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly picture_url: string | null;
  readonly user_role: string;
  readonly calendar_link: string | null;
}

/** A company (its domain is a domain) or a customer (its domain is an e-mail address). */
export interface Account {
  readonly id: string;
  readonly type: 'Company' | 'Customer';
  readonly name: string;
  readonly domain: string;
  readonly source_specific_ids: readonly string[];
}

export interface Contact {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly company_id: string | null;
}

/** A ticket that existed before: replies find it, no request created it. */
export interface SeedTicket {
  readonly number: string;
  readonly ulid: string;
  readonly query: string;
  readonly sourceSpecificId: string | null;
}

export interface Seed {
  readonly agents: readonly Agent[];
  readonly accounts: readonly Account[];
  readonly contacts: readonly Contact[];
  readonly tickets: readonly SeedTicket[];
}

/** A made-up UUID whose last digits tell the records of a kind apart. */
const uuid = (kind: number, index: number) =>
  `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(index).padStart(12, '0')}`;

const agents = [
  ['Ada', 'Moreau', 'Admin'],
  ['Ben', 'Okafor', 'Member'],
  ['Chiara', 'Lindqvist', 'Member'],
  ['Dev', 'Patel', 'Member'],
].map(([first_name = '', last_name = '', user_role = ''], index): Agent => {
  const username = first_name.toLowerCase();
  return {
    id: uuid(1, index + 1),
    email: `${username}@example.com`,
    username,
    first_name,
    last_name,
    picture_url: null,
    user_role,
    calendar_link: index === 0 ? 'https://calendar.example.com/ada' : null,
  };
});

const companies = [
  'Acorn Freight',
  'Bluebell Health',
  'Cobalt Analytics',
  'Dune & Sons',
  'Ember Robotics',
  'Fjord Bank',
  'Granite Insurance',
  'Harbor Foods',
  'Iris Learning',
  'Juniper Hotels',
  'Kestrel Air',
  'Lumen Café',
].map((name, index): Account => {
  const host = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '');
  return {
    id: uuid(2, index + 1),
    type: 'Company',
    name,
    domain: `${host}.example.org`,
    source_specific_ids: [`crm-${index + 1}`],
  };
});

const customers = [
  ['Noor Haddad', 'noor@acornfreight.example.org'],
  ['Søren Dahl', 'soren@fjordbank.example.org'],
  ['Tam Nguyen', 'tam@kestrelair.example.org'],
].map(([name = '', domain = ''], index): Account => {
  return { id: uuid(3, index + 1), type: 'Customer', name, domain, source_specific_ids: [] };
});

const contacts = customers.map(({ name, domain: email }, index): Contact => {
  const host = email.split('@')[1];
  const company = companies.find(({ domain }) => domain === host);
  return { id: uuid(4, index + 1), email, name, company_id: company?.id ?? null };
});

/** Invented people and companies at example.com and example.org; no tickets. */
export const demoSeed: Seed = { agents, accounts: [...companies, ...customers], contacts, tickets: [] };
