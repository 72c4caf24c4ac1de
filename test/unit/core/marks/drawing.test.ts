import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inkOf, washOf } from '../../../../src/core/marks/colours.ts';
import { drawingOf, drawMark } from '../../../../src/core/marks/drawing.ts';
import { type Mark, markColours } from '../../../../src/core/marks/mark.ts';
import { wrapText } from '../../../../src/core/marks/text-layout.ts';
import { mark, marks, measure } from './arbitrary-marks.ts';

const style = { colour: 'red', widthPx: 4 } as const;

test('every mark is drawn of finite numbers only', () => {
  fc.assert(
    fc.property(mark, one => {
      const drawn = drawMark(one, 1, measure);
      if (one.tool !== 'text') expect(drawn.length).toBeGreaterThan(0);
      expect(JSON.stringify(drawn)).not.toMatch(/NaN|Infinity|null"/);
      for (const primitive of drawn) {
        if (primitive.shape === 'path') expect(primitive.d).toMatch(/^M[-\d. MLhvAQZ]+$/);
        else expect(Number.isFinite(primitive.x + primitive.y + primitive.letterPx)).toBe(true);
        expect(primitive.fill === null).toBe(primitive.stroke !== null);
      }
    }),
  );
});

test('redactions are below everything, the rest in the order of the marks', () => {
  fc.assert(
    fc.property(marks, all => {
      const drawn = drawingOf(all, measure).map(({ mark: { id } }) => id);
      const isRedaction = ({ tool }: Mark) => tool === 'redact';
      const expected = [...all.filter(isRedaction), ...all.filter(one => !isRedaction(one))];
      expect(drawn).toEqual(expected.map(({ id }) => id));
    }),
  );
});

test('a redaction is one black rectangle of whole pixels, outward', () => {
  const redaction: Mark = {
    id: 'a',
    tool: 'redact',
    rect: { x: 10.6, y: 20.2, width: 5.1, height: 3.9 },
    found: 'email',
  };
  expect(drawMark(redaction, 0, measure)).toEqual([
    { shape: 'path', d: 'M10 20h6v5h-6Z', fill: '#000000', stroke: null, strokeWidthPx: 0, blend: 'normal' },
  ]);
});

test('a highlight multiplies, and nothing else does', () => {
  fc.assert(
    fc.property(mark, one => {
      const blends = new Set(drawMark(one, 1, measure).map(({ blend }) => blend));
      if (blends.size > 0) expect([...blends]).toEqual([one.tool === 'highlight' ? 'multiply' : 'normal']);
    }),
  );
});

test('a step shows its number, and the numbers follow the order', () => {
  const step = (id: string): Mark => ({ id, tool: 'step', at: { x: 50, y: 50 }, text: '', style });
  const numbers = (...all: Mark[]) =>
    drawingOf(all, measure).flatMap(({ primitives }) =>
      primitives.flatMap(primitive => (primitive.shape === 'text' ? [primitive.text] : [])),
    );
  expect(numbers(step('a'), step('b'), step('c'))).toEqual(['1', '2', '3']);
  expect(numbers(step('a'), step('c'))).toEqual(['1', '2']);
});

describe('contrast', () => {
  test.each(markColours)('%s stands out from its ring', colour => {
    const { core, ring } = inkOf(colour);
    expect(contrast(luminance(core), luminance(ring))).toBeGreaterThan(4.5);
  });

  test.each(markColours)('%s has a ring or rim of 4.5:1 on any ground', colour => {
    const { ring, rim } = inkOf(colour);
    for (let ground = 0; ground <= 1; ground += 1 / 512) {
      const best = Math.max(contrast(luminance(ring), ground), contrast(luminance(rim), ground));
      expect(best).toBeGreaterThan(4.5);
    }
  });

  test.each(markColours)('black text under a highlight of %s stays readable', colour => {
    expect(contrast(luminance(washOf(colour)), 0)).toBeGreaterThan(7);
  });
});

describe('text wraps', () => {
  test('within its width, and loses nothing but blanks', () => {
    const text = fc.string({ maxLength: 200, unit: 'grapheme' });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 400 }), (words, widthPx) => {
        const lines = wrapText(words, widthPx, 10, measure);
        expect(lines.join('').replaceAll(/\s/gu, '')).toBe(words.replaceAll(/\s/gu, ''));
        const graphemes = (line: string) => [...new Intl.Segmenter().segment(line)].length;
        for (const line of lines) {
          if (graphemes(line) > 1) expect(measure(line, 10)).toBeLessThanOrEqual(widthPx);
        }
      }),
    );
  });

  test.each([
    ['one two three', 40, ['one two', 'three']],
    ['one\n\ntwo', 400, ['one', '', 'two']],
    ['abcdefghij k', 20, ['abcd', 'efgh', 'ij k']],
    ['', 20, ['']],
    ['a  b', 400, ['a  b']],
  ])('%j in %i px', (text, widthPx, lines) => {
    expect(wrapText(text, widthPx, 10, measure)).toEqual(lines);
  });
});

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
