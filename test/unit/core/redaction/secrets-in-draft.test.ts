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

describe('maskDraft', () => {
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
