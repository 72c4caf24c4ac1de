import fc from 'fast-check';
import { type Mark, markColours, type PictureMarks } from '../../../../src/core/marks/mark.ts';
import type { Measure } from '../../../../src/core/marks/text-layout.ts';
import { secretKinds } from '../../../../src/core/redaction/secret-kind.ts';

/** The picture that the marks are in. */
export const picture = { width: 1_440, height: 900 };

/** As an untouched picture has them. */
export const noMarks: PictureMarks = { marks: [], crop: null };

/** Letters of one width: every test can reckon with them. */
export const measure: Measure = (text, letterPx) => text.length * letterPx * 0.5;

const x = fc.integer({ min: 0, max: picture.width });
const y = fc.integer({ min: 0, max: picture.height });
export const point = fc.record({ x, y });
export const rect = fc.tuple(point, point).map(([a, b]) => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
}));
const style = fc.record({
  colour: fc.constantFrom(...markColours),
  widthPx: fc.integer({ min: 1, max: 20 }),
});
const words = fc.string({ maxLength: 60, unit: 'grapheme' });

export function markWithId(id: fc.Arbitrary<string>): fc.Arbitrary<Mark> {
  const points = fc.array(point, { minLength: 1, maxLength: 30 });
  return fc.oneof(
    fc.record({ id, tool: fc.constantFrom('arrow', 'line'), from: point, to: point, style }),
    fc.record({ id, tool: fc.constantFrom('box', 'highlight'), rect, style }),
    fc.record({ id, tool: fc.constant('pen'), points, style }),
    fc
      .record({
        id,
        tool: fc.constant('text'),
        at: point,
        letterPx: fc.integer({ min: 6, max: 80 }),
        text: words,
        style,
      })
      .map(text => ({ ...text, widthPx: Math.max(1, picture.width - text.at.x) })),
    fc.record({ id, tool: fc.constant('step'), at: point, text: words, style }),
    fc.record({ id, tool: fc.constant('redact'), rect, found: fc.constantFrom(null, ...secretKinds) }),
  );
}

export const mark = markWithId(fc.uuid());
export const marks = fc.uniqueArray(mark, { maxLength: 12, selector: ({ id }) => id });
