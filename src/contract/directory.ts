import { type FoundAccounts, foundLimit, type KnownCompany, type Person } from '../core/directory/people.ts';
import { isEmail } from '../core/draft-request.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { clip, oneLine } from '../core/text.ts';
import { z } from './zod.ts';

// What Assembly says of people and companies, and how it is kept. A server may send anything: only fields that are
// known are read, every text becomes one line within its limit, and what has no use is left out.

/** What Assembly knows of an address. */
export interface KnownContact {
  isKnown: boolean;
  /** May be empty. */
  name: string;
}

/** Before anything is looked at; a list that is longer is read to here. */
const readItemsLimit = 200;
/** Long enough for every honest text; the rest is not even looked at. */
const readCharactersLimit = 2_000;
const idShape = /^[\w-]{1,64}$/;

const word = z.catch(z.string(), '');
const contactAnswer = z.object({
  contact: z.object({ name: word, first_name: word, last_name: word }),
});
const userAnswer = z.object({
  user: z.object({ first_name: word, last_name: word, username: word }),
});
const accountsAnswer = z.object({ accounts: z.object({ data: z.array(z.unknown()) }) });
const account = z.object({ id: word, name: word, domain: word, type: word, account_type: word });
const wrapped = z.object({ account: z.unknown() });

/** The name in the answer of `GET /contacts/{email}`; null when it is no such answer. */
export function contactFromAnswer(json: unknown): KnownContact | null {
  const parsed = contactAnswer.safeParse(json);
  if (!parsed.success) return null;
  const { name, first_name, last_name } = parsed.data.contact;
  return { isKnown: true, name: nameFrom(name) || nameFrom(`${first_name} ${last_name}`) };
}

/** The name in the answer of `GET /fetch-user`; null when it is no such answer. */
export function agentFromAnswer(json: unknown): KnownContact | null {
  const parsed = userAnswer.safeParse(json);
  if (!parsed.success) return null;
  const { first_name, last_name, username } = parsed.data.user;
  return { isKnown: true, name: nameFrom(`${first_name} ${last_name}`) || nameFrom(username) };
}

/** The companies and customers in the answer of `GET /accounts`, in either of its shapes; null when it is no such answer. */
export function accountsFromAnswer(json: unknown): FoundAccounts | null {
  const parsed = accountsAnswer.safeParse(json);
  if (!parsed.success) return null;
  const companies: KnownCompany[] = [];
  const customers: Person[] = [];
  for (const item of parsed.data.accounts.data.slice(0, readItemsLimit)) {
    const found = account.safeParse(wrapped.safeParse(item).data?.account ?? item);
    if (!found.success) continue;
    const { id, name, domain, type, account_type } = found.data;
    if ((type || account_type).toLowerCase() === 'customer') {
      const email = oneLine(domain.slice(0, readCharactersLimit));
      // An address that is cut is another address.
      if (isEmail(email) && email.length <= fieldLimitsCharacters.customerEmail) {
        customers.push({ email, name: nameFrom(name) });
      }
    } else if (idShape.test(id)) {
      const shown = safe(name, fieldLimitsCharacters.companyText) || safe(domain, 253);
      if (shown !== '') companies.push({ id, name: shown, domain: safe(domain, 253) });
    }
  }
  return { companies: companies.slice(0, foundLimit), customers: customers.slice(0, foundLimit) };
}

function nameFrom(text: string): string {
  return safe(text, fieldLimitsCharacters.customerName);
}

function safe(text: string, limitCharacters: number): string {
  return clip(oneLine(text.slice(0, readCharactersLimit)), limitCharacters);
}

const text = (limitCharacters: number) => z.string().check(z.maxLength(limitCharacters));

/** As it is kept. The key that asked is named by its id: another key may be another organisation's. */
export const keptContactSchema = z.strictObject({
  keyId: text(64),
  isKnown: z.boolean(),
  name: text(fieldLimitsCharacters.customerName),
});

export const keptAccountsSchema = z.strictObject({
  keyId: text(64),
  companies: z
    .array(z.strictObject({ id: text(64), name: text(fieldLimitsCharacters.companyText), domain: text(253) }))
    .check(z.maxLength(foundLimit)),
  customers: z
    .array(
      z.strictObject({
        email: text(fieldLimitsCharacters.customerEmail),
        name: text(fieldLimitsCharacters.customerName),
      }),
    )
    .check(z.maxLength(foundLimit)),
});
