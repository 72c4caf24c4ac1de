import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passesLuhn } from '../../../../src/core/redaction/find-cards.ts';
import { hasRightCheckDigits, ibanLengths } from '../../../../src/core/redaction/find-ibans.ts';
import { findSecrets } from '../../../../src/core/redaction/find-secrets.ts';
import { maskText } from '../../../../src/core/redaction/mask.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';
import { fakeKeys } from '../../../support/fake-secrets.ts';

const rules = { ...allRules, ownPatterns: ['Falcon', 'ACME-####', 'cust_*', '*x*y', 'a*b c*d', '##'] };
const found = (text: string) =>
  findSecrets(text, allRules).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

const charactersOf = (all: string, count: number) =>
  fc.string({ unit: fc.constantFrom(...all), minLength: count, maxLength: count });
const digits = (count: number) => charactersOf('0123456789', count);
const grouped = (text: string, separator: string) => text.replace(/(.{4})(?=.)/g, `$1${separator}`);
const separator = fc.constantFrom('', ' ', '-');

/** A card's digits without the last one: an issuer's first digits and as many as it gives. */
const cardStart = fc
  .constantFrom<[string, number]>(
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['2720', 16],
    ['6011', 16],
    ['65', 16],
    ['3528', 16],
    ['62', 19],
    ['34', 15],
    ['37', 15],
    ['36', 14],
    ['4', 13],
  )
  .chain(([prefix, length]) => digits(length - 1 - prefix.length).map(rest => prefix + rest));

function checkDigit(start: string): number {
  return Array.from('0123456789').findIndex(digit => passesLuhn(start + digit));
}

/** A country, and an account without its check digits. */
const account = fc
  .constantFrom(...ibanLengths)
  .chain(([country, length]) =>
    fc.tuple(fc.constant(country), charactersOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', length - 4)),
  );

function checkDigits(country: string, rest: string): number {
  for (let check = 2; check <= 98; check += 1) {
    if (hasRightCheckDigits(`${country}${String(check).padStart(2, '0')}${rest}`)) return check;
  }
  return -1;
}

describe('cards', () => {
  test('every number with a right check digit is found, and none with a wrong one', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(cardStart, separator, fc.integer({ min: 1, max: 9 }), (start, between, off) => {
        const right = checkDigit(start);
        // The first 16 of 19 digits, apart, may be a card by themselves.
        fc.pre(start.length < 16 || between !== ' ');
        const card = grouped(`${start}${right}`, between);
        expect(found(`Card ${card}, thanks`)).toEqual([['card', card]]);
        const wrong = grouped(`${start}${(right + off) % 10}`, between);
        expect(found(`Card ${wrong}, thanks`).filter(([kind]) => kind === 'card')).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('accounts', () => {
  test('every IBAN with right check digits is found, and none with wrong ones', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(account, separator, fc.integer({ min: 1, max: 96 }), ([country, rest], between, off) => {
        const right = checkDigits(country, rest);
        const iban = (check: number) =>
          grouped(`${country}${String(check).padStart(2, '0')}${rest}`, between);
        expect(found(`To ${iban(right)}, please`)).toEqual([['iban', iban(right)]]);
        const wrong = ((right - 2 + off) % 97) + 2;
        // Behind a separator the rest may happen to begin with an account of its own.
        expect(found(`To ${iban(wrong)}, please`)).not.toContainEqual(['iban', iban(wrong)]);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Pieces of secrets, masks and what stands around them, so that most texts nearly hold one. */
const piece = fc.oneof(
  fc.constantFrom(
    ...Object.values(fakeKeys),
    ...'@ . + - / : = & ? # % * ( ) [ ] " \' , ; _ \n'.split(' '),
    ' ',
    '  ',
    'jane',
    'example.com',
    'jane@example.com',
    '%40',
    '%2B',
    '%20',
    '%25',
    '4111 1111 1111 1111',
    '4111111111111111',
    'DE89 3704 0044 0532 0130 00',
    '+49 30 123456',
    '030 1234567',
    'Tel: ',
    'password',
    'token',
    'Bearer ',
    'https://',
    'api_key: ',
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    'aws secret ',
    'wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY',
    '[email]',
    '[phone]',
    '[card ****1111]',
    '[IBAN ****00]',
    '[token]',
    '[redacted]',
    '%5Bemail%5D',
    'falcon',
    'acme-1234',
    'cust_',
    'x',
    'y',
    '\u00ad',
    '\u200b',
    '\u00a0',
    '\ue000',
    '😀',
    '\ud800',
    '٣',
    '＠',
    'İ',
  ),
  digits(3),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 14 }).map(pieces => pieces.join(''));

describe('findings in any text', () => {
  test('are in order, apart, inside the text and not empty', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(text, value => {
        let before = 0;
        for (const { start, end } of findSecrets(value, rules)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(value.length);
      }),
      { numRuns: 5_000 },
    );
  });

  test('are gone when they are masked, and masks are not found', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(text, value => {
        const masked = maskText(value, findSecrets(value, rules));
        expect(findSecrets(masked, rules)).toEqual([]);
      }),
      { numRuns: 8_000 },
    );
  });
});

describe('time', () => {
  const sizeCharacters = 100_000;
  const filled = (unit: string) =>
    unit.repeat(Math.ceil(sizeCharacters / Math.max(1, unit.length))).slice(0, sizeCharacters);

  test.each([
    'a',
    '1',
    '1 ',
    '12-',
    '+1',
    '@',
    'a@',
    'a.',
    'a@b.',
    'a@b.c',
    'eyJ',
    'eyJaaaaaaaa.',
    'sk_',
    '-eyJaaaaaaaa',
    '%40',
    '%',
    '%2',
    '%25',
    'password=',
    'token:',
    'token: a1',
    'password',
    '"',
    '?a=',
    '?token=',
    'Bearer ',
    '://',
    '://a:',
    '://a:b',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\ue000',
    '-----END ',
    'DE89 ',
    'DE89',
    'A',
    'AKIA',
    '4111 ',
    '4111',
    '0',
    '(',
    '(0',
    ' ',
    '\n',
    '\u00ad',
    '\u200b1',
    'İ',
    '１',
    '[email]',
    'cust_',
    'x',
    'xy',
    'ab c',
    'AAAAaaaa0000++++////AAAAaaaa0000++++////',
    'xoxb-',
    'hooks.slack.com/services/',
    'jane@example.com ',
    '+49 30 123456 ',
  ])('grows no faster than the text: %j over and over', unit => {
    cpuMsOf(filled(unit).slice(0, 5_000));
    expect(cpuMsOf(filled(unit))).toBeLessThan(1_500);
  });

  test('texts of 100 kB, made of pieces in any order, are gone through', { timeout: 120_000 }, () => {
    const count = Number(process.env['REDACTION_TEXTS'] ?? 150);
    const samples = fc.sample(fc.array(piece, { minLength: 1, maxLength: 6 }), { numRuns: count, seed: 4 });
    let slowestMs = 0;
    let slowest = '';
    for (const parts of samples) {
      const value = filled(parts.join('') || ' ');
      const tookMs = cpuMsOf(value);
      if (tookMs > slowestMs) [slowestMs, slowest] = [tookMs, parts.join('')];
    }
    expect(slowestMs, JSON.stringify(slowest)).toBeLessThan(3_000);
  });
});

/** The work of this process alone: other work on the machine must not fail a test of ours. */
function cpuMsOf(value: string): number {
  const before = process.cpuUsage();
  findSecrets(value, rules);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
