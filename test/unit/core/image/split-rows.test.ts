import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  firstCut,
  partAreaLimitPx,
  partCount,
  partHeightLimit,
  partHeightLimitPx,
  rowUnrest,
} from '../../../../src/core/image/split-rows.ts';

const busy = () => 100;

type Unrest = Parameters<typeof firstCut>[3];

/** Cuts a picture wholly, as is done with one that is all there. */
function splitRows(height: number, count: number, maxHeight: number, unrest: Unrest): number[] {
  const cuts: number[] = [];
  let top = 0;
  for (let left = count; left > 1; left--) {
    const above = top;
    const cut = firstCut(height - top, left, { maxHeight }, (start, end) =>
      unrest(above + start, above + end),
    );
    if (cut === null) break;
    top += cut;
    cuts.push(top);
  }
  return cuts;
}

function unrestOf(rows: (row: number) => number) {
  return (start: number, end: number) =>
    Array.from({ length: end - start }, (_, index) => rows(start + index));
}

test('parts cover the picture in order, none empty and none too high', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 30_000 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 16_384 }),
      fc.nat(1_000),
      (height, wanted, maxHeight, seed) => {
        const rows = (row: number) => (row * (seed + 7)) % 51;
        const count = Math.min(height, Math.max(wanted, Math.ceil(height / maxHeight)));
        fc.pre(count < 200);
        const cuts = splitRows(height, count, maxHeight, unrestOf(rows));
        const edges = [0, ...cuts, height];
        expect(cuts).toHaveLength(count - 1);
        for (let index = 1; index < edges.length; index++) {
          const part = (edges[index] ?? 0) - (edges[index - 1] ?? 0);
          expect(part).toBeGreaterThan(0);
          expect(part).toBeLessThanOrEqual(maxHeight);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('a cut goes into the middle of the quiet gap that is near, not through a line of text', () => {
  // Lines of 20 rows, gaps of 10; one wide gap from 1,050 to 1,090.
  const isText = (row: number) => !(row >= 1_050 && row < 1_090) && row % 30 < 20;
  const [cut = 0] = splitRows(
    2_000,
    2,
    2_000,
    unrestOf(row => (isText(row) ? 300 : 0)),
  );
  expect([cut - 1, cut].map(isText)).toEqual([false, false]);
  const [wide = 0] = splitRows(
    2_000,
    2,
    2_000,
    unrestOf(row => (row >= 1_050 && row < 1_090 ? 0 : 300)),
  );
  expect(wide).toBeGreaterThanOrEqual(1_056);
  expect(wide).toBeLessThanOrEqual(1_084);
});

test('where all is busy the cuts are even', () => {
  expect(splitRows(3_000, 3, 3_000, unrestOf(busy))).toEqual([1_000, 2_000]);
});

test('a text page that fits stays one picture; heavy ones are split by what they will weigh', () => {
  const picture = { widthPx: 1_440, heightPx: 15_000 };
  expect(partCount({ ...picture, sizeBytes: 2_490_000 }, 4)).toBe(1);
  expect(partCount({ ...picture, sizeBytes: 5_000_000 }, 4)).toBe(1);
  expect(partCount({ ...picture, sizeBytes: 5_000_001 }, 4)).toBe(2);
  expect(partCount({ ...picture, sizeBytes: 23_800_000 }, 4)).toBe(4);
});

test('height and area split even where bytes do not', () => {
  expect(partCount({ widthPx: 1_440, heightPx: partHeightLimitPx + 1, sizeBytes: 1 }, 1)).toBe(2);
  expect(partHeightLimit(7_680) * 7_680).toBeLessThanOrEqual(partAreaLimitPx);
});

test('a row of one colour has no unrest, others as much as they change', () => {
  const width = 4;
  const pixels = new Uint32Array([1, 1, 1, 1, 1, 2, 2, 1]);
  expect([...rowUnrest(new Uint8ClampedArray(pixels.buffer), width)]).toEqual([0, 2]);
});

test('while the rows to choose from are not all there, nothing is cut', () => {
  expect(firstCut(3_000, 3, { maxHeight: 3_000, available: 1_100 }, unrestOf(busy))).toBeNull();
  expect(firstCut(3_000, 3, { maxHeight: 3_000, available: 1_300 }, unrestOf(busy))).toBe(1_000);
});
