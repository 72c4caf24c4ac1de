import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openQuickDeflater } from '../../../../../src/core/image/deflate/quick-deflater.ts';
import { type ChoicePorts, chooseCoding } from '../../../../../src/core/image/fit/choose-coding.ts';
import { compareAtFullSize, type Sample } from '../../../../../src/core/image/fit/measure.ts';
import { createFactFinder } from '../../../../../src/core/image/fit/picture-facts.ts';
import {
  lossBetween,
  meanDissimilarity,
  meanSquaredError,
} from '../../../../../src/core/image/fit/picture-loss.ts';
import { bandRows, sampleRows } from '../../../../../src/core/image/fit/sample-rows.ts';
import { openDeflater } from '../../../../../src/platform/deflate.ts';
import { encode } from '../png/encode.ts';
import { type MadePicture, made } from '../png/made-picture.ts';

test('sampled bands lie in the picture, in order, apart from each other, and are about a twentieth of a tall one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), heightPx => {
      const spans = sampleRows(heightPx);
      let end = 0;
      for (const { from, to } of spans) {
        expect(from).toBeGreaterThanOrEqual(end);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(heightPx);
      const rows = spans.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(rows).toBe(Math.min(heightPx, Math.max(rows, Math.min(heightPx, 6 * bandRows))));
      if (heightPx > 4_000) expect(rows).toBeLessThan(heightPx * 0.06);
    }),
  );
});

test('equal pictures have no loss, and more noise is more loss', () => {
  const { pixels, widthPx } = made(64, 40, 'soft');
  const shifted = (by: number) => pixels.map((pixel, at) => (at % 2 ? pixel + by : pixel - by) >>> 0);
  expect(lossBetween(pixels, pixels, widthPx)).toMatchObject({ squares: 0, dissimilarity: 0 });
  const [little, much] = [1, 4].map(by => lossBetween(pixels, shifted(by), widthPx));
  if (!little || !much) throw new Error('Nothing measured.');
  expect(meanSquaredError(little)).toBeCloseTo(1 / 3);
  expect(meanDissimilarity(much)).toBeGreaterThan(meanDissimilarity(little));
});

/** Answers samples by whole rows; smaller ones leave pixels out. */
function portsFor(picture: MadePicture): ChoicePorts {
  const sample = (scale: number): Sample => {
    const widthPx = Math.max(1, Math.round(picture.widthPx * scale));
    const heightPx = Math.max(1, Math.round(picture.heightPx * scale));
    const pixels = Uint32Array.from({ length: widthPx * heightPx }, (_, at) => {
      const x = Math.floor((at % widthPx) / scale);
      const y = Math.floor(Math.floor(at / widthPx) / scale);
      return picture.pixels[y * picture.widthPx + x] ?? 0;
    });
    const bands = [{ lead: null, pixels }];
    const compare =
      scale === 1
        ? compareAtFullSize(bands, widthPx)
        : () => ({ squares: 600, values: 1, dissimilarity: 1 - scale, blocks: 1 });
    return { widthPx, heightPx, bands, compare };
  };
  return {
    sample,
    openDeflater: compressor => (compressor === 'quick' ? openQuickDeflater() : openDeflater()),
    pause: async () => undefined,
    samplePalette: () => null,
    wholePalette: async () => null,
  };
}

function factsOf({ pixels }: MadePicture) {
  const finder = createFactFinder();
  finder.add(pixels);
  return finder.facts();
}

const roomy = made(320, 240, 'soft');

test('what fits without loss is chosen without loss', async () => {
  const { coding, scale } = await chooseCoding(factsOf(roomy), 1_000_000, portsFor(roomy));
  expect(scale).toBe(1);
  expect(coding.kind === 'palette' ? coding.isExact : coding.maxError === 0).toBe(true);
});

test('less room means more loss, at full size first and smaller last, and what is predicted is what comes', async () => {
  const noise = made(320, 240, 'noise');
  const facts = factsOf(noise);
  const errors: number[] = [];
  for (const share of [0.97, 0.87, 0.8]) {
    const limitBytes = Math.round(320 * 240 * 3 * share);
    const { coding, scale, sizeBytes } = await chooseCoding(facts, limitBytes, portsFor(noise));
    expect(scale).toBe(1);
    const { png } = await encode(noise, coding);
    expect(png.length).toBeLessThanOrEqual(limitBytes);
    expect(Math.abs(png.length - sizeBytes)).toBeLessThan(limitBytes * 0.02);
    errors.push(coding.kind === 'channels' ? coding.maxError : -1);
  }
  expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  expect(errors[0]).toBeGreaterThan(0);
  const small = await chooseCoding(facts, 20_000, portsFor(noise));
  expect(small.scale).toBeLessThan(0.6);
});
