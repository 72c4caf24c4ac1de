import { type Rect, union } from '../image/geometry.ts';
import { frameOf } from './frame.ts';
import type { Mark } from './mark.ts';
import { badgeRadiusPx, stepWords } from './step-badge.ts';
import { lineHeight, type Measure, wrapText } from './text-layout.ts';

/** All that a mark covers with its core colour (not the rings around it), in picture px. */
export function boundsOf(mark: Mark, measure: Measure): Rect {
  const frame = frameOf(mark);
  switch (mark.tool) {
    case 'redact':
    case 'highlight':
      return frame;
    case 'text': {
      const lines = wrapText(mark.text, mark.widthPx, mark.letterPx, measure);
      return { ...frame, height: lines.length * mark.letterPx * lineHeight };
    }
    case 'step': {
      const badge = grow(frame, badgeRadiusPx(mark));
      const words = stepWords(mark, measure);
      return words.lines.length === 0 ? badge : union(badge, words.rect);
    }
    case 'arrow':
      return grow(frame, mark.style.widthPx * 2.5);
    case 'line':
    case 'box':
    case 'pen':
      return grow(frame, mark.style.widthPx / 2);
  }
}

/** The rectangle with `byPx` more on each side. */
export function grow({ x, y, width, height }: Rect, byPx: number): Rect {
  return { x: x - byPx, y: y - byPx, width: width + 2 * byPx, height: height + 2 * byPx };
}
