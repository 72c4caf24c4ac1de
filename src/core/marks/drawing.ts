import { outwardRect, type Point, type Rect } from '../image/geometry.ts';
import { black, type Ink, inkOf, washOf } from './colours.ts';
import type { Mark } from './mark.ts';
import { drawingOrder, stepNumbers } from './order.ts';
import { arrowOutline, circle, polyline, rectangle, smoothLine } from './paths.ts';
import { badgeLetterPx, badgeRadiusPx, stepWords } from './step-badge.ts';
import { ascent, lineHeight, type Measure, wrapText } from './text-layout.ts';

/** The letters of all words on pictures; in SVG and on a canvas. */
export const markFontFamily = 'Arial, Helvetica, sans-serif';
export const markFontWeight = 700;

interface Paint {
  fill: string | null;
  stroke: string | null;
  /** Round at ends and corners. */
  strokeWidthPx: number;
  blend: 'normal' | 'multiply';
}

interface PathPrimitive extends Paint {
  shape: 'path';
  /** As in SVG's `d`. */
  d: string;
}

interface TextPrimitive extends Paint {
  shape: 'text';
  /** One line; `x` is its left edge and `y` its base line. */
  text: string;
  x: number;
  y: number;
  letterPx: number;
}

/** One thing to draw, in picture px. SVG and canvas can both draw it, and so both show the same. */
export type Primitive = PathPrimitive | TextPrimitive;

/** All marks of a picture from the bottom up, each with what it is drawn of. */
export function drawingOf(
  marks: readonly Mark[],
  measure: Measure,
): { mark: Mark; primitives: Primitive[] }[] {
  const numbers = stepNumbers(marks);
  return drawingOrder(marks).map(mark => ({
    mark,
    primitives: drawMark(mark, numbers.get(mark.id) ?? 0, measure),
  }));
}

/** What one mark is drawn of, from the bottom up. `stepNumber` is for steps only. */
export function drawMark(mark: Mark, stepNumber: number, measure: Measure): Primitive[] {
  switch (mark.tool) {
    case 'redact':
      return [fill(rectangle(outwardRect(mark.rect)), black)];
    case 'highlight':
      return [{ ...fill(rectangle(mark.rect), washOf(mark.style.colour)), blend: 'multiply' }];
    case 'box':
      return ringed(rectangle(mark.rect), mark.style.widthPx, inkOf(mark.style.colour));
    case 'line':
      return ringed(polyline([mark.from, mark.to]), mark.style.widthPx, inkOf(mark.style.colour));
    case 'pen':
      return ringed(smoothLine(mark.points), mark.style.widthPx, inkOf(mark.style.colour));
    case 'arrow':
      return ringedFill(arrowOutline(mark.from, mark.to, mark.style.widthPx), mark.style.widthPx, mark.style);
    case 'text': {
      const lines = wrapText(mark.text, mark.widthPx, mark.letterPx, measure);
      return words(lines, mark.at, mark.letterPx, inkOf(mark.style.colour));
    }
    case 'step':
      return drawStep(mark, stepNumber, measure);
  }
}

function drawStep(step: Extract<Mark, { tool: 'step' }>, stepNumber: number, measure: Measure): Primitive[] {
  const ink = inkOf(step.style.colour);
  const letterPx = badgeLetterPx(step);
  const number = String(stepNumber);
  // Digits of most letters are about 0.72 of their size high.
  const x = step.at.x - measure(number, letterPx) / 2;
  const y = step.at.y + letterPx * 0.36;
  const { lines, rect } = stepWords(step, measure);
  return [
    ...ringedFill(circle(step.at, badgeRadiusPx(step)), step.style.widthPx, step.style),
    textLine(number, { x, y }, letterPx, { fill: ink.ring }),
    ...words(lines, rect, letterPx, ink),
  ];
}

/** Lines of text below each other from a top left corner, each with its rings. */
function words(lines: readonly string[], at: Point | Rect, letterPx: number, ink: Ink): Primitive[] {
  const ringPx = letterPx / 10;
  const placed = lines
    .map((line, index) => ({
      line,
      place: { x: at.x, y: at.y + letterPx * (index * lineHeight + ascent) },
    }))
    .filter(({ line }) => line !== '');
  const layer = (paint: Partial<Paint>) =>
    placed.map(({ line, place }) => textLine(line, place, letterPx, paint));
  // A line's ring must not cover the line above.
  return [
    ...layer({ stroke: ink.rim, strokeWidthPx: ringPx * 2.6 }),
    ...layer({ stroke: ink.ring, strokeWidthPx: ringPx * 2 }),
    ...layer({ fill: ink.core }),
  ];
}

/** A stroke with a ring and a rim, so that it stands out from any ground. */
function ringed(d: string, widthPx: number, ink: Ink): Primitive[] {
  const { ringPx, rimPx } = rings(widthPx);
  return [
    stroke(d, ink.rim, widthPx + 2 * (ringPx + rimPx)),
    stroke(d, ink.ring, widthPx + 2 * ringPx),
    stroke(d, ink.core, widthPx),
  ];
}

/** The same for a shape that is filled; the rings lie outside it. */
function ringedFill(d: string, widthPx: number, style: { colour: Parameters<typeof inkOf>[0] }): Primitive[] {
  const ink = inkOf(style.colour);
  const { ringPx, rimPx } = rings(widthPx);
  return [stroke(d, ink.rim, 2 * (ringPx + rimPx)), stroke(d, ink.ring, 2 * ringPx), fill(d, ink.core)];
}

function rings(widthPx: number): { ringPx: number; rimPx: number } {
  return { ringPx: Math.max(1, widthPx * 0.35), rimPx: Math.max(0.6, widthPx * 0.12) };
}

const noPaint: Paint = { fill: null, stroke: null, strokeWidthPx: 0, blend: 'normal' };

function fill(d: string, colour: string): Primitive {
  return { ...noPaint, shape: 'path', d, fill: colour };
}

function stroke(d: string, colour: string, strokeWidthPx: number): Primitive {
  return { ...noPaint, shape: 'path', d, stroke: colour, strokeWidthPx };
}

function textLine(text: string, { x, y }: Point, letterPx: number, paint: Partial<Paint>): Primitive {
  return { ...noPaint, ...paint, shape: 'text', text, x, y, letterPx };
}
