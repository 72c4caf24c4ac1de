import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../../../src/core/redaction/find-secrets.ts';
import { maskText } from '../../../../src/core/redaction/mask.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';
import type { SecretKind } from '../../../../src/core/redaction/secret-kind.ts';
import { fakeKeys } from '../../../support/fake-secrets.ts';

const rules = {
  ...allRules,
  ownPatterns: ['Project Falcon', 'ACME-####', 'cust_*', '*.internal', '株式会社山田'],
};

function found(text: string): [SecretKind, string][] {
  return findSecrets(text, rules).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
}

describe.each<[SecretKind, [text: string, value: string][]]>([
  [
    'email',
    [
      ['mail jane.doe@example.com.', 'jane.doe@example.com'],
      ["<Jane.O'Brien+tag@mail.example.co.uk>", "Jane.O'Brien+tag@mail.example.co.uk"],
      ['mailto:jane%40example.com?subject=x', 'jane%40example.com'],
      ['?next=%2Fu%3Fm%3Djane%2540example.com&x', 'jane%2540example.com'],
      ['"jane doe"@example.com', '"jane doe"@example.com'],
      ['用户 ünal@bücher.example', 'ünal@bücher.example'],
      ['jane@例え.テスト', 'jane@例え.テスト'],
      ['jane@xn--bcher-kva.xn--p1ai', 'jane@xn--bcher-kva.xn--p1ai'],
      ['admin@[192.168.0.1]', 'admin@[192.168.0.1]'],
      ['**jane@example.com**', 'jane@example.com'],
      ['jane＠example．com', 'jane＠example．com'],
      ['jane@exam\u00adple.com', 'jane@exam\u00adple.com'],
      ['jane@example.com-Copy', 'jane@example.com'],
      ['a=jane@example.com&b', 'jane@example.com'],
    ],
  ],
  [
    'phone',
    [
      ['+49 30 1234567', '+49 30 1234567'],
      ['+1 (555) 010-9999.', '+1 (555) 010-9999'],
      ['+44.20.7946.0958', '+44.20.7946.0958'],
      ['+4915112345678', '+4915112345678'],
      ['(+33) 1 23 45 67 89', '(+33) 1 23 45 67 89'],
      ['phone=%2B49%2030%20123456', '%2B49%2030%20123456'],
      ['0049 30 123456', '0049 30 123456'],
      ['(555) 010-9999', '(555) 010-9999'],
      ['555-010-9999 x12', '555-010-9999 x12'],
      ['1-800-555-0199', '1-800-555-0199'],
      ['030/1234567', '030/1234567'],
      ['(0711) 123456', '(0711) 123456'],
      ['01 23 45 67 89', '01 23 45 67 89'],
      ['0171-1234567', '0171-1234567'],
      ['07700900123', '07700900123'],
      ['+49\u00a030\u2011123456', '+49\u00a030\u2011123456'],
      ['٠٣٠ ١٢٣٤٥٦٧', '٠٣٠ ١٢٣٤٥٦٧'],
      ['Tel.: 1234567', '1234567'],
      ['"phone":"4930123456"', '4930123456'],
      ['Room 12 030 1234567', '030 1234567'],
    ],
  ],
  [
    'card',
    [
      ['4111 1111 1111 1111', '4111 1111 1111 1111'],
      ['4111111111111111', '4111111111111111'],
      ['5555-5555-5555-4444', '5555-5555-5555-4444'],
      ['3782 822463 10005', '3782 822463 10005'],
      ['6011.1111.1111.1117', '6011.1111.1111.1117'],
      ['Visa 4111 1111 1111 1111 12/27', '4111 1111 1111 1111'],
      ['4222222222222', '4222222222222'],
      ['2223003122003222', '2223003122003222'],
      ['4111%201111%201111%201111', '4111%201111%201111%201111'],
    ],
  ],
  [
    'iban',
    [
      ['DE89 3704 0044 0532 0130 00', 'DE89 3704 0044 0532 0130 00'],
      ['IBAN:GB82WEST12345698765432.', 'GB82WEST12345698765432'],
      ['IBANfr1420041010050500013m02606', 'fr1420041010050500013m02606'],
      ['NO93-8601-1117-947', 'NO93-8601-1117-947'],
    ],
  ],
  [
    'token',
    [
      ...Object.values(fakeKeys).map((key): [string, string] => [`(${key})`, key]),
      ...Object.values(fakeKeys).map((key): [string, string] => [`x=%22${key}%22`, key]),
      ['Authorization: Bearer abc.DEF-123456~+/=', 'abc.DEF-123456~+/='],
      ['"api_key": "abc12345xyz"', 'abc12345xyz'],
      ["client_secret = 'a1b2c3d4e5'", 'a1b2c3d4e5'],
      ['https://example.com/?token=abc123456&x=1', 'abc123456'],
      ['https://example.com/cb?code=4f3a9c1b7d2e8f60aa', '4f3a9c1b7d2e8f60aa'],
      ['x-api-key: 9d8f7a6b5c4d', '9d8f7a6b5c4d'],
      ['| API key | abc12345xyz9 |', 'abc12345xyz9'],
      ['API key abc12345xyz9 Open', 'abc12345xyz9'],
      ['Session-ID: 1234567890abcdef', '1234567890abcdef'],
    ],
  ],
  [
    'password',
    [
      ['password=hunter2', 'hunter2'],
      ['DB_PASSWORD=correct-horse', 'correct-horse'],
      ['| Password | Tr0ub4dor |', 'Tr0ub4dor'],
      ['Password Tr0ub4dor Open', 'Tr0ub4dor'],
      ['**Password:** hunter2', 'hunter2'],
      ['Password: Tr0ub4dor&3', 'Tr0ub4dor&3'],
      ['Passwort: geheim', 'geheim'],
      ['{"password":"two words"}', 'two words'],
      ['?user=x&password=letmein1&y', 'letmein1'],
      ['https://jane:pa55@example.com/', 'jane:pa55'],
    ],
  ],
  [
    'own',
    [
      ['the project falcon team', 'project falcon'],
      ['Project\nFalcon', 'Project\nFalcon'],
      ['see acme-1234.', 'acme-1234'],
      ['id (cust_8fA-1).', 'cust_8fA-1'],
      ['http://db.internal/x', 'http://db.internal'],
      ['私は株式会社山田です', '株式会社山田'],
    ],
  ],
])('%s', (kind, table) => {
  test.each(table)('in %j', (text, value) => {
    expect(found(text)).toEqual([[kind, value]]);
    expect(
      findSecrets(text, { ...rules, kinds: rules.kinds.filter(other => other !== kind) }).map(
        finding => finding.kind,
      ),
    ).not.toContain(kind);
  });
});

