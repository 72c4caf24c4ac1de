import { outwardRect, type Point, type Rect } from '../image/geometry.ts';
import type { Mark, MarkStyle, MarkTool } from './mark.ts';
import { clampMark, clampPoint, type Size } from './transform.ts';

/** How thick and large marks are drawn, over the middle size. */
export const markSizes = { small: 0.6, medium: 1, large: 2 } as const;
export type MarkSize = keyof typeof markSizes;

/** Letters of a text, over the width of its style. */
const lettersPerWidth = 6;

/** The width of strokes, in px, that suits a picture: as thick on a small picture as on a large one, as they are shown. */
export function strokeWidthPx(picture: Size, size: MarkSize): number {
  const middle = Math.min(14, Math.max(3, Math.round(Math.min(picture.width, 2 * picture.height) / 320)));
  return Math.max(1, Math.round(middle * markSizes[size]));
}

export function letterPxOf(widthPx: number): number {
  return widthPx * lettersPerWidth;
}

/** The mark that a drag with a tool makes. `isStraight` (Shift) keeps lines to 45° and boxes square. */
export function drawnMark(
  id: string,
  tool: Exclude<MarkTool, 'text' | 'step' | 'pen'>,
  from: Point,
  towards: Point,
  isStraight: boolean,
  style: MarkStyle,
  picture: Size,
): Mark {
  const start = clampPoint(from, picture);
  const isLine = tool === 'arrow' || tool === 'line';
  const to = clampPoint(isStraight ? straightened(start, towards, isLine) : towards, picture);
  if (isLine) return { id, tool, from: start, to, style };
  const rect = {
    x: Math.min(start.x, to.x),
    y: Math.min(start.y, to.y),
    width: Math.abs(to.x - start.x),
    height: Math.abs(to.y - start.y),
  };
  return tool === 'redact' ? { id, tool, rect: outwardRect(rect), found: null } : { id, tool, rect, style };
}

function straightened(from: Point, to: Point, isLine: boolean): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (!isLine) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    return { x: from.x + side * (dx < 0 ? -1 : 1), y: from.y + side * (dy < 0 ? -1 : 1) };
  }
  const step = Math.PI / 4;
  const angle = Math.round(Math.atan2(dy, dx) / step) * step;
  const length = Math.hypot(dx, dy);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

/** A text at a point, as wide as the picture leaves room for, up to a readable line. */
export function textMark(id: string, at: Point, text: string, style: MarkStyle, picture: Size): Mark {
  const letterPx = letterPxOf(style.widthPx);
  const widthPx = Math.min(
    picture.width,
    Math.max(4 * letterPx, Math.min(14 * letterPx, picture.width - at.x)),
  );
  return clampMark({ id, tool: 'text', at, widthPx, letterPx, text, style }, picture);
}

/** The mark that a tool puts into the middle of what is seen, for whoever draws without a pointer. */
export function defaultMark(id: string, tool: MarkTool, view: Rect, style: MarkStyle, picture: Size): Mark {
  const width = Math.round(Math.min(view.width / 2, 40 * style.widthPx));
  const height = Math.round(Math.min(view.height / 2, 16 * style.widthPx));
  const left = Math.round(view.x + (view.width - width) / 2);
  const top = Math.round(view.y + (view.height - height) / 2);
  const rect = { x: left, y: top, width, height };
  const middle = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  switch (tool) {
    case 'pen': {
      const wave = [0, 1, 2, 3, 4].map(part => ({
        x: left + (width * part) / 4,
        y: part % 2 === 0 ? top + height : top,
      }));
      return { id, tool, points: wave, style };
    }
    case 'step':
      return { id, tool, at: middle, text: '', style };
    case 'text':
      return textMark(id, { x: left, y: top }, '', style, picture);
    case 'line':
      return { id, tool, from: { x: left, y: middle.y }, to: { x: left + width, y: middle.y }, style };
    case 'arrow':
      return { id, tool, from: { x: left, y: top + height }, to: { x: left + width, y: top }, style };
    case 'redact':
      return { id, tool, rect: outwardRect(rect), found: null };
    case 'box':
    case 'highlight':
      return { id, tool, rect, style };
  }
}
