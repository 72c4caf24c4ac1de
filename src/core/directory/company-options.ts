import type { Company } from '../company.ts';
import { isUuid } from '../draft-request.ts';
import { fieldLimitsCharacters } from '../field-limits.ts';
import { cutText } from '../text.ts';
import { type KnownCompany, matches } from './people.ts';

/** A company that can be chosen. */
export interface CompanyOption {
  company: Company;
  /** What tells it from others of its name; empty for one of the history. */
  domain: string;
  /** `typed`: not found by anybody, but what stands in the field is taken as its id. */
  origin: 'recent' | 'found' | 'typed';
}

interface CompanySources {
  typed: string;
  /** Companies of the last tickets, the latest first. */
  recent: readonly Company[];
  /** What Assembly found by what is typed. */
  found: readonly KnownCompany[];
}

/** What can be chosen for what is typed, best first. The typed text itself, as an id, comes last. */
export function companyOptions({ typed, recent, found }: CompanySources): CompanyOption[] {
  const known = found.map(
    ({ id, name, domain }): CompanyOption => ({
      company: { by: 'id', value: id, name: cutText(name, fieldLimitsCharacters.companyText) },
      domain,
      origin: 'found',
    }),
  );
  const others = recent
    .filter(({ name, value }) => matches(typed, name, value))
    .filter(({ value }) => !known.some(({ company }) => company.value === value))
    .map((company): CompanyOption => ({ company, domain: '', origin: 'recent' }));
  // What bears the very name stands first: it is the one that a recipe or a quick typist meant.
  const isNamed = ({ company }: CompanyOption) =>
    company.name.toLowerCase() === typed.trim().toLowerCase() ? 0 : 1;
  const offered = [...others, ...known].sort((a, b) => isNamed(a) - isNamed(b));
  return [...offered, ...typedAsId(typed.trim())];
}

function typedAsId(typed: string): CompanyOption[] {
  if (typed === '') return [];
  const option = (by: Company['by'], value: string): CompanyOption => ({
    company: { by, value, name: typed },
    domain: '',
    origin: 'typed',
  });
  return [...(isUuid(typed) ? [option('id', typed.toLowerCase())] : []), option('source_specific_id', typed)];
}
