import { useMemo } from 'preact/hooks';
import { drawMark, markFontFamily, markFontWeight, type Primitive } from '../core/marks/drawing.ts';
import type { Mark } from '../core/marks/mark.ts';
import type { Measure } from '../core/marks/text-layout.ts';

interface MarkViewProps {
  mark: Mark;
  stepNumber: number;
  measure: Measure;
}

/** One mark in the picture's SVG, to be seen. Its name and its keys are those of a button (`mark-buttons.tsx`). */
export function MarkView({ mark, stepNumber, measure }: MarkViewProps) {
  // The same drawing is compared with itself when another mark moves.
  const drawing = useMemo(
    () => drawMark(mark, stepNumber, measure).map((primitive, index) => <Shape key={index} {...primitive} />),
    [mark, stepNumber, measure],
  );
  return <g class="mark">{drawing}</g>;
}

function Shape(primitive: Primitive) {
  const paint = {
    fill: primitive.fill ?? 'none',
    stroke: primitive.stroke ?? 'none',
    'stroke-width': primitive.strokeWidthPx,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    style: primitive.blend === 'multiply' ? { mixBlendMode: 'multiply' } : {},
  } as const;
  if (primitive.shape === 'path') return <path d={primitive.d} {...paint} />;
  return (
    <text
      {...paint}
      class="mark-letters"
      x={primitive.x}
      y={primitive.y}
      font-size={primitive.letterPx}
      font-family={markFontFamily}
      font-weight={markFontWeight}
    >
      {primitive.text}
    </text>
  );
}
