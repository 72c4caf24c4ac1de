import { useState } from 'preact/hooks';
import type { AccountsView } from '../contract/views.ts';
import type { Company } from '../core/company.ts';
import { type CompanyOption, companyOptions } from '../core/directory/company-options.ts';
import type { Draft } from '../core/draft.ts';
import { isUuid } from '../core/draft-request.ts';
import { fieldLimitsCharacters } from '../core/field-limits.ts';
import { clip } from '../core/text.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { agoText } from '../ui/ago-text.ts';
import { Combobox, type ComboboxOption } from '../ui/components/combobox.tsx';
import { Field } from '../ui/components/field.tsx';
import { lookupFailureText } from '../ui/lookup-text.ts';
import { type DraftFieldsProps, problemOf } from './draft-fields.ts';
import { type Accounts, useAccounts } from './use-accounts.ts';

const shownIdCharacters = 4;
const shownSourceIdCharacters = 40;

/** The company that the ticket is for: what was chosen is sent, what is only typed is not. */
export function CompanyField({
  draft,
  problems,
  onEdit,
}: Pick<DraftFieldsProps, 'draft' | 'problems' | 'onEdit'>) {
  const typed = draft.company === null ? draft.companyText : '';
  const [isOpen, setOpen] = useState(false);
  const [recent, setRecent] = useState<Company[]>([]);
  // The list opens by a press or a key, so nothing is asked before.
  const accounts = useAccounts(isOpen ? typed : null);
  const offered = companyOptions({ typed, recent, found: accounts.found?.companies ?? [] });

  function opened(isOpenNow: boolean) {
    setOpen(isOpenNow);
    if (!isOpenNow) return;
    void send('people.recent', {}).then(answer => answer.ok && setRecent(answer.value.companies));
  }
  function choose({ id }: ComboboxOption) {
    const company = offered.find(option => idOf(option) === id)?.company;
    if (company) onEdit({ company, companyText: company.name || company.value });
  }

  const problem = problemOf(problems, 'company-not-chosen');
  return (
    // The problem says what the hint says, and what else can be done.
    <Field label={text('peopleCompany')} problem={problem} hint={problem ? undefined : sentHint(draft)}>
      {control => (
        <Combobox
          control={control}
          value={draft.companyText}
          maxLength={fieldLimitsCharacters.companyText}
          listLabel={text('peopleCompanies')}
          options={offered.map(shownOption)}
          note={typed.trim() === '' ? undefined : noteOf(accounts)}
          onInput={companyText => onEdit({ companyText, company: null })}
          onChoose={choose}
          onOpen={opened}
        />
      )}
    </Field>
  );
}

function idOf({ origin, company }: CompanyOption): string {
  return `${origin} ${company.by} ${company.value}`;
}

function shownOption(option: CompanyOption): ComboboxOption {
  const { company, domain, origin } = option;
  const id = idOf(option);
  if (origin === 'typed') {
    return company.by === 'id'
      ? { id, label: text('peopleAsCompanyId') }
      : { id, label: text('peopleAsSourceId', company.value) };
  }
  return { id, label: company.name || company.value, hint: domain || sentAs(company) };
}

/** How old the options are, or why there are none. */
function noteOf({ found, isLooking }: Accounts): string | undefined {
  if (isLooking || !found) return isLooking ? text('peopleLooking') : undefined;
  const { failure } = found;
  if (failure) return failure.kind === 'lookup-replaced' ? undefined : failureNote(found.at, failure);
  return found.companies.length === 0 ? text('peopleNoCompany') : undefined;
}

function failureNote(at: number, failure: NonNullable<AccountsView['failure']>): string {
  const why = lookupFailureText(failure);
  return at === 0 ? text('peopleNotAsked', why) : text('peopleKeptOptions', agoText(at, Date.now()), why);
}

/** What is sent for what stands in the field. */
function sentHint({ company, companyText }: Draft): string {
  const typed = companyText.trim();
  if (company) return text('peopleSent', sentAs(company));
  if (isUuid(typed)) return text('peopleSent', sentAs({ by: 'id', value: typed }));
  return text(typed === '' ? 'peopleCompanyHint' : 'peopleCompanyOpen');
}

function sentAs({ by, value }: Pick<Company, 'by' | 'value'>): string {
  return by === 'id'
    ? text('peopleCompanyId', value.slice(-shownIdCharacters))
    : text('peopleSourceId', clip(value, shownSourceIdCharacters));
}
