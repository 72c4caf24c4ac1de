import { expect, test } from 'vitest';
import { isPublicAddress } from '../../../src/core/public-address.ts';

test.each([
  ['https://images.example.com/a%20b.png?size=large', true],
  ['https://example.com:8443/a.png', true],
  ['http://example.com/a.png', false],
  ['https://example.com/a.png?access_token=fake-but-secret-0123456789', false],
  ['https://ada:secret@example.com/a.png', false],
  ['https://localhost/a.png', false],
  ['https://images.localhost/a.png', false],
  ['https://wiki/a.png', false],
  ['https://localhost./a.png', false],
  ['https://wiki./a.png', false],
  ['https://printer.local./a.png', false],
  ['https://files.corp/a.png', false],
  ['https://printer.local/a.png', false],
  ['https://192.168.0.7/a.png', false],
  ['https://[::1]/a.png', false],
  ['data:image/gif;base64,R0lGOD', false],
  ['blob:https://example.com/0b1', false],
  [`https://example.com/${'a'.repeat(2_000)}`, false],
  ['', false],
])('%s can be loaded by another server: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
