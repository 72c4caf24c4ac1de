import { expect, test } from 'vitest';
import { base64LimitCharacters, ticketPngLimitBytes } from '../../../../src/core/image/fit-plan.ts';

test('a PNG of the limit fills its base64 text and not one byte more', () => {
  const base64Of = (sizeBytes: number) => Math.ceil(sizeBytes / 3) * 4;
  expect(base64Of(ticketPngLimitBytes)).toBe(base64LimitCharacters);
  expect(base64Of(ticketPngLimitBytes + 1)).toBeGreaterThan(base64LimitCharacters);
});
