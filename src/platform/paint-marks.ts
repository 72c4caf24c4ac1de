import { markFontFamily, markFontWeight, type Primitive } from '../core/marks/drawing.ts';
import type { Measure } from '../core/marks/text-layout.ts';

type Context = OffscreenCanvasRenderingContext2D;

function fontOf(letterPx: number): string {
  return `${markFontWeight} ${letterPx}px ${markFontFamily}`;
}

/** Measures with the letters that `paint` draws with. Leaves the context's font changed. */
export function measureOn(context: Context): Measure {
  return (text, letterPx) => {
    context.font = fontOf(letterPx);
    return context.measureText(text).width;
  };
}

/** The same for whoever has nothing to draw on. */
export function createMeasure(): Measure {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  // Only a lost graphics process has no context; letters are about so wide.
  return context ? measureOn(context) : (text, letterPx) => text.length * letterPx * 0.6;
}

/** Draws primitives from the bottom up, in the context's own coordinates. */
export function paint(context: Context, primitives: readonly Primitive[]): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const primitive of primitives) {
    context.globalCompositeOperation = primitive.blend === 'multiply' ? 'multiply' : 'source-over';
    if (primitive.shape === 'path') paintPath(context, primitive, new Path2D(primitive.d));
    else paintText(context, primitive);
  }
  context.globalCompositeOperation = 'source-over';
}

function paintPath(context: Context, { fill, stroke, strokeWidthPx }: Primitive, path: Path2D): void {
  if (fill !== null) {
    context.fillStyle = fill;
    context.fill(path);
  }
  if (stroke !== null) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidthPx;
    context.stroke(path);
  }
}

function paintText(context: Context, primitive: Extract<Primitive, { shape: 'text' }>): void {
  const { text, x, y, letterPx, fill, stroke, strokeWidthPx } = primitive;
  context.font = fontOf(letterPx);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.direction = 'ltr';
  if (fill !== null) {
    context.fillStyle = fill;
    context.fillText(text, x, y);
  }
  if (stroke !== null) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidthPx;
    context.strokeText(text, x, y);
  }
}
