import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../../src/core/draft.ts';
import { fieldLimitsCharacters } from '../../../../src/core/field-limits.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';
import { maskDraft, secretKey, secretsInDraft } from '../../../../src/core/redaction/secrets-in-draft.ts';
import { makePicture } from '../../../support/make-picture.ts';

const draft: Draft = {
  ...emptyDraft('0'.repeat(32), 0),
  title: 'Call 030/1234567',
  body: 'From jane@example.com:\n\n> card 4111 1111 1111 1111\n> [page](https://example.com/?u=JANE%40example.com)\n',
  customerEmail: 'jane@example.com',
  customerName: 'Jane',
  page: {
    page_url: 'https://example.com/u/jane%40example.com#:~:text=jane%40example.com',
    page_title: 'jane@example.com - Mail',
    os: 'linux',
  },
  attachments: [makePicture({ name: 'from joe@example.com.png' })],
};
const jane = secretKey('email', 'jane@example.com');

describe('secretsInDraft', () => {
  test('names what would leave, field by field, and leaves the customer alone', () => {
    expect(secretsInDraft(draft, allRules, []).map(({ field, kind, value }) => [field, kind, value])).toEqual(
      [
        ['title', 'phone', '030/1234567'],
        ['body', 'email', 'jane@example.com'],
        ['body', 'card', '4111 1111 1111 1111'],
        ['body', 'email', 'JANE%40example.com'],
        ['page_url', 'email', 'jane%40example.com'],
        ['page_url', 'email', 'jane%40example.com'],
        ['page_title', 'email', 'jane@example.com'],
        ['picture-name', 'email', 'joe@example.com.png'],
      ],
    );
  });

  test('one secret has one key, however it is written', () => {
    const keys = secretsInDraft(draft, allRules, [])
      .filter(({ value }) => /jane/i.test(value))
      .map(({ key }) => key);
    expect(new Set(keys)).toEqual(new Set([jane]));
    expect(secretKey('phone', '+49 30 1')).toBe(secretKey('phone', '+49-301'));
    expect(secretKey('iban', 'de89 3704')).toBe(secretKey('iban', 'DE893704'));
    expect(secretKey('token', 'abc')).not.toBe(secretKey('token', 'ABC'));
    expect(jane).toMatch(/^email:[0-9a-f]{16}$/);
  });

  test('what is kept is not named again, and a detail that is left out is not named at all', () => {
    const found = secretsInDraft({ ...draft, omittedDetails: ['page_title'] }, allRules, [jane]);
    expect(found.map(({ field }) => field)).toEqual(['title', 'body', 'picture-name']);
  });

  test('a reply sends no title and no page', () => {
    const found = secretsInDraft({ ...draft, kind: 'reply' }, allRules, []);
    expect(new Set(found.map(({ field }) => field))).toEqual(new Set(['body', 'picture-name']));
  });
});

test('what a recipe filled in is looked through as far as it is sent, and masked there', () => {
  const filled: Draft = {
    ...emptyDraft('0'.repeat(32), 0),
    properties: [
      { name: 'note', value: 'ask jane@example.com', isSent: true },
      { name: 'other', value: 'ask joe@example.com', isSent: false },
    ],
  };
  expect(secretsInDraft(filled, allRules, []).map(({ field, key }) => [field, key])).toEqual([
    ['property', jane],
  ]);
  expect(secretsInDraft(filled, allRules, [jane])).toEqual([]);
  expect(secretsInDraft({ ...filled, kind: 'reply' }, allRules, [])).toEqual([]);
  expect(maskDraft(filled, allRules, []).properties).toEqual([
    { name: 'note', value: 'ask [email]', isSent: true },
    filled.properties[1],
  ]);
  expect(maskDraft(filled, allRules, [jane]).properties).toEqual(filled.properties);
});

test('so are the name and the company that it filled in, and not those of the person', () => {
  const fields = {
    customerName: 'Jane, card 4111 1111 1111 1111',
    companyText: 'Acme',
    company: { by: 'source_specific_id' as const, value: 'joe@example.com', name: 'Acme' },
  };
  const typed: Draft = { ...emptyDraft('0'.repeat(32), 0), ...fields };
  const recipe = { id: 'r', name: 'Shop', pageUrl: 'https://shop.example/', fields, properties: [] };
  const filled: Draft = { ...typed, recipe };
  expect(secretsInDraft(filled, allRules, []).map(({ field, kind }) => [field, kind])).toEqual([
    ['property', 'card'],
    ['property', 'email'],
  ]);
  expect(maskDraft(filled, allRules, [])).toMatchObject({
    customerName: 'Jane, card [card ****1111]',
    companyText: '',
    company: null,
  });
  expect(secretsInDraft({ ...filled, kind: 'reply' }, allRules, [])).toEqual([]);
  expect(secretsInDraft(typed, allRules, [])).toEqual([]);
  expect(maskDraft(typed, allRules, [])).toMatchObject(fields);
});

