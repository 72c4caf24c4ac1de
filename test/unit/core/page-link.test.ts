import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPageUrl, passageLink } from '../../../src/core/page-link.ts';

const fakeJwt = 'eyJmYWtlIjoidHJ1ZSJ9.eyJmYWtlIjoidHJ1ZSJ9.ZmFrZS1zaWduYXR1cmU';
const hex = '0123456789abcdef0123456789abcdef';
const base64 = 'f4KeF4kE0bAsE64uRl_vAlUe-9xY7zW3qQ';

describe('cleanPageUrl', () => {
  it.each([
    ['an ordinary address', 'https://shop.example/a/b?q=x%20y&page=2#part', undefined],
    ['a route in the fragment', 'https://app.example/#/orders/1', undefined],
    ['a route with its own query', 'https://app.example/#/orders?status=open', undefined],
    ['a section', 'https://docs.example/guide#access', undefined],
    [
      'names that only contain a secret word',
      'https://x.example/?author=1&keyword=2&design=3&monkey=4',
      undefined,
    ],
    ['a record id', 'https://x.example/?id=550e8400-e29b-41d4-a716-446655440000', undefined],
    [
      'a long readable value',
      'https://x.example/?title=how-to-write-a-really-long-article-title-2024',
      undefined,
    ],
    ['a parameter without a value', 'https://x.example/?debug', undefined],
    ['an international address', 'https://x.example/%E6%97%A5%E6%9C%AC?q=%C3%A9', undefined],
    ['a port', 'http://localhost:8080/admin', undefined],
    ['a browser page', 'chrome://version', undefined],
    ['a browser page in full', 'chrome://version/', 'chrome://version'],
  ])('keeps %s', (_what, url, expected) => {
    expect(cleanPageUrl(url)).toBe(expected ?? url);
  });

  it.each([
    ['credentials', 'https://me:hunter2@x.example/a', 'https://x.example/a'],
    ['tracking', 'https://x.example/a?utm_source=1&q=2&gclid=3&fbclid=4&mc_eid=5', 'https://x.example/a?q=2'],
    ['all of a query', 'https://x.example/a?utm_source=1', 'https://x.example/a'],
    [
      'secret names',
      'https://x.example/?a=1&token=t&api_key=k&sig=s&auth=a&sid=d&code=c&password=p&access_x=x&X-Amz-Date=1&sessionToken=1&otp=1',
      'https://x.example/?a=1',
    ],
    ['an encoded secret name', 'https://x.example/?a=1&%74oken=t', 'https://x.example/?a=1'],
    ['a JSON web token under any name', `https://x.example/?v=${fakeJwt}`, 'https://x.example/'],
    ['a long hex value', `https://x.example/?v=${hex}&b=1`, 'https://x.example/?b=1'],
    ['a secret in place of a name', `https://x.example/?${hex}=1&${hex}`, 'https://x.example/'],
    ['a long base64 value', `https://x.example/?v=${base64}`, 'https://x.example/'],
    [
      'an address with a secret inside',
      'https://x.example/?next=https%3A%2F%2Fy.example%2F%3Ftoken%3Dt&b=1',
      'https://x.example/?b=1',
    ],
    [
      'an address with credentials inside',
      'https://x.example/?next=https%3A%2F%2Fa%3Ab%40y.example',
      'https://x.example/',
    ],
    ['a token in the fragment', 'https://x.example/a#access_token=t&state=1', 'https://x.example/a#state=1'],
    ['a token in a route', 'https://x.example/#/orders?token=t&tab=2', 'https://x.example/#/orders?tab=2'],
    ['a fragment that is a secret', `https://x.example/#${base64}`, 'https://x.example/'],
    ['a session id in the path', 'https://x.example/a;jsessionid=12AB/b?c=1', 'https://x.example/a/b?c=1'],
    ['a text directive', 'https://x.example/a#part:~:text=old', 'https://x.example/a#part'],
    ['the folders of a file', 'file:///home/someone/secret/report%201.html?x#y', 'file:report%201.html'],
  ])('removes %s', (_what, url, expected) => {
    expect(cleanPageUrl(url)).toBe(expected);
  });

  it.each([
    'about:blank',
    'data:text/html,hi',
    'blob:https://x.example/1',
    'javascript:alert(1)',
    'view-source:https://a:b@x.example',
    'nonsense',
    '',
  ])('has no address for %j', url => {
    expect(cleanPageUrl(url)).toBeNull();
  });

  it('drops the query, then the fragment, then the path of an address over 2,000 characters', () => {
    const long = 'word-'.repeat(500);
    expect(cleanPageUrl(`https://x.example/a?q=${long}#b`)).toBe('https://x.example/a#b');
    expect(cleanPageUrl(`https://x.example/a#${long}`)).toBe('https://x.example/a');
    expect(cleanPageUrl(`https://x.example/${long}`)).toBe('https://x.example/');
  });

  it.each(['?v=', '#', '#v=', ';v='])('is not held up by megabytes behind %s', mark => {
    const start = performance.now();
    expect(cleanPageUrl(`https://x.example/a${mark}${'eyJ'.repeat(600_000)}`)).toMatch(
      /^https:\/\/x\.example\/a?$/,
    );
    expect(performance.now() - start).toBeLessThan(500);
  });

  const secretName = fc.constantFrom(
    'token',
    'access_token',
    'apiKey',
    'X-Amz-Signature',
    'sessionid',
    'PASSWORD',
    'code',
    'id_token',
  );
  const secretValue = fc.oneof(
    fc.constantFrom(fakeJwt, hex, base64),
    fc
      .uint8Array({ minLength: 32, maxLength: 64 })
      .filter(isRandomLooking)
      .map(bytes => Buffer.from(bytes).toString('hex')),
  );
  const innocent = fc.tuple(
    fc.constantFrom('q', 'page', 'tab'),
    fc
      .string()
      .map(text => encodeURIComponent(text.toWellFormed()))
      .filter(Boolean),
  );

  it('never leaves a secret value, wherever it stands', () => {
    fc.assert(
      fc.property(
        secretValue,
        fc.array(innocent, { maxLength: 3 }),
        fc.nat(3),
        fc.constantFrom('?', '#', '#/route?', '#?'),
        (secret, others, place, mark) => {
          const pairs = others.map(([name, value]) => `${name}=${value}`);
          pairs.splice(place, 0, `v=${secret}`);
          expect(cleanPageUrl(`https://x.example/a${mark}${pairs.join('&')}`)).not.toContain(secret);
        },
      ),
    );
  });

  it('never leaves what a secret name holds, however short, encoded up to three times', () => {
    fc.assert(
      fc.property(
        secretName,
        fc.nat(2),
        fc.constantFrom('?', '#', '?a=1&', '#a=1&', '?a=1;'),
        (name, encodings, mark) => {
          const pair = `${name}=hush`;
          let value = pair;
          for (let count = 0; count < encodings; count += 1) value = encodeURIComponent(value);
          expect(cleanPageUrl(`https://x.example/${mark}${value}`)).not.toContain('hush');
        },
      ),
    );
  });

  it('never leaves user and password', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]{5,12}$/),
        fc.webUrl({ withQueryParameters: true }),
        (user, url) => {
          fc.pre(!url.includes(user));
          const cleaned = cleanPageUrl(url.replace('://', `://${user}:${user}@`));
          expect(cleaned).not.toBeNull();
          expect(cleaned).not.toContain(user);
        },
      ),
    );
  });

  it('answers null or an address of at most 2,000 characters, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl({ withFragments: true, withQueryParameters: true }),
        ),
        url => {
          const cleaned = cleanPageUrl(url);
          if (cleaned !== null) expect(cleaned.length).toBeLessThanOrEqual(2_000);
        },
      ),
    );
  });
});

describe('passageLink', () => {
  it('puts the directive behind the address', () => {
    expect(passageLink('https://u:p@x.example/a?token=1', 'text=a%20b,c')).toBe(
      'https://x.example/a#:~:text=a%20b,c',
    );
  });

  it('puts the directive behind a fragment', () => {
    expect(passageLink('https://x.example/a#part', 'text=a')).toBe('https://x.example/a#part:~:text=a');
  });

  it.each([null, 'text=', 'text=a b', 'text=a#b', 'x', 'text=a)[b](javascript:alert(1)'])(
    'leaves out %j',
    fragment => {
      expect(passageLink('https://x.example/a', fragment)).toBe('https://x.example/a');
    },
  );

  it('adds nothing to what has no passages', () => {
    expect(passageLink('file:///home/me/a.html', 'text=a')).toBe('file:a.html');
    expect(passageLink('about:blank', 'text=a')).toBeNull();
  });
});

function isRandomLooking(bytes: Uint8Array): boolean {
  return new Set(bytes).size > 16;
}
