import { describe, expect, test } from 'vitest';
import { accountsFromAnswer, agentFromAnswer, contactFromAnswer } from '../../../src/contract/directory.ts';

const acorn = { id: 'id-1', name: 'Acorn Freight', domain: 'acorn.example.org' };
const noor = { id: 'id-2', name: 'Noor Haddad', domain: 'noor@acorn.example.org' };
const list = (...data: unknown[]) => ({ accounts: { data, has_next_page: false, next_cursor: null } });

describe('accounts', () => {
  test.each([
    ['flat', list({ ...acorn, type: 'Company' }, { ...noor, type: 'Customer' })],
    [
      'wrapped',
      list(
        { account: { ...acorn, account_type: 'Company' } },
        { account: { ...noor, account_type: 'Customer' } },
      ),
    ],
  ])('are read in the %s shape', (_, answer) => {
    expect(accountsFromAnswer(answer)).toEqual({
      companies: [acorn],
      customers: [{ email: 'noor@acorn.example.org', name: 'Noor Haddad' }],
    });
  });

  test('that hold little are read as far as they go', () => {
    const answer = list(
      { id: 'id-1', type: 'Company', domain: 'acorn.example.org' },
      { type: 'Company', name: 'No id' },
      { id: 'id-3', type: 'Company' },
      { type: 'Customer', name: 'No address', domain: 'acorn.example.org' },
      { type: 'Customer', domain: 'a@example.org' },
      null,
      'text',
      { account: null },
    );
    expect(accountsFromAnswer(answer)).toEqual({
      companies: [{ id: 'id-1', name: 'acorn.example.org', domain: 'acorn.example.org' }],
      customers: [{ email: 'a@example.org', name: '' }],
    });
  });

  test.each([null, 'text', {}, { accounts: null }, { accounts: { data: {} } }, { accounts: [] }])(
    'are not in %j',
    answer => expect(accountsFromAnswer(answer)).toBeNull(),
  );

  test('of a hostile server are few, short, on one line, and have ids that are ids', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({ ...acorn, id: `id-${n}`, type: 'Company' }));
    expect(accountsFromAnswer(list(...many))?.companies).toHaveLength(20);
    const people = many.map(({ id }) => ({ type: 'Customer', domain: `${id}@example.org` }));
    expect(accountsFromAnswer(list(...people))?.customers).toHaveLength(20);
    const [company, ...others] =
      accountsFromAnswer(
        list(
          {
            id: 'x',
            type: 'Company',
            name: `a\u202eb\n\u0000c${'d'.repeat(100_000)}`,
            domain: 'e'.repeat(9_999),
          },
          { ...acorn, type: 'Company', id: 'a\nb' },
          { ...acorn, type: 'Company', id: 'x'.repeat(65) },
          { ...acorn, type: 'Company', id: 42 },
          { type: 'Customer', domain: `${'l'.repeat(400)}@example.org` },
        ),
      )?.companies ?? [];
    expect(others).toEqual([]);
    expect(company?.name).toMatch(/^ab cd+…$/);
    expect(company?.name.length).toBeLessThanOrEqual(300);
    expect(company?.domain.length).toBeLessThanOrEqual(253);
  });
});

describe('a contact', () => {
  test.each([
    [{ name: 'Jane Doe' }, 'Jane Doe'],
    [{ first_name: 'Jane', last_name: 'Doe' }, 'Jane Doe'],
    [{ name: null, first_name: 'Jane' }, 'Jane'],
    [{ name: ' Jane\n\u0007Doe\u2066 ' }, 'Jane Doe'],
    [{ id: 'c' }, ''],
  ])('%j is known, with its name', (contact, name) => {
    expect(contactFromAnswer({ contact })).toEqual({ isKnown: true, name });
  });

  test('has a name within the limit', () => {
    expect(contactFromAnswer({ contact: { name: 'n'.repeat(9_000) } })?.name).toHaveLength(200);
  });

  test.each([{}, { contact: null }, { contact: [] }, { contacts: {} }, null])('is not in %j', answer => {
    expect(contactFromAnswer(answer)).toBeNull();
  });
});

describe('an agent', () => {
  test('has a name, or at least one to sign in by', () => {
    const user = { first_name: 'Ada', last_name: 'Moreau', username: 'ada' };
    expect(agentFromAnswer({ user })).toEqual({ isKnown: true, name: 'Ada Moreau' });
    expect(agentFromAnswer({ user: { ...user, first_name: null, last_name: '' } })?.name).toBe('ada');
    expect(agentFromAnswer({ error: 'user not found' })).toBeNull();
  });
});