describe('what pictures say', () => {
  const style = { colour: 'red', widthPx: 2 } as const;
  const at = { x: 0, y: 0 };
  const marked = makePicture({
    marksRevision: 4,
    uncovered: { email: 1 },
    marks: [
      { id: 'a', tool: 'text', at, widthPx: 9, letterPx: 9, text: 'ask jane@example.com', style },
      { id: 'b', tool: 'step', at, text: 'call 030/1234567', style },
      { id: 'c', tool: 'step', at, text: 'then wait', style },
    ],
  });
  const address = {
    kind: 'image-url' as const,
    id: 'u',
    url: 'https://example.com/p.png?u=jane%40example.com',
  };
  const said = { ...emptyDraft('0'.repeat(32), 0), attachments: [marked, address] };

  test('is named: texts of marks, and addresses that pictures are loaded from', () => {
    expect(secretsInDraft(said, allRules, []).map(({ field, kind }) => [field, kind])).toEqual([
      ['mark', 'email'],
      ['mark', 'phone'],
      ['image-address', 'email'],
    ]);
  });

  test('is masked and made anew, and what cannot be masked leaves the draft', () => {
    const masked = maskDraft(said, allRules, []);
    expect(masked.attachments).toMatchObject([
      {
        id: marked.id,
        marksRevision: 5,
        marks: [{ text: 'ask [email]' }, { text: 'call [phone]' }, { text: 'then wait' }],
      },
    ]);
    expect(secretsInDraft(masked, allRules, [])).toEqual([]);
    expect(maskDraft(masked, allRules, [])).toEqual(masked);
    expect(maskDraft(said, allRules, [jane]).attachments[1]).toEqual(address);
  });
});

describe('maskDraft', () => {
  test('leaves nothing to ask about in any address, one with a link to a passage too', () => {
    const secret = fc.constantFrom(
      'jane@example.com',
      'jane',
      '@example.com',
      '+49 30 1234567',
      '030',
      '4111 1111',
      'token=abcd1234efgh5678',
      'password=a1b2c3d4',
      'Bearer abc123def456ghi789',
      'falcon',
    );
    const written = fc
      .tuple(secret, fc.boolean())
      .map(([text, isEncoded]) => (isEncoded ? encodeURIComponent(text) : text.replaceAll(' ', '+')));
    const part = fc.oneof(written, fc.webSegment());
    const joint = fc.constantFrom(
      ':~:text=',
      '#:~:text=',
      ',',
      '&text=',
      '&',
      '-,',
      '/',
      '?q=',
      '=',
      '#',
      ':',
    );
    const rules = { ...allRules, ownPatterns: ['falcon'] };
    fc.assert(
      fc.property(part, fc.array(fc.tuple(joint, part), { maxLength: 6 }), (first, rest) => {
        const page_url = `https://example.com/${first}#:~:text=${rest.flat().join('')}`;
        const one = { ...emptyDraft('0'.repeat(32), 0), page: { page_url } };
        const masked = maskDraft(one, rules, []);
        expect(secretsInDraft(masked, rules, [])).toEqual([]);
        expect(URL.canParse(masked.page.page_url ?? '')).toBe(true);
        const keys = secretsInDraft(one, rules, []).map(({ key }) => key);
        const left = secretsInDraft(maskDraft(one, rules, [], keys), rules, []);
        expect(left.filter(({ key }) => keys.includes(key))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('masks all that was found, and nothing is found then', () => {
    const masked = maskDraft(draft, allRules, []);
    expect(masked).toMatchObject({
      title: 'Call [phone]',
      body: 'From [email]:\n\n> card [card ****1111]\n> [page](https://example.com/?u=[email])\n',
      customerEmail: 'jane@example.com',
      page: { page_url: 'https://example.com/u/%5Bemail%5D', page_title: '[email] - Mail', os: 'linux' },
      attachments: [{ name: 'from [email]' }],
    });
    expect(secretsInDraft(masked, allRules, [])).toEqual([]);
    expect(maskDraft(masked, allRules, [])).toEqual(masked);
  });

  test('leaves what is kept, and masks only what it is told', () => {
    expect(maskDraft(draft, allRules, [jane]).body).toContain('From jane@example.com');
    const only = maskDraft(draft, allRules, [], [jane]);
    expect(only.title).toBe(draft.title);
    expect(only.body).toContain('From [email]:\n\n> card 4111');
    expect(only.page.page_url).toBe('https://example.com/u/%5Bemail%5D');
  });

  test('stays within the limits of the fields, though masks may be longer', () => {
    const title = 'pwd=a1b '.repeat(200).slice(0, fieldLimitsCharacters.title);
    const masked = maskDraft({ ...draft, title }, allRules, []);
    expect(masked.title.length).toBeLessThanOrEqual(fieldLimitsCharacters.title);
    expect(masked.title).not.toContain('a1b');
  });
});
