import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../../../src/core/redaction/find-secrets.ts';
import { maskAddress } from '../../../../src/core/redaction/mask-address.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';

const rules = { ...allRules, ownPatterns: ['falcon'] };

describe('maskAddress', () => {
  test.each([
    ['https://example.com/a/jane%40example.com?x=1', 'https://example.com/a/%5Bemail%5D?x=1'],
    ['https://example.com/?phone=%2B49+30+123456', 'https://example.com/?phone=%5Bphone%5D'],
    ['https://example.com/?q=4111+1111+1111+1111#x', 'https://example.com/?q=%5Bcard%20****1111%5D#x'],
    ['https://example.com/?token=abcd1234efgh', 'https://example.com/?token=%5Btoken%5D'],
    ['https://jane:pa55@example.com/a', 'https://example.com/a'],
    ['https://falcon.example.com/falcon/1', 'https://redacted.example.com/%5Bredacted%5D/1'],
    ['https://example.com/#/users/jane@example.com', 'https://example.com/#/users/%5Bemail%5D'],
    ['https://example.com/a#:~:text=mail%20jane%40example.com', 'https://example.com/a'],
    ['https://example.com/a#b:~:text=call%20030,1234567%20now', 'https://example.com/a#b'],
    ['mailto:jane@example.com?subject=x', 'mailto:%5Bemail%5D?subject=x'],
  ])('makes of %s %s', (url, masked) => {
    expect(maskAddress(url, rules)).toBe(masked);
  });

  test.each([
    'https://example.com/a/b%20c?x=1&y=%C3%BC#:~:text=a%20passage',
    'https://example.com/?page=2024-01-15&id=550e8400-e29b-41d4-a716-446655440000',
    'file:report.pdf',
    'chrome://extensions',
    '',
  ])('leaves %s as it is', url => {
    expect(maskAddress(url, rules)).toBe(url);
  });

  test('leaves what the person keeps', () => {
    const url = 'https://example.com/?a=jane%40example.com&b=joe%40example.com';
    const isMasked = (_finding: unknown, value: string) => !value.includes('jane');
    expect(maskAddress(url, rules, isMasked)).toBe('https://example.com/?a=jane%40example.com&b=%5Bemail%5D');
  });

  test('any address stays one, and holds no secret any more', { timeout: 60_000 }, () => {
    const secret = fc.constantFrom(
      'jane@example.com',
      '+49 30 1234567',
      '4111 1111 1111 1111',
      'DE89 3704 0044 0532 0130 00',
      'falcon',
    );
    const written = fc
      .tuple(secret, fc.boolean())
      .map(([text, isForm]) =>
        isForm ? encodeURIComponent(text).replaceAll('%20', '+') : encodeURIComponent(text),
      );
    const part = fc.oneof(fc.webSegment(), written);
    fc.assert(
      fc.property(fc.webUrl(), part, part, part, (url, one, other, third) => {
        const base = url.split(/[?#]/)[0];
        const address = `${base}/${one}?q=${other}&page=1#${third}`;
        const masked = maskAddress(address, rules);
        expect(URL.canParse(masked)).toBe(true);
        expect(new URL(masked).searchParams.get('page')).toBe('1');
        expect(findSecrets(masked, rules)).toEqual([]);
        expect(decodeURIComponent(masked.replaceAll('+', ' ')).replace(/%/g, '')).not.toMatch(
          /jane@|30 1234567|4111 1111|0532 0130|falcon/i,
        );
        expect(maskAddress(masked, rules)).toBe(masked);
      }),
      { numRuns: 500 },
    );
  });
});
