import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../../src/core/image/geometry.ts';
import {
  arrowStep,
  contains,
  edgeScroll,
  grips,
  middleOf,
  moveRect,
  rectBetween,
  resizeRect,
  shortestSidePx,
} from '../../../../src/core/picker/region.ts';

const coordinate = fc.double({ min: -30_000, max: 30_000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const whole = fc.integer({ min: -20_000, max: 20_000 });
const side = fc.integer({ min: shortestSidePx, max: 20_000 });
const bounds = fc.record({ x: whole, y: whole, width: side, height: side });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A rectangle of whole px inside bounds, as a person has one before changing it. */
const rectInBounds = fc.tuple(bounds, share, share, share, share).map(([outer, x, y, width, height]) => {
  const rect: Rect = {
    width: Math.max(shortestSidePx, Math.floor(outer.width * width)),
    height: Math.max(shortestSidePx, Math.floor(outer.height * height)),
    x: 0,
    y: 0,
  };
  rect.x = outer.x + Math.floor((outer.width - rect.width) * x);
  rect.y = outer.y + Math.floor((outer.height - rect.height) * y);
  return { outer, rect };
});

const right = (rect: Rect) => rect.x + rect.width;
const bottom = (rect: Rect) => rect.y + rect.height;

describe('a drawn rectangle', () => {
  test('lies in the bounds, has no negative side, and is the same from either corner', () => {
    fc.assert(
      fc.property(point, point, bounds, (from, to, outer) => {
        const rect = rectBetween(from, to, outer);
        expect(rect.width).toBeGreaterThanOrEqual(0);
        expect(rect.height).toBeGreaterThanOrEqual(0);
        expect(contains(outer, rect)).toBe(true);
        expect(rectBetween(to, from, outer)).toEqual(rect);
      }),
    );
  });

  test('is what was dragged over, in whole px, where there is room', () => {
    const outer = { x: 0, y: 0, width: 1000, height: 800 };
    expect(rectBetween({ x: 300.4, y: 200.6 }, { x: 100, y: 50 }, outer)).toEqual({
      x: 100,
      y: 50,
      width: 200,
      height: 151,
    });
    expect(rectBetween({ x: 900, y: 700 }, { x: 5000, y: -20 }, outer)).toEqual({
      x: 900,
      y: 0,
      width: 100,
      height: 700,
    });
  });
});

describe('a moved rectangle', () => {
  test('keeps its size and stays in the bounds', () => {
    fc.assert(
      fc.property(rectInBounds, point, ({ outer, rect }, by) => {
        const moved = moveRect(rect, by, outer);
        expect(moved.width).toBe(rect.width);
        expect(moved.height).toBe(rect.height);
        expect(contains(outer, moved)).toBe(true);
      }),
    );
  });

  test('comes back by the opposite step when nothing stopped it', () => {
    fc.assert(
      fc.property(rectInBounds, fc.integer({ min: -50, max: 50 }), ({ outer, rect }, step) => {
        const roomy = {
          x: outer.x - 50,
          y: outer.y - 50,
          width: outer.width + 100,
          height: outer.height + 100,
        };
        const moved = moveRect(rect, { x: step, y: -step }, roomy);
        expect(moveRect(moved, { x: -step, y: step }, roomy)).toEqual(rect);
      }),
    );
  });

  test('that is larger than the bounds is cut to them', () => {
    const outer = { x: 10, y: 10, width: 50, height: 40 };
    expect(moveRect({ x: 0, y: 0, width: 500, height: 20 }, { x: 3, y: 3 }, outer)).toEqual({
      x: 10,
      y: 10,
      width: 50,
      height: 20,
    });
  });
});

describe('a resized rectangle', () => {
  test('keeps the sides that are not held, and never turns inside out or leaves the bounds', () => {
    fc.assert(
      fc.property(rectInBounds, fc.constantFrom(...grips), point, ({ outer, rect }, grip, by) => {
        const resized = resizeRect(rect, grip, by, outer);
        if (grip.x !== -1) expect(resized.x).toBe(rect.x);
        if (grip.x !== 1) expect(right(resized)).toBe(right(rect));
        if (grip.y !== -1) expect(resized.y).toBe(rect.y);
        if (grip.y !== 1) expect(bottom(resized)).toBe(bottom(rect));
        expect(resized.width).toBeGreaterThanOrEqual(shortestSidePx);
        expect(resized.height).toBeGreaterThanOrEqual(shortestSidePx);
        expect(contains(outer, resized)).toBe(true);
      }),
    );
  });

  test('follows the pointer where there is room', () => {
    const outer = { x: 0, y: 0, width: 1000, height: 800 };
    const rect = { x: 100, y: 100, width: 200, height: 100 };
    expect(resizeRect(rect, { x: 1, y: 1 }, { x: 40, y: -30 }, outer)).toEqual({
      x: 100,
      y: 100,
      width: 240,
      height: 70,
    });
    expect(resizeRect(rect, { x: -1, y: 0 }, { x: 40, y: -30 }, outer)).toEqual({
      x: 140,
      y: 100,
      width: 160,
      height: 100,
    });
  });
});

test('any row of changes leaves a rectangle that can be captured', () => {
  const change = fc.oneof(
    fc.record({ grip: fc.constantFrom(...grips), by: point }),
    fc.record({ grip: fc.constant(null), by: point }),
  );
  fc.assert(
    fc.property(rectInBounds, fc.array(change, { maxLength: 30 }), ({ outer, rect }, changes) => {
      let current = rect;
      for (const { grip, by } of changes) {
        current = grip ? resizeRect(current, grip, by, outer) : moveRect(current, by, outer);
        expect(contains(outer, current)).toBe(true);
        expect(Math.min(current.width, current.height)).toBeGreaterThanOrEqual(shortestSidePx);
      }
    }),
  );
});

test('who starts with the keyboard gets the middle of what is seen', () => {
  fc.assert(fc.property(bounds, view => contains(view, middleOf(view)) || view.width < 8 || view.height < 8));
  expect(middleOf({ x: 0, y: 600, width: 1200, height: 800 })).toEqual({
    x: 300,
    y: 800,
    width: 600,
    height: 400,
  });
});

test('an arrow goes one px, ten with Shift, and no other key goes anywhere', () => {
  expect(arrowStep('ArrowLeft', false)).toEqual({ x: -1, y: 0 });
  expect(arrowStep('ArrowDown', true)).toEqual({ x: 0, y: 10 });
  expect(arrowStep('Enter', true)).toBeNull();
  expect(arrowStep('toString', false)).toBeNull();
});

describe('a drag at the edge of the window', () => {
  const view = { x: 0, y: 0, width: 1000, height: 800 };

  test('scrolls towards that edge, faster the further it goes, and never without bound', () => {
    expect(edgeScroll({ x: 500, y: 400 }, view)).toEqual({ x: 0, y: 0 });
    const near = edgeScroll({ x: 500, y: 770 }, view);
    const beyond = edgeScroll({ x: 500, y: 5000 }, view);
    expect(near.x).toBe(0);
    expect(near.y).toBeGreaterThan(0);
    expect(beyond.y).toBeGreaterThan(near.y);
    expect(edgeScroll({ x: -9, y: 400 }, view).x).toBeLessThan(0);
    fc.assert(
      fc.property(point, bounds, (pointer, seen) => {
        const { x, y } = edgeScroll(pointer, seen);
        expect(Math.abs(x)).toBeLessThanOrEqual(24);
        expect(Math.abs(y)).toBeLessThanOrEqual(24);
      }),
    );
  });
});
