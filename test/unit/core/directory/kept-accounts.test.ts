import { expect, test } from 'vitest';
import { searchKept } from '../../../../src/core/directory/kept-accounts.ts';

const acorn = { id: '1', name: 'Acorn Freight', domain: 'acorn.example.org' };
const oak = { id: '2', name: 'Oakley', domain: 'oak.example.org' };
const noor = { email: 'noor@acorn.example.org', name: 'Noor' };

test('what earlier answers hold of a name is found, each once, as old as the oldest that gave something', () => {
  const kept = [
    { accounts: { companies: [oak], customers: [noor] }, at: 10 },
    { accounts: { companies: [acorn, oak], customers: [noor] }, at: 20 },
    { accounts: { companies: [{ ...acorn, name: 'Acorn, before' }], customers: [] }, at: 5 },
  ];
  expect(searchKept(kept, 'ACORN')).toEqual({
    accounts: { companies: [acorn], customers: [noor] },
    at: 20,
  });
  expect(searchKept(kept, 'oak')).toEqual({ accounts: { companies: [oak], customers: [] }, at: 20 });
});

test('a customer of an older answer makes the whole as old as that', () => {
  const kept = [
    { accounts: { companies: [acorn], customers: [] }, at: 20 },
    { accounts: { companies: [], customers: [noor] }, at: 10 },
  ];
  expect(searchKept(kept, 'acorn')?.at).toBe(10);
});

test('nothing is found by a name that none of them holds', () => {
  expect(searchKept([{ accounts: { companies: [acorn], customers: [noor] }, at: 1 }], 'zzz')).toBeNull();
  expect(searchKept([], 'acorn')).toBeNull();
});

test('at most twenty of each', () => {
  const companies = Array.from({ length: 15 }, (_, n) => ({ ...acorn, id: `a${n}` }));
  const others = companies.map(({ id }) => ({ ...acorn, id: `b${id}` }));
  const kept = [companies, others].map((each, at) => ({ accounts: { companies: each, customers: [] }, at }));
  expect(searchKept(kept, 'acorn')?.accounts.companies).toHaveLength(20);
});
