import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Coding } from '../../../../../src/core/image/fit/coding.ts';
import { crc32 } from '../../../../../src/core/image/png/crc32.ts';
import { encode } from './encode.ts';
import { anyPicture, decoded, largestDifference, made, opaquePicture } from './made-picture.ts';

const compressor = fc.constantFrom('thorough' as const, 'quick' as const);
const filters = fc.constantFrom('none' as const, 'adaptive' as const);
const channels = (coding: Partial<Coding & { kind: 'channels' }>): Coding => ({
  kind: 'channels',
  layout: 'rgba',
  maxError: 0,
  filters: 'adaptive',
  compressor: 'quick',
  ...coding,
});

test('a lossless PNG decodes to every pixel of the picture', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyPicture,
      filters,
      compressor,
      fc.integer({ min: 1, max: 50 }),
      async (picture, ...how) => {
        const [filters, compressor, bandRows] = how;
        const { png } = await encode(picture, channels({ filters, compressor }), bandRows);
        expect(decoded(png)).toEqual(picture);
      },
    ),
  );
});

test('an opaque picture needs no fourth channel', async () => {
  await fc.assert(
    fc.asyncProperty(opaquePicture, filters, compressor, async (picture, filters, compressor) => {
      const { png } = await encode(picture, channels({ layout: 'rgb', filters, compressor }));
      expect(decoded(png)).toEqual(picture);
    }),
  );
});

test('a grey picture needs one channel', async () => {
  for (const kind of ['grey noise', 'soft', 'extremes']) {
    const picture = made(61, 33, kind);
    const { png } = await encode(picture, channels({ layout: 'grey' }));
    expect(png[25]).toBe(0);
    expect(decoded(png)).toEqual(picture);
  }
});

test('no channel of any pixel is off by more than was allowed, however large the picture', async () => {
  const maxError = fc.integer({ min: 0, max: 12 });
  const layout = fc.constantFrom('rgb' as const, 'rgba' as const);
  await fc.assert(
    fc.asyncProperty(
      anyPicture,
      layout,
      maxError,
      compressor,
      async (picture, layout, maxError, compressor) => {
        const pixels =
          layout === 'rgb' ? picture.pixels.map(pixel => (pixel | 0xff_00_00_00) >>> 0) : picture.pixels;
        const { png } = await encode({ ...picture, pixels }, channels({ layout, maxError, compressor }));
        expect(largestDifference(decoded(png).pixels, pixels)).toBeLessThanOrEqual(maxError);
      },
    ),
  );
});

test('alpha is never rounded', async () => {
  const picture = made(64, 40, 'see-through noise');
  const { png } = await encode(picture, channels({ maxError: 8 }));
  const alpha = (pixels: Uint32Array) => pixels.map(pixel => pixel >>> 24);
  expect(alpha(decoded(png).pixels)).toEqual(alpha(picture.pixels));
});

test('rounding makes a noisy picture smaller', async () => {
  const picture = made(70, 40, 'soft');
  const sizes: number[] = [];
  for (const maxError of [0, 1, 2, 4]) {
    sizes.push((await encode(picture, channels({ layout: 'grey', maxError }))).png.length);
  }
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(sizes.at(-1)).toBeLessThan((sizes[0] ?? 0) * 0.8);
});

test('the checksum is the one that PNG names', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082);
  expect(crc32(new TextEncoder().encode('789'), crc32(new TextEncoder().encode('123456')))).toBe(0xcbf43926);
});
