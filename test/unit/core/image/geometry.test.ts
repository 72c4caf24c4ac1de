import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  intersection,
  outwardRect,
  roundRect,
  toPicture,
  union,
  type ViewGeometry,
} from '../../../../src/core/image/geometry.ts';

// Multiples of 1/64 are exact in a double: what fails is then not the rounding of a sum.
const place = (minimum: number) => fc.integer({ min: minimum * 64, max: 500 * 64 }).map(value => value / 64);
const rect = fc.record({ x: place(-500), y: place(-500), width: place(0), height: place(0) });
const view: ViewGeometry = { width: 800, height: 600, pinch: { x: 0, y: 0, scale: 1 } };

describe('a place of the page in its picture', () => {
  test('is scaled by the size of the picture, whatever the page says of its pixels', () => {
    const bitmap = { width: 1200, height: 900 };
    expect(toPicture({ x: 10, y: 20, width: 30, height: 40 }, bitmap, view)).toEqual({
      x: 15,
      y: 30,
      width: 45,
      height: 60,
    });
  });

  test('is where pinch zoom shows it', () => {
    const pinched: ViewGeometry = { ...view, pinch: { x: 100, y: 50, scale: 2 } };
    expect(toPicture({ x: 110, y: 60, width: 10, height: 5 }, { width: 800, height: 600 }, pinched)).toEqual({
      x: 20,
      y: 20,
      width: 20,
      height: 10,
    });
  });

  test('in whole pixels, neighbours share their edge', () => {
    const x = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(x, x, x, (left, first, second) => {
        const one = roundRect({ x: left, y: 0, width: first, height: 1 });
        const other = roundRect({ x: left + first, y: 0, width: second, height: 1 });
        expect(one.x + one.width).toBe(other.x);
      }),
    );
  });
});

test('the outward rectangle covers all of what it is around, by less than a pixel more', () => {
  fc.assert(
    fc.property(rect, inner => {
      const outer = outwardRect(inner);
      expect(Number.isInteger(outer.x) && Number.isInteger(outer.width)).toBe(true);
      expect(outer.x).toBeLessThanOrEqual(inner.x);
      expect(outer.x).toBeGreaterThan(inner.x - 1);
      expect(outer.y + outer.height).toBeGreaterThanOrEqual(inner.y + inner.height);
      expect(outer.y + outer.height).toBeLessThan(inner.y + inner.height + 1);
    }),
  );
});

test('what two rectangles have in common is in both, and both are in their union', () => {
  const contains = (outer: typeof a, inner: typeof a) =>
    inner.x >= outer.x - 1e-9 &&
    inner.y >= outer.y - 1e-9 &&
    inner.x + inner.width <= outer.x + outer.width + 1e-9 &&
    inner.y + inner.height <= outer.y + outer.height + 1e-9;
  const a = { x: 0, y: 0, width: 0, height: 0 };
  fc.assert(
    fc.property(rect, rect, (one, other) => {
      const common = intersection(one, other);
      if (common) expect(contains(one, common) && contains(other, common)).toBe(true);
      const both = union(one, other);
      expect(contains(both, one) && contains(both, other)).toBe(true);
    }),
  );
  expect(intersection({ x: 0, y: 0, width: 5, height: 5 }, { x: 5, y: 0, width: 5, height: 5 })).toBeNull();
});
