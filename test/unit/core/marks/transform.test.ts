import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point, Rect } from '../../../../src/core/image/geometry.ts';
import { boundsOf } from '../../../../src/core/marks/bounds.ts';
import { frameOf } from '../../../../src/core/marks/frame.ts';
import type { Mark } from '../../../../src/core/marks/mark.ts';
import {
  clampMark,
  fitMark,
  handlesOf,
  moveMark,
  rectHandles,
  resizeMark,
  resizeRect,
} from '../../../../src/core/marks/transform.ts';
import { mark, measure, picture, point, rect } from './arbitrary-marks.ts';

const shift = fc.record({
  x: fc.integer({ min: -2_000, max: 2_000 }),
  y: fc.integer({ min: -2_000, max: 2_000 }),
});
const isInside = ({ x, y, width, height }: Rect) =>
  x >= -1e-6 && y >= -1e-6 && x + width <= picture.width + 1e-6 && y + height <= picture.height + 1e-6;
const framed = (one: Mark) => clampMark(one, picture);
const expectNear = (actual: Rect, expected: Rect) => {
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(actual[side]).toBeCloseTo(expected[side], 6);
  }
};

describe('moving', () => {
  test('there and back is where it was', () => {
    fc.assert(
      fc.property(mark, shift, (one, delta) => {
        const start = framed(one);
        const moved = moveMark(start, delta, picture);
        const [from, to] = [frameOf(start), frameOf(moved)];
        const back = moveMark(moved, { x: from.x - to.x, y: from.y - to.y }, picture);
        expectNear(frameOf(back), from);
        expect({ ...back, at: 0, rect: 0, from: 0, to: 0, points: 0 }).toEqual({
          ...start,
          at: 0,
          rect: 0,
          from: 0,
          to: 0,
          points: 0,
        });
      }),
    );
  });

  test('keeps the size, and never leaves the picture', () => {
    fc.assert(
      fc.property(mark, shift, (one, delta) => {
        const start = framed(one);
        const moved = frameOf(moveMark(start, delta, picture));
        expect(isInside(moved)).toBe(true);
        expect(moved.width).toBeCloseTo(frameOf(start).width, 6);
        expect(moved.height).toBeCloseTo(frameOf(start).height, 6);
      }),
    );
  });
});

describe('stretching', () => {
  const lineless = mark.filter(({ tool }) => tool !== 'step' && tool !== 'text');

  test('from one frame to another and back is where it was', () => {
    fc.assert(
      fc.property(lineless, rect, (one, to) => {
        fc.pre(to.width > 0 && to.height > 0 && frameOf(one).width > 0 && frameOf(one).height > 0);
        const stretched = fitMark(one, to);
        expectNear(frameOf(stretched), to);
        expectNear(frameOf(fitMark(stretched, frameOf(one))), frameOf(one));
      }),
    );
  });

  test('by a handle keeps the opposite edge, the picture and a least size', () => {
    fc.assert(
      fc.property(rect, fc.constantFrom(...rectHandles), shift, (start, handle, delta) => {
        const after = resizeRect(start, handle, delta, picture, 4);
        expect(isInside(after)).toBe(true);
        expect(after.width).toBeGreaterThanOrEqual(Math.min(4, start.width));
        expect(after.height).toBeGreaterThanOrEqual(Math.min(4, start.height));
        if (!handle.includes('w')) expect(after.x).toBe(start.x);
        if (!handle.includes('n')) expect(after.y).toBe(start.y);
        if (!handle.includes('e')) expect(after.x + after.width).toBe(start.x + start.width);
        if (!handle.includes('s')) expect(after.y + after.height).toBe(start.y + start.height);
      }),
    );
  });

  test('by a handle there and back is where it was, while nothing is in the way', () => {
    const inner = fc.record({
      x: fc.integer({ min: 100, max: 600 }),
      y: fc.integer({ min: 100, max: 400 }),
      width: fc.integer({ min: 200, max: 500 }),
      height: fc.integer({ min: 200, max: 300 }),
    });
    const small = fc.record({ x: fc.integer({ min: -90, max: 90 }), y: fc.integer({ min: -90, max: 90 }) });
    fc.assert(
      fc.property(inner, fc.constantFrom(...rectHandles), small, (start, handle, delta) => {
        const away = resizeRect(start, handle, delta, picture, 4);
        const back = resizeRect(away, handle, { x: -delta.x, y: -delta.y }, picture, 4);
        expect(back).toEqual(start);
      }),
    );
  });

  test('one end of an arrow leaves the other', () => {
    fc.assert(
      fc.property(point, point, shift, (from, to, delta) => {
        const arrow: Mark = { id: 'a', tool: 'arrow', from, to, style: { colour: 'red', widthPx: 4 } };
        const after = resizeMark(arrow, 'to', delta, picture);
        expect(after).toMatchObject({ from });
        expect(isInside(frameOf(after))).toBe(true);
      }),
    );
  });
});

test('each handle stands on the mark, and is followed by it', () => {
  fc.assert(
    fc.property(mark, one => {
      const bounds = boundsOf(one, measure);
      const handles = handlesOf(one, bounds);
      expect(handles).toHaveLength(
        { step: 0, text: 2, arrow: 2, line: 2, pen: 8, box: 8, highlight: 8, redact: 8 }[one.tool],
      );
      const isOn = ({ x, y }: Point) =>
        x >= bounds.x - 1 &&
        y >= bounds.y - 1 &&
        x <= bounds.x + bounds.width + 1 &&
        y <= bounds.y + bounds.height + 1;
      expect(handles.every(isOn)).toBe(true);
    }),
  );
});

test('a mark from outside is brought in, and one inside is left alone', () => {
  const far = fc.integer({ min: -5_000, max: 5_000 });
  fc.assert(
    fc.property(mark, far, far, (one, x, y) => {
      const inside = framed(one);
      expect(isInside(frameOf(inside))).toBe(true);
      expect(clampMark(inside, picture)).toBe(inside);
      const frame = frameOf(inside);
      const outside = fitMark(inside, { ...frame, x: frame.x + x, y: frame.y + y });
      expect(isInside(frameOf(clampMark(outside, picture)))).toBe(true);
    }),
  );
});