test('a private key is found from its first line to its last', () => {
  const key = `-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIBOgIBAAJBAK\nj34GkxFhD90v\n-----END RSA PRIVATE KEY-----`;
  expect(found(`Use\n${key}\nhere`)).toEqual([['token', key]]);
  expect(found(`Use\n${key.slice(0, 50)}`)).toEqual([['token', key.slice(0, 50)]]);
});

test('a secret of AWS is found beside its name only', () => {
  const secret = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
  expect(found(`aws_secret_access_key = ${secret}`)).toEqual([['token', secret]]);
  expect(found(`Secret access key\n${secret}`)).toEqual([['token', secret]]);
  expect(found(`A path: ${secret}`)).toEqual([]);
});

describe('what only looks like a secret', () => {
  test.each([
    'Order 4711-0815 of 2024-01-15 12:30, invoice 2024-000123',
    '01.02.2024 10:30, 1/2/2024, 01-02-2024 - 03-02-2024, 20240115103000',
    '2024-01-15T10:30:00+02:00, UTC+0200, GMT+01:00',
    '192.168.100.200, 10.0.0.1:8080, 2001:db8::1, fe80::1',
    'v1.2.3-beta.4, 11.2.0, Chrome/126.0.6478.127',
    '$1,234,567.89, 1.234.567,89 €, 12 345 678 kr, £0.99',
    '52.520008, 13.404954 and +52.520008 -13.404954',
    '550e8400-e29b-41d4-a716-446655440000',
    'd670460b4b4aece5915caf5c68d12f560a9fe3e4 and 9f86d08',
    'ISBN 978-3-16-148410-0, ISBN 0-306-40615-2',
    '1Z999AA10123456784, 9400 1112 0255 5555 5555 55, JD014600006281230704',
    '4111 1111 1111 1112, 4111111111111112, 378282246310006',
    'DE89 3704 0044 0532 0130 01, GB82WEST12345698765433, XX00 1234',
    '@jane_doe, @jane@example.social, #12345678, user@host, a@b',
    'logo@2x.png, preact@11.2.0, @types/node@20.1.0, git@github.com:a/b.git',
    'Password: required. The password must be long. Password reset. password: ********',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the page shows it like this.
    'password=${DB_PASSWORD} token: null, token=<your-token>, api_key = getKey()',
    'Bearer authentication, basic information1',
    '1700000000000, 1234567890123456789, 0x7ffee4c0, 12345678',
    '1920 x 1080, 3840x2160, 16:9, 10-12 %',
    'Falcon project, Projects Falcons, ACME-12345, xACME-1234, accust_1',
    'https://example.com/?page=12345678&sort=name&code=DE&key=value',
    'sk_this_is_only_a_long_name',
  ])('%s', text => {
    expect(found(text)).toEqual([]);
  });
});

test('the longer of two that overlap is kept whole, and the rest of the other is still covered', () => {
  const text = 'cust_1jane@example.com';
  expect(maskText(text, findSecrets(text, rules))).not.toMatch(/jane|cust/);
});

test('switched off kinds are not found, and own patterns count only when switched on', () => {
  const text = 'jane@example.com ACME-1234';
  expect(findSecrets(text, { ...rules, kinds: [] })).toEqual([]);
  expect(findSecrets(text, { ...rules, kinds: ['own'] }).map(({ kind }) => kind)).toEqual(['own']);
});
