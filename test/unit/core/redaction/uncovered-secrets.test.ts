import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../../src/core/image/geometry.ts';
import type { Mark } from '../../../../src/core/marks/mark.ts';
import { uncoveredSecrets } from '../../../../src/core/redaction/uncovered-secrets.ts';

const at = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const cover = (rect: Rect): Mark => ({ id: 'm', tool: 'redact', rect, found: null });
const email = { kind: 'email', rect: at(10, 10, 20, 10) } as const;
const uncovered = (covers: Rect[], crop: Rect | null = null) =>
  uncoveredSecrets([email], { marks: covers.map(cover), crop });

describe('a found place', () => {
  test('counts while nothing covers it', () => {
    expect(uncovered([])).toEqual({ email: 1 });
    expect(uncovered([at(40, 10, 20, 10)])).toEqual({ email: 1 });
  });

  test('does not count under a redaction, or under several that cover it together', () => {
    expect(uncovered([at(10, 10, 20, 10)])).toEqual({});
    expect(uncovered([at(0, 0, 20, 30), at(20, 0, 20, 30)])).toEqual({});
  });

  test('counts when a row or a column of it can be seen', () => {
    expect(uncovered([at(10, 11, 20, 9)])).toEqual({ email: 1 });
    expect(uncovered([at(0, 0, 19, 30), at(20, 0, 20, 30)])).toEqual({ email: 1 });
  });

  test('does not count where it is cropped away, and does where a part of it is left', () => {
    expect(uncovered([], at(30, 0, 50, 50))).toEqual({});
    expect(uncovered([], at(29, 0, 50, 50))).toEqual({ email: 1 });
    expect(uncovered([at(29, 10, 1, 10)], at(29, 0, 50, 50))).toEqual({});
  });

  test('is not covered by any other mark', () => {
    const style = { colour: 'black', widthPx: 100 } as const;
    const box: Mark = { id: 'b', tool: 'box', rect: at(0, 0, 100, 100), style };
    expect(uncoveredSecrets([email], { marks: [box], crop: null })).toEqual({ email: 1 });
  });

  test('counts exactly when a pixel of it is not covered', () => {
    const small = fc.record({
      x: fc.integer({ min: 0, max: 12 }),
      y: fc.integer({ min: 0, max: 12 }),
      width: fc.integer({ min: 1, max: 8 }),
      height: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 6 }), fc.option(small), (rect, covers, crop) => {
        const isIn = (x: number, y: number, box: Rect) =>
          x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
        let isSeen = false;
        for (let y = rect.y; y < rect.y + rect.height; y++) {
          for (let x = rect.x; x < rect.x + rect.width; x++) {
            isSeen ||= (!crop || isIn(x, y, crop)) && !covers.some(box => isIn(x, y, box));
          }
        }
        const counts = uncoveredSecrets([{ kind: 'card', rect }], { marks: covers.map(cover), crop });
        expect(counts).toEqual(isSeen ? { card: 1 } : {});
      }),
    );
  });
});
