import { describe, expect, test } from 'vitest';
import { suggestCustomers } from '../../../../src/core/directory/suggest-customers.ts';

const empty = { body: '', email: '', typed: '' };
const jane = { email: 'jane@example.com', name: 'Jane Doe' };
const noor = { email: 'noor@example.org', name: 'Noor Haddad' };

function suggest(
  draft: Partial<typeof empty>,
  { recent = [jane], found = [], ownEmail = '' } = {} as Partial<{
    recent: (typeof jane)[];
    found: (typeof jane)[];
    ownEmail: string;
  }>,
) {
  return suggestCustomers({ ...empty, ...draft, ownEmail, recent, found });
}

const emails = (people: { email: string }[]) => people.map(({ email }) => email);

describe('who may be meant', () => {
  test('who is named in the text stands before who was a customer, each once', () => {
    const body = '> Write to [Sam](mailto:sam@example.net?subject=Hi) or JANE@example.com, sam@example.net.';
    expect(emails(suggest({ body }, { recent: [noor, jane] }))).toEqual([
      'sam@example.net',
      'JANE@example.com',
      'noor@example.org',
    ]);
  });

  test('a name that is known goes with an address of the text', () => {
    expect(suggest({ body: 'jane@example.com' })).toEqual([jane]);
    expect(suggest({ body: 'noor@example.org' }, { recent: [], found: [noor] })).toEqual([noor]);
  });

  test('what is masked is nobody', () => {
    expect(suggest({ body: 'Ask [email] or [sam](mailto:[email])' }, { recent: [] })).toEqual([]);
  });

  test('the person is no customer', () => {
    const recent = [{ email: 'Me@Example.com', name: '' }];
    expect(suggest({ body: 'me@example.com' }, { recent, ownEmail: ' me@example.com ' })).toEqual([]);
  });

  test('nobody who stands in the field already', () => {
    expect(suggest({ body: 'jane@example.com', email: 'Jane@example.com ' })).toEqual([]);
  });

  test('while something is typed, only who matches it by address or name', () => {
    const people = { recent: [jane, noor], found: [{ email: 'dana@example.com', name: 'Dana Hadley' }] };
    expect(emails(suggest({ typed: 'JAN' }, people))).toEqual(['jane@example.com']);
    expect(emails(suggest({ typed: 'had' }, people))).toEqual(['noor@example.org', 'dana@example.com']);
    expect(suggest({ typed: 'zzz' }, people)).toEqual([]);
  });

  test('at most five', () => {
    const body = Array.from({ length: 9 }, (_, n) => `p${n}@example.com`).join(' ');
    expect(emails(suggest({ body }))).toEqual([0, 1, 2, 3, 4].map(n => `p${n}@example.com`));
  });
});
