import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markTextLimitCharacters, pictureMarksSchema } from '../../../src/contract/marks.ts';
import { markLimit } from '../../../src/core/marks/mark.ts';
import { penPointLimit } from '../../../src/core/marks/pen-points.ts';
import { marks, rect } from '../core/marks/arbitrary-marks.ts';

const style = { colour: 'red', widthPx: 4 };
const box = { id: 'a', tool: 'box', rect: { x: 1, y: 2, width: 3, height: 4 }, style };
const isTaken = (mark: unknown) => pictureMarksSchema.safeParse({ marks: [mark], crop: null }).success;

test('whatever can be drawn is taken, by way of JSON, as it was', () => {
  const crop = fc.option(rect.filter(({ width, height }) => width >= 1 && height >= 1));
  fc.assert(
    fc.property(marks, crop, (drawn, cropped) => {
      const sent = { marks: drawn, crop: cropped };
      expect(pictureMarksSchema.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
    }),
  );
});

test.each([
  ['a tool that there is not', { ...box, tool: 'blur' }],
  ['a field too many', { ...box, href: 'x' }],
  ['a field too few', { ...box, style: { colour: 'red' } }],
  ['a number that is none', { ...box, rect: { ...box.rect, x: Number.NaN } }],
  ['a number without end', { ...box, rect: { ...box.rect, width: Infinity } }],
  ['a negative side', { ...box, rect: { ...box.rect, width: -1 } }],
  ['a colour of its own', { ...box, style: { ...style, colour: 'url(#a)' } }],
  ['no id', { ...box, id: '' }],
  [
    'too long a text',
    { id: 'a', tool: 'step', at: { x: 0, y: 0 }, text: 'a'.repeat(markTextLimitCharacters + 1), style },
  ],
  ['too many points', { id: 'a', tool: 'pen', points: Array(penPointLimit + 1).fill({ x: 0, y: 0 }), style }],
  ['no points', { id: 'a', tool: 'pen', points: [], style }],
  ['an unknown secret', { id: 'a', tool: 'redact', rect: box.rect, found: 'face' }],
])('%s is refused', (_, mark) => {
  expect(isTaken(box)).toBe(true);
  expect(isTaken(mark)).toBe(false);
});

test('two marks of one id, too many marks and an empty crop are refused', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...box, id: `m${index}` }));
  const isPicture = (marks: unknown, crop: unknown = null) =>
    pictureMarksSchema.safeParse({ marks, crop }).success;
  expect(isPicture(many(markLimit))).toBe(true);
  expect(isPicture(many(markLimit + 1))).toBe(false);
  expect(isPicture([box, box])).toBe(false);
  expect(isPicture([], { x: 0, y: 0, width: 0.5, height: 5 })).toBe(false);
});
