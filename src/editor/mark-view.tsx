import { useMemo } from 'preact/hooks';
import { drawMark, markFontFamily, markFontWeight, type Primitive } from '../core/marks/drawing.ts';
import type { Mark } from '../core/marks/mark.ts';
import type { Measure } from '../core/marks/text-layout.ts';
import { text } from '../platform/localised-text.ts';

interface MarkViewProps {
  mark: Mark;
  stepNumber: number;
  measure: Measure;
  /** Without a name it is a sketch, which takes no focus. */
  name?: string | undefined;
  isSelected?: boolean;
  onFocus?: (id: string) => void;
}

/** One mark in the picture's SVG. */
export function MarkView({ mark, stepNumber, measure, name, isSelected = false, onFocus }: MarkViewProps) {
  // The same drawing is compared with itself when another mark moves.
  const drawing = useMemo(
    () => drawMark(mark, stepNumber, measure).map((primitive, index) => <Shape key={index} {...primitive} />),
    [mark, stepNumber, measure],
  );
  if (name === undefined) return <g>{drawing}</g>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons.
    <g
      class="mark"
      tabIndex={0}
      role="button"
      aria-pressed={isSelected}
      aria-roledescription={text('markRole')}
      aria-label={name}
      data-mark={mark.id}
      onFocus={() => onFocus?.(mark.id)}
    >
      {drawing}
    </g>
  );
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
