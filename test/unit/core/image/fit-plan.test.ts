import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  base64LimitCharacters,
  nextScale,
  ticketPngLimitBytes,
} from '../../../../src/core/image/fit-plan.ts';

test('a PNG of the limit fills its base64 text and not one byte more', () => {
  const base64Of = (sizeBytes: number) => Math.ceil(sizeBytes / 3) * 4;
  expect(base64Of(ticketPngLimitBytes)).toBe(base64LimitCharacters);
  expect(base64Of(ticketPngLimitBytes + 1)).toBeGreaterThan(base64LimitCharacters);
});

test('a picture of four times the limit is drawn at a little under half its side', () => {
  const scale = nextScale(1, 4 * ticketPngLimitBytes, ticketPngLimitBytes);
  expect(scale).toBeGreaterThan(0.47);
  expect(scale).toBeLessThan(0.5);
});

test('each step is at least 5 % smaller, so that a loop over it ends', () => {
  const scale = fc.double({ min: 0.001, max: 1, noNaN: true });
  const sizeBytes = fc.integer({ min: 1, max: 2 ** 32 });
  fc.assert(
    fc.property(scale, sizeBytes, (before, size) => {
      const after = nextScale(before, size, ticketPngLimitBytes);
      return after > 0 && after <= before * 0.95;
    }),
  );
});

test('pictures whose size goes with their area fit after one step', () => {
  const sizeBytes = fc.integer({ min: ticketPngLimitBytes + 1, max: 2 ** 32 });
  fc.assert(
    fc.property(sizeBytes, size => {
      const scale = nextScale(1, size, ticketPngLimitBytes);
      return size * scale ** 2 <= ticketPngLimitBytes;
    }),
  );
});

test('a picture that compresses worse when it is small fits after few steps', () => {
  const sizeAt = (scale: number) => 40_000_000 * scale ** 1.2;
  let scale = 1;
  let steps = 0;
  while (sizeAt(scale) > ticketPngLimitBytes && steps < 20) {
    scale = nextScale(scale, sizeAt(scale), ticketPngLimitBytes);
    steps += 1;
  }
  expect(sizeAt(scale)).toBeLessThanOrEqual(ticketPngLimitBytes);
  expect(steps).toBeLessThanOrEqual(6);
});
