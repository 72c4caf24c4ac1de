import { screen, waitFor } from '@testing-library/dom';
import { useState } from 'preact/hooks';
import { beforeEach, expect, test } from 'vitest';
import type { AccountsView } from '../../../src/contract/views.ts';
import { type Draft, type DraftEdits, emptyDraft } from '../../../src/core/draft.ts';
import type { DraftProblem } from '../../../src/core/failure.ts';
import { fail, ok, type Result } from '../../../src/core/result.ts';
import { CompanyField } from '../../../src/popup/company-field.tsx';
import { fakeBrowser } from '../../support/fake-browser.ts';
import { show } from '../../support/show.ts';

const uuid = '00000000-0000-7000-8002-00000000abcd';
const acorn = { id: uuid, name: 'Acorn Freight', domain: 'acorn.example.org' };
const dayMs = 24 * 60 * 60_000;
const chosen = { by: 'id', value: uuid, name: 'Acorn Freight' } as const;

const nothing: AccountsView = { companies: [], customers: [], at: 0, failure: null };
let found: Result<AccountsView>;
beforeEach(() => {
  found = ok({ ...nothing, companies: [acorn] });
  fakeBrowser.onMessage({
    'people.recent': () => ok({ customers: [], companies: [] }),
    'accounts.find': () => found,
  });
});

function showField(draft: Partial<Draft> = {}, problems: DraftProblem[] = []) {
  const edits: DraftEdits[] = [];
  function Held() {
    const [held, setHeld] = useState<Draft>({ ...emptyDraft('d', 0), ...draft });
    const onEdit = (more: DraftEdits) => {
      edits.push(more);
      setHeld(before => ({ ...before, ...more }));
    };
    return <CompanyField draft={held} problems={problems} onEdit={onEdit} />;
  }
  return { ...show(<Held />), edits };
}

const company = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Company' });
const options = () => screen.queryAllByRole('option').map(({ textContent }) => textContent);
const asked = () => fakeBrowser.sent.filter(({ name }) => name === 'accounts.find').map(({ input }) => input);
const described = () => {
  const ids = company().getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map(id => document.getElementById(id)?.textContent).join(' ');
};

test('a company is found by what is typed, asked about once, and chosen by one edit', async () => {
  const { user, edits } = showField();
  await user.type(company(), 'Acorn');
  await waitFor(() =>
    expect(options()).toEqual(['Acorn Freightacorn.example.org', 'Use “Acorn” as a source ID']),
  );
  expect(asked()).toEqual([{ name: 'Acorn' }]);
  expect(described()).toBe('Not chosen yet: choose one from the list.');
  edits.length = 0;
  await user.click(screen.getByRole('option', { name: /^Acorn Freight/ }));
  expect(edits).toEqual([{ company: chosen, companyText: 'Acorn Freight' }]);
  expect(described()).toBe('Sent as company ID …abcd.');
});

test('typing on takes the choice back', async () => {
  const { user, edits } = showField({ company: chosen, companyText: 'Acorn Freight' });
  await user.type(company(), 's');
  expect(edits).toEqual([{ company: null, companyText: 'Acorn Freights' }]);
});

test('what is typed can be the id that the organisation gave it', async () => {
  found = ok(nothing);
  const { user } = showField();
  await user.type(company(), 'crm-7');
  await user.click(await screen.findByRole('option', { name: 'Use “crm-7” as a source ID' }));
  expect(company().value).toBe('crm-7');
  expect(described()).toBe('Sent as source ID crm-7.');
});

test('a UUID is sent as it is, and can be chosen as either id', async () => {
  found = ok(nothing);
  const { user, edits } = showField();
  await user.type(company(), uuid);
  expect(described()).toBe('Sent as company ID …abcd.');
  expect(options()).toEqual(['Use it as a company ID', `Use “${uuid}” as a source ID`]);
  await user.click(screen.getByRole('option', { name: 'Use it as a company ID' }));
  expect(edits.at(-1)).toEqual({ company: { by: 'id', value: uuid, name: uuid }, companyText: uuid });
});

test('the empty field offers the companies of the last tickets, and asks nothing', async () => {
  fakeBrowser.onMessage({ 'people.recent': () => ok({ customers: [], companies: [chosen] }) });
  const { user } = showField();
  expect(fakeBrowser.sent).toEqual([]);
  await user.click(company());
  await waitFor(() => expect(options()).toEqual(['Acorn Freightcompany ID …abcd']));
  expect(asked()).toEqual([]);
});

test('a name that a recipe filled in is looked for as the list opens, and not chosen by itself', async () => {
  const { user, edits } = showField({ companyText: 'Acorn Freight' });
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(asked()).toEqual([]);
  await user.click(company());
  await waitFor(() => expect(options()[0]).toBe('Acorn Freightacorn.example.org'));
  expect(asked()).toEqual([{ name: 'Acorn Freight' }]);
  expect(edits).toEqual([]);
});

const offline = { kind: 'offline' } as const;
test.each<[string, Result<AccountsView>, string]>([
  [
    'old options have their age',
    ok({ ...nothing, companies: [acorn], at: Date.now() - 3 * dayMs, failure: offline }),
    'As of 3 days ago: this computer is offline.',
  ],
  [
    'nothing is kept',
    ok({ ...nothing, failure: { kind: 'server-error', status: 503, detail: 'x' } }),
    'Could not be asked: Assembly has a problem (503).',
  ],
  ['nothing is found', ok(nothing), 'Assembly knows no company of this name.'],
  [
    'the worker fails',
    fail({ kind: 'storage-unavailable' }),
    'Could not be asked: The browser’s storage cannot be opened. Restart the browser and try again.',
  ],
])('%s, in words below the list', async (_, answer, words) => {
  found = answer;
  const { user } = showField();
  await user.type(company(), 'Acorn');
  await waitFor(() => expect(document.querySelector('.combobox-note')?.textContent).toBe(words));
});

test('that nothing was chosen is told beside it', () => {
  showField({ companyText: 'Acorn' }, ['company-not-chosen']);
  expect(described()).toContain('Choose a company from the list, or empty the field.');
  expect(company().getAttribute('aria-invalid')).toBe('true');
});
