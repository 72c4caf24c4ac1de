import type { Point } from '../image/geometry.ts';
import type { Mark } from './mark.ts';
import { resizeMark, type Size } from './transform.ts';

/** Smallest letters, and thinnest strokes, that keys can make. */
const leastLetterPx = 6;
const leastWidthPx = 1;

/**
 * Makes a mark wider by `delta.x` and taller by `delta.y` (picture px, negative: smaller), for who sizes by keys. Of an
 * arrow and a line the end moves; a text gets wider lines and larger letters, a step a larger badge.
 */
export function growMark(mark: Mark, delta: Point, picture: Size): Mark {
  switch (mark.tool) {
    case 'arrow':
    case 'line':
      return resizeMark(mark, 'to', delta, picture);
    case 'text': {
      const wider = delta.x === 0 ? mark : resizeMark(mark, 'e', { x: delta.x, y: 0 }, picture);
      return wider.tool === 'text'
        ? { ...wider, letterPx: Math.max(leastLetterPx, mark.letterPx + delta.y) }
        : wider;
    }
    case 'step': {
      const widthPx = Math.max(leastWidthPx, mark.style.widthPx + delta.x + delta.y);
      return { ...mark, style: { ...mark.style, widthPx } };
    }
    case 'pen':
    case 'box':
    case 'highlight':
    case 'redact':
      return resizeMark(mark, 'se', delta, picture);
  }
}
