import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanApiKey, keyHint } from '../../../src/core/api-key.ts';

const key = 'fake-key_0123.ABC+/=';

describe('cleanApiKey', () => {
  it.each([
    ['as it is', key],
    ['with a copied header name', `Authorization: ${key}`],
    ['with a scheme that Assembly does not use', `Bearer ${key}`],
    ['with both, in capitals', `AUTHORIZATION:BEARER ${key}`],
    ['in straight quotes', `"${key}"`],
    ['in typographic quotes', `\u201c${key}\u201d`],
    ['as a JSON property', `"Authorization": "${key}"`],
    ['with blanks and line ends around it', `\n\t ${key}\r\n`],
    ['wrapped over two lines', `${key.slice(0, 6)}\n  ${key.slice(6)}`],
    ['with invisible characters', `\ufeff${key.slice(0, 4)}\u200b${key.slice(4)}\u200d\u00ad`],
    ['with no-break spaces', `\u00a0${key}\u00a0`],
  ])('takes a key %s', (_how, pasted) => {
    expect(cleanApiKey(pasted)).toEqual({ ok: true, key });
  });

  it('keeps a key that only begins like a scheme', () => {
    expect(cleanApiKey('bearer-of-fake')).toEqual({ ok: true, key: 'bearer-of-fake' });
  });

  it.each(['', '  \n', '""', 'Bearer ', 'Authorization: Bearer', '\u200b'])('finds nothing in %j', pasted => {
    expect(cleanApiKey(pasted)).toEqual({ ok: false, problem: 'empty' });
  });

  it.each(['fake-kéy-1234', 'fake\u0000key', 'ключ', 'fake-🔑'])(
    'refuses %j, which no header can carry',
    pasted => {
      expect(cleanApiKey(pasted)).toEqual({ ok: false, problem: 'not-header-safe' });
    },
  );

  it('answers only what a header value can carry, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), pasted => {
        const cleaned = cleanApiKey(pasted);
        if (!cleaned.ok) return;
        new Headers({ authorization: cleaned.key });
        expect(cleaned.key).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});

describe('keyHint', () => {
  it('shows the last four characters of a key', () => {
    expect(keyHint('fake-key-9876')).toBe('9876');
  });

  it('shows nothing of a short key', () => {
    expect(keyHint('1234567')).toBe('');
    expect(keyHint('12345678')).toBe('5678');
  });
});
