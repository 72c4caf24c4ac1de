import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markAt } from '../../../../src/core/marks/hit-test.ts';
import type { Mark } from '../../../../src/core/marks/mark.ts';
import { handlesOf } from '../../../../src/core/marks/transform.ts';
import { mark, measure } from './arbitrary-marks.ts';

const style = { colour: 'red', widthPx: 4 } as const;
const box: Mark = { id: 'box', tool: 'box', rect: { x: 100, y: 100, width: 200, height: 100 }, style };
const arrow: Mark = { id: 'arrow', tool: 'arrow', from: { x: 120, y: 120 }, to: { x: 250, y: 180 }, style };
const hit = (marks: Mark[], x: number, y: number) => markAt(marks, { x, y }, 3, measure)?.id ?? null;

test('the edge of a box is hit, and its inside where nothing else is', () => {
  expect(hit([box], 101, 150)).toBe('box');
  expect(hit([box], 200, 130)).toBe('box');
  expect(hit([box], 90, 150)).toBeNull();
});

test('an arrow inside a box is hit though the box is above it', () => {
  expect(hit([arrow, box], 185, 150)).toBe('arrow');
});

test('the topmost of two is hit, and a redaction is below all others', () => {
  const redaction: Mark = { id: 'redaction', tool: 'redact', rect: box.rect, found: null };
  const wash: Mark = { id: 'wash', tool: 'highlight', rect: box.rect, style };
  expect(hit([wash, { ...wash, id: 'upper' }], 200, 130)).toBe('upper');
  expect(hit([wash, redaction], 200, 130)).toBe('wash');
});

test('a mark is hit at each end of it', () => {
  fc.assert(
    fc.property(
      mark.filter(({ tool }) => tool === 'arrow' || tool === 'line'),
      one => {
        for (const { x, y } of handlesOf(one, { x: 0, y: 0, width: 0, height: 0 })) {
          expect(hit([one], x, y)).toBe(one.id);
        }
      },
    ),
  );
});
