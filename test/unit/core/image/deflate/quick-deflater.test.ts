import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openQuickDeflater } from '../../../../../src/core/image/deflate/quick-deflater.ts';

async function deflated(parts: readonly Uint8Array[]): Promise<Buffer> {
  const deflater = openQuickDeflater();
  for (const part of parts) await deflater.write(new Uint8Array(part));
  const out = Buffer.concat(await deflater.end());
  expect(deflater.sizeBytes()).toBe(out.length);
  return out;
}

// Bytes of few values, in runs and repeats: what filtered pixels look like.
const bytes = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .record({ byte: fc.integer({ min: 0, max: 255 }), count: fc.integer({ min: 1, max: 3_000 }) })
      .map(({ byte, count }) => new Uint8Array(count).fill(byte)),
    fc
      .record({
        values: fc.uint8Array({ minLength: 1, maxLength: 40 }),
        count: fc.integer({ min: 1, max: 200 }),
      })
      .map(({ values, count }) => new Uint8Array(Buffer.concat(Array.from({ length: count }, () => values)))),
  ),
  { maxLength: 12 },
);

test('zlib reads back what was written, in whatever parts it came', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async parts => {
      expect(inflateSync(await deflated(parts)).equals(Buffer.concat(parts))).toBe(true);
    }),
  );
});

test('nothing at all is a stream too', async () => {
  expect(inflateSync(await deflated([]))).toHaveLength(0);
  expect(inflateSync(await deflated([new Uint8Array(0)]))).toHaveLength(0);
});

test('repeats far back, codes of all lengths and more than one block are read back', async () => {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  // Bytes of very unequal frequency make codes longer than the 15 bits that are allowed.
  const skewed = Uint8Array.from({ length: 300_000 }, () =>
    Math.min(255, Math.floor(-Math.log2(random()) * 1.2)),
  );
  const block = skewed.subarray(0, 32_768);
  const whole = Buffer.concat([skewed, block, block, new Uint8Array(100_000)]);
  const read = inflateSync(await deflated([skewed, block, block, new Uint8Array(100_000)]));
  expect(read.equals(whole)).toBe(true);
});

test('repeats are taken from at most 32,768 bytes back: readers know no more', async () => {
  const noise = crypto.getRandomValues(new Uint8Array(600));
  // Noise twice, so that repeats are found to be worth looking for; then a run, which leaves what is known of the noise alone.
  for (const distance of [32_768, 32_769, 33_000, 40_000]) {
    const parts = [noise, noise, new Uint8Array(distance - noise.length), noise];
    expect(inflateSync(await deflated([Buffer.concat(parts)])).equals(Buffer.concat(parts))).toBe(true);
  }
});

test('noise grows by less than a percent, and flat areas nearly vanish', async () => {
  const noise = crypto.getRandomValues(new Uint8Array(60_000));
  expect((await deflated([noise])).length).toBeLessThan(noise.length * 1.01);
  expect((await deflated([new Uint8Array(1_000_000)])).length).toBeLessThan(3_000);
});

test('differences of a photograph come out no larger than by zlib', async () => {
  // Sums of random numbers, in steps of 5: what an error of ±2 leaves.
  const random = Buffer.concat(
    Array.from({ length: 20 }, () => crypto.getRandomValues(new Uint8Array(60_000))),
  );
  const differences = Uint8Array.from({ length: 400_000 }, (_, at) => {
    const sum = (random[3 * at] ?? 0) + (random[3 * at + 1] ?? 0) + (random[3 * at + 2] ?? 0) - 382;
    return Math.round(sum / 60) * 5;
  });
  const ours = await deflated([differences]);
  expect(ours.length).toBeLessThan(deflateSync(differences).length * 1.02);
});
