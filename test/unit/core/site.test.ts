import { describe, expect, test } from 'vitest';
import { firstForSite, isOnSite, parseSite, sitesFromText } from '../../../src/core/site.ts';

const on = (typed: string, ...urls: string[]) => urls.map(url => isOnSite(url, typed));

describe('a host', () => {
  test('is met on either scheme, any port and any path, and nowhere else', () => {
    expect(
      on(
        'support.example.com',
        'https://support.example.com/',
        'http://support.example.com/a?b#c',
        'https://support.example.com:8443/',
        'https://SUPPORT.example.com./',
      ),
    ).toEqual([true, true, true, true]);
    expect(
      on(
        'support.example.com',
        'https://example.com/',
        'https://a.support.example.com/',
        'https://support.example.com.evil.test/',
        'https://evil-support.example.com/',
        'https://support.example.com@evil.test/',
        'https://evil.test/support.example.com',
        'ftp://support.example.com/',
        'file:///support.example.com',
        'javascript:support.example.com',
        'support.example.com',
        '',
      ),
    ).toEqual(Array(11).fill(false));
  });

  test('a star takes it and all below it', () => {
    expect(
      on('*.example.com', 'https://example.com/', 'https://a.example.com/', 'https://a.b.example.com/'),
    ).toEqual([true, true, true]);
    expect(
      on(
        '*.example.com',
        'https://notexample.com/',
        'https://example.com.evil.test/',
        'https://a.example.org/',
      ),
    ).toEqual([false, false, false]);
  });

  test('is one in each of its writings', () => {
    expect(on('bücher.example', 'https://xn--bcher-kva.example/x', 'https://BÜCHER.example/')).toEqual([
      true,
      true,
    ]);
    expect(on('xn--bcher-kva.example', 'https://bücher.example/')).toEqual([true]);
    // The second letter is Cyrillic.
    expect(on('apple.example', 'https://аpple.example/')).toEqual([false]);
    expect(on('example.com.', 'https://example.com/')).toEqual([true]);
    expect(on('[::1]', 'http://[::1]:3000/', 'http://[0:0:0:0:0:0:0:1]/', 'http://[::2]/')).toEqual([
      true,
      true,
      false,
    ]);
    expect(on('127.0.0.1', 'http://2130706433/')).toEqual([true]);
  });
});

test('a port is that port, and the one of the scheme where the address has none', () => {
  expect(
    on('127.0.0.1:8080', 'http://127.0.0.1:8080/', 'http://127.0.0.1/', 'http://127.0.0.1:80801/'),
  ).toEqual([true, false, false]);
  expect(on('example.com:443', 'https://example.com/', 'http://example.com/')).toEqual([true, false]);
  expect(on('example.com:80', 'http://example.com/', 'https://example.com/')).toEqual([true, false]);
  expect(on('[::1]:3000', 'http://[::1]:3000/', 'http://[::1]/')).toEqual([true, false]);
});

test('a path is that path and what is below it', () => {
  expect(
    on(
      'app.example.com/orders',
      'https://app.example.com/orders',
      'https://app.example.com/orders/1?x',
      'https://app.example.com/orders?x=1',
      'https://app.example.com/ordersold',
      'https://app.example.com/',
      'https://app.example.com/a/../orders/2',
    ),
  ).toEqual([true, true, true, false, false, true]);
  expect(on('app.example.com/a b', 'https://app.example.com/a%20b')).toEqual([false]);
  expect(on('app.example.com/a%20b/', 'https://app.example.com/a b/c')).toEqual([true]);
});

describe('what is typed', () => {
  test.each([
    [' https://Example.com/Orders/?page=1#top ', { host: 'example.com', path: '/Orders' }],
    ['http://example.com', { host: 'example.com', path: '' }],
    ['*.example.com:8080/a', { host: 'example.com', hasSubdomains: true, port: 8080, path: '/a' }],
    ['*.ibm.uk', { host: 'ibm.uk', hasSubdomains: true }],
    ['*.shop.co.uk', { host: 'shop.co.uk', hasSubdomains: true }],
    ['*.co.com', { host: 'co.com', hasSubdomains: true }],
    ['co.uk', { host: 'co.uk', hasSubdomains: false }],
    ['localhost:3000', { host: 'localhost', port: 3000 }],
  ])('%j is read', (typed, expected) => {
    expect(parseSite(typed)).toMatchObject(expected);
  });

  test.each([
    '',
    ' ',
    '*',
    '*.',
    '*.com',
    '*.co.uk',
    '*.COM.au/orders',
    'https://*.ac.jp:8080',
    '*.localhost',
    '*.127.0.0.1',
    '*.[::1]',
    'a*.example.com',
    'user@example.com',
    'user:pass@example.com',
    'ftp://example.com',
    'chrome://settings',
    'exa mple.com',
    'example.com:99999',
    'example.com:',
    '[::1',
    'a\\b.example',
    '.',
    `${'a'.repeat(400)}.example`,
  ])('%j names no site', typed => {
    expect(parseSite(typed)).toBeNull();
  });

  test('is one site a line, and wrong lines are told', () => {
    expect(sitesFromText('example.com\n\n example.com \n*.com\nb.example/x')).toEqual({
      sites: ['example.com', 'b.example/x'],
      wrong: ['*.com'],
    });
  });

  test('more than 50 are not taken, and that is told', () => {
    const lines = Array.from({ length: 52 }, (_, index) => `s${index}.example`);
    expect(sitesFromText(lines.join('\n'))).toEqual({ sites: lines.slice(0, 50), wrong: lines.slice(50) });
  });
});

test('the first of a list wins, and a page without an address has none', () => {
  const items = [{ sites: ['a.example'] }, { sites: ['b.example', 'c.example'] }, { sites: ['c.example'] }];
  expect(firstForSite(items, 'https://c.example/')).toBe(items[1]);
  expect(firstForSite(items, 'https://d.example/')).toBeNull();
  expect(firstForSite(items, null)).toBeNull();
  expect(firstForSite([{ sites: [] }], 'https://d.example/')).toBeNull();
});
