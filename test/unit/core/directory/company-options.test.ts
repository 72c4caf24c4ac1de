import { expect, test } from 'vitest';
import { companyOptions } from '../../../../src/core/directory/company-options.ts';

const uuid = '00000000-0000-7000-8002-000000000001';
const acorn = { id: uuid, name: 'Acorn Freight', domain: 'acorn.example.org' };
const acornAgain = { by: 'id', value: uuid, name: 'Acorn Freight' } as const;
const crm = { by: 'source_specific_id', value: 'crm-7', name: 'Harbor Foods' } as const;

const names = (options: ReturnType<typeof companyOptions>) =>
  options.map(({ origin, company }) => `${origin} ${company.by} ${company.value}`);

test('with an empty field the companies of the last tickets are offered, and nothing else', () => {
  expect(names(companyOptions({ typed: '  ', recent: [crm, acornAgain], found: [] }))).toEqual([
    'recent source_specific_id crm-7',
    `recent id ${uuid}`,
  ]);
});

test('what is found is offered once, and what is typed comes last, as the id of the organisation', () => {
  const options = companyOptions({ typed: ' aco ', recent: [crm, acornAgain], found: [acorn] });
  expect(names(options)).toEqual([`found id ${uuid}`, 'typed source_specific_id aco']);
  expect(options[0]).toMatchObject({ domain: 'acorn.example.org', company: acornAgain });
});

test('a recent company is found by its id too', () => {
  expect(names(companyOptions({ typed: 'CRM', recent: [crm], found: [] }))).toEqual([
    'recent source_specific_id crm-7',
    'typed source_specific_id CRM',
  ]);
});

test('a UUID can be taken as the id of Assembly', () => {
  expect(names(companyOptions({ typed: uuid.toUpperCase(), recent: [], found: [] }))).toEqual([
    `typed id ${uuid}`,
    `typed source_specific_id ${uuid.toUpperCase()}`,
  ]);
});

test('the one of the very name comes first', () => {
  const found = ['Acorn Freight East', 'acorn freight'].map((name, n) => ({ ...acorn, id: `${n}`, name }));
  const options = companyOptions({ typed: 'Acorn Freight', recent: [], found });
  expect(options.map(({ company }) => company.value)).toEqual(['1', '0', 'Acorn Freight']);
});
