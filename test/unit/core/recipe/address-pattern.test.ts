import 'urlpattern-polyfill';
import { expect, test } from 'vitest';
import { addressPattern, valueInAddress } from '../../../../src/core/recipe/address-pattern.ts';

test.each([
  ['/orders/:number', 'https://shop.example/orders/A-42?tab=1#x', 'A-42'],
  ['/orders/:number', 'https://shop.example/orders/A-42/items', null],
  ['/orders/:number/*', 'https://shop.example/orders/A-42/items', 'A-42'],
  ['/*/orders/:number', 'https://shop.example/eu/west/orders/7', '7'],
  ['/orders/*', 'https://shop.example/orders/7/x', '7/x'],
  ['/orders/:number', 'https://shop.example/orders/A%2042%2F7', 'A 42/7'],
  ['/orders/:number', 'https://shop.example/orders/100%', '100%'],
  ['/view?id=:id', 'https://shop.example/view?id=a+b', 'a b'],
  ['/view?id=:id', 'https://shop.example/other?id=7', null],
  ['/view?*id=:id&*', 'https://shop.example/view?tab=2&id=7&x=1', '7'],
  ['/app#/orders/:id', 'https://shop.example/app#/orders/9', '9'],
  ['https://shop.example/orders/:id', 'https://shop.example/orders/9', '9'],
  ['https://shop.example/orders/:id', 'http://shop.example/orders/9', null],
  ['https://shop.example/orders/:id', 'https://shop.example:8443/orders/9', null],
  ['http://127.0.0.1:8080/orders/:id', 'http://127.0.0.1:8080/orders/9', '9'],
  ['https://:tenant.example.com/*', 'https://acme.example.com/x', 'acme'],
  ['https://*.example.com/orders/:id', 'https://a.example.com/orders/9', '9'],
  ['https://*.example.com/orders', 'https://a.example.com/orders', 'a'],
  ['/orders/:number', 'no address', null],
])('%s takes from %s: %s', (pattern, url, value) => {
  expect(valueInAddress(url, pattern)).toBe(value);
});

test.each([
  '',
  '/orders',
  'orders/:id',
  'https://shop.example/orders',
  '/orders/(\\d+)',
  '/(a+)+b/:id',
  '/{:a}+',
  '/:a*',
  '/x**',
  'javascript:*',
  'ftp://a.example/:id',
  '/:a/:a',
])('%j is refused', pattern => {
  expect(addressPattern(pattern)).toBeNull();
});

test('a pattern that would take minutes takes nothing', () => {
  const started = performance.now();
  expect(valueInAddress(`https://a.example/${'a'.repeat(7_000)}`, '/*a*a*a*a*a*a*a*b')).toBeNull();
  expect(valueInAddress(`https://a.example/?${'a'.repeat(1_500)}`, '/?:a-:b-:c-:d-e')).toBeNull();
  // Names that have a stretch for themselves cannot be slow, however many there are.
  expect(valueInAddress('https://a.example/1/2/3/4/5/6/7/8', '/:a/:b/:c/:d/:e/:f/:g/:h')).toBe('1');
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a recipe full of slow patterns does not hold the worker up', () => {
  const started = performance.now();
  for (let rule = 0; rule < 20; rule += 1) {
    expect(valueInAddress(`https://a.example/${'a'.repeat(580)}`, `/*a*a*b${rule}`)).toBeNull();
    expect(valueInAddress(`https://a.example/${'a'.repeat(170)}`, `/*a*a*b${rule}`)).toBeNull();
  }
  expect(performance.now() - started).toBeLessThan(4_000);
});
