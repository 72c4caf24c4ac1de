import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intersection, type Rect } from '../../../../src/core/image/geometry.ts';
import { createPlaceIndex } from '../../../../src/core/redaction/place-index.ts';

const side = fc.double({ min: 1, max: 900, noNaN: true });
const corner = fc.double({ min: -2_000, max: 20_000, noNaN: true });
const place = fc.record<Rect>({ x: corner, y: corner, width: side, height: side });
const shift = fc.double({ min: -0.5, max: 0.5, noNaN: true });

test('a place is found again though its edges were rounded', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 40 }), place, shift, (others, one, by) => {
      const index = createPlaceIndex<Rect>();
      for (const other of others) index.add('a', other);
      index.add('a', one);
      const rounded = { ...one, x: one.x + by * one.width * 0.5, y: one.y + by * 0.5 };
      expect(index.find('a', rounded, item => item === one)).toBe(one);
      expect(index.find('b', rounded, () => true)).toBeUndefined();
    }),
  );
});

test('what is found has most of its area in common', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 40 }), place, (others, one) => {
      const index = createPlaceIndex<Rect>();
      for (const other of others) index.add('a', other);
      const found = index.find('a', one, () => true);
      if (!found) return;
      const shared = intersection(found, one);
      expect(shared && 2 * shared.width * shared.height).toBeGreaterThan(
        Math.min(found.width * found.height, one.width * one.height),
      );
    }),
  );
});

test('what has grown is found where it reaches now', () => {
  const index = createPlaceIndex<Rect>();
  const item = { x: 0, y: 0, width: 60, height: 60 };
  index.add('a', item);
  index.move('a', item, { x: 0, y: 0, width: 60, height: 400 });
  expect(index.find('a', { x: 0, y: 200, width: 60, height: 190 }, () => true)).toBe(item);
});
