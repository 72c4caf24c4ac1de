import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFactFinder } from '../../../../../src/core/image/fit/picture-facts.ts';
import { createColourHistogram } from '../../../../../src/core/image/palette/colour-histogram.ts';
import { quantise } from '../../../../../src/core/image/palette/quantise.ts';
import { encode } from '../png/encode.ts';
import { anyPicture, decoded, largestDifference, made, opaquePicture } from '../png/made-picture.ts';

const anyError = 255 ** 2;

function factsOf(pixels: Uint32Array) {
  const finder = createFactFinder();
  finder.add(pixels);
  return finder.facts();
}

function histogramOf(pixels: Uint32Array) {
  const histogram = createColourHistogram();
  histogram.add(pixels);
  return histogram.cells();
}

test('a picture of at most 256 colours comes out exactly, in as few bits as they need', async () => {
  const counts = fc.constantFrom(1, 2, 3, 4, 5, 16, 17, 200, 256);
  const size = fc.integer({ min: 1, max: 60 });
  await fc.assert(
    fc.asyncProperty(counts, size, size, async (count, widthPx, heightPx) => {
      const pixels = Uint32Array.from(
        { length: widthPx * heightPx },
        (_, at) => (0xff_00_00_00 | Math.imul(((at * 7) % count) + 1, 0x10_93_7f)) >>> 0,
      );
      const { colours } = factsOf(pixels);
      if (!colours) throw new Error('Not told as a picture of few colours.');
      const { png, maxError } = await encode(
        { widthPx, heightPx, pixels },
        { kind: 'palette', colours, isExact: true },
      );
      expect(decoded(png)).toEqual({ widthPx, heightPx, pixels });
      expect(maxError).toBe(0);
      expect(png[24]).toBe(colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : colours.length <= 16 ? 4 : 8);
    }),
  );
});

test('257 colours are too many, and see-through pixels have no palette', () => {
  const colours = (count: number) => Uint32Array.from({ length: count }, (_, at) => 0xff_00_00_00 + at);
  expect(factsOf(colours(256)).colours).toHaveLength(256);
  expect(factsOf(colours(257)).colours).toBeNull();
  expect(factsOf(Uint32Array.of(0xfe_00_00_00)).colours).toBeNull();
});

test('facts are those of all pixels', () => {
  fc.assert(
    fc.property(anyPicture, ({ pixels }) => {
      const channels = Array.from(pixels, pixel => [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255]);
      const { isOpaque, isGrey } = factsOf(pixels);
      expect(isOpaque).toBe(pixels.every(pixel => pixel >>> 24 === 255));
      expect(isGrey).toBe(channels.every(([red, green, blue]) => red === green && green === blue));
    }),
  );
});

test('a reduced palette has at most 256 colours, and tells its largest error', async () => {
  await fc.assert(
    fc.asyncProperty(opaquePicture, async picture => {
      const made = quantise(histogramOf(picture.pixels), 256, anyError);
      if (!made) throw new Error('No palette.');
      expect(made.colours.length).toBeLessThanOrEqual(256);
      const { png, maxError } = await encode(picture, {
        kind: 'palette',
        colours: made.colours,
        isExact: false,
      });
      expect(largestDifference(decoded(png).pixels, picture.pixels)).toBe(maxError);
    }),
    { numRuns: 40 },
  );
});

test('flat grounds keep their very colour', () => {
  const noise = made(60, 60, 'noise').pixels;
  const ground = new Uint32Array(40_000).fill(0xff_fa_f8_f6);
  const pixels = new Uint32Array([...noise, ...ground]);
  expect(quantise(histogramOf(pixels), 256, anyError)?.colours).toContain(0xfa_f8_f6);
});

test('a palette that would lose too much is not made', () => {
  expect(quantise(histogramOf(made(70, 40, 'noise').pixels), 256, 2)).toBeNull();
});
