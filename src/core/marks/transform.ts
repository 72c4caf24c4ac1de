import type { Point, Rect } from '../image/geometry.ts';
import { frameOf, mapPoints } from './frame.ts';
import type { Mark } from './mark.ts';

/** The handles of a rectangle by compass, and the two ends of a line. */
export const rectHandles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type RectHandle = (typeof rectHandles)[number];
export type Handle = RectHandle | 'from' | 'to';

export interface Size {
  width: number;
  height: number;
}

/** Smallest side that resizing leaves, in picture px. */
const leastSidePx = 4;

/** What a mark can be taken hold of by, and where that is, in picture px. A step has a size by its style only. */
export function handlesOf(mark: Mark, bounds: Rect): (Point & { handle: Handle })[] {
  switch (mark.tool) {
    case 'arrow':
    case 'line':
      return [
        { handle: 'from', ...mark.from },
        { handle: 'to', ...mark.to },
      ];
    case 'step':
      return [];
    case 'text':
      return (['w', 'e'] as const).map(handle => ({ handle, ...handlePoint(bounds, handle) }));
    case 'pen':
    case 'box':
    case 'highlight':
    case 'redact':
      return rectHandles.map(handle => ({ handle, ...handlePoint(frameOf(mark), handle) }));
  }
}

export function handlePoint({ x, y, width, height }: Rect, handle: RectHandle): Point {
  const across = handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5;
  const down = handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5;
  return { x: x + across * width, y: y + down * height };
}

/** Moves a mark as far as its frame stays in the picture. */
export function moveMark(mark: Mark, delta: Point, picture: Size): Mark {
  const frame = frameOf(mark);
  const dx = keepWithin(delta.x, frame.x, frame.width, picture.width);
  const dy = keepWithin(delta.y, frame.y, frame.height, picture.height);
  return dx === 0 && dy === 0 ? mark : mapPoints(mark, ({ x, y }) => ({ x: x + dx, y: y + dy }));
}

/** What is left of a shift so that a stretch stays in [0, limit]; one that sticks out may only come back in. */
function keepWithin(shift: number, start: number, length: number, limit: number): number {
  return clamp(shift, Math.min(0, -start), Math.max(0, limit - start - length));
}

/** Moves one handle by a distance, inside the picture; the opposite edge stays. */
export function resizeMark(mark: Mark, handle: Handle, delta: Point, picture: Size): Mark {
  if (handle === 'from' || handle === 'to') {
    if (mark.tool !== 'arrow' && mark.tool !== 'line') return mark;
    const end = clampPoint({ x: mark[handle].x + delta.x, y: mark[handle].y + delta.y }, picture);
    return { ...mark, [handle]: end };
  }
  const leastPx = mark.tool === 'text' ? 2 * mark.letterPx : leastSidePx;
  return fitMark(mark, resizeRect(frameOf(mark), handle, delta, picture, leastPx));
}

/** A rectangle with one handle moved, inside the picture. It neither flips nor shrinks below `leastPx`. */
export function resizeRect(
  rect: Rect,
  handle: RectHandle,
  delta: Point,
  picture: Size,
  leastPx: number,
): Rect {
  let { x: left, y: top } = rect;
  let [right, bottom] = [left + rect.width, top + rect.height];
  if (handle.includes('w')) {
    left = clamp(left + delta.x, Math.min(0, left), Math.max(left, right - leastPx));
  } else if (handle.includes('e')) {
    right = clamp(right + delta.x, Math.min(right, left + leastPx), Math.max(right, picture.width));
  }
  if (handle.includes('n')) {
    top = clamp(top + delta.y, Math.min(0, top), Math.max(top, bottom - leastPx));
  } else if (handle.includes('s')) {
    bottom = clamp(bottom + delta.y, Math.min(bottom, top + leastPx), Math.max(bottom, picture.height));
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Stretches a mark from its frame to another. A frame without width or height stays without. */
export function fitMark(mark: Mark, to: Rect): Mark {
  // As it is, where going by way of the factor could be off in the last bit.
  if ('rect' in mark) return { ...mark, rect: to };
  const from = frameOf(mark);
  const scaleX = from.width === 0 ? 0 : to.width / from.width;
  const scaleY = from.height === 0 ? 0 : to.height / from.height;
  return mapPoints(mark, ({ x, y }) => ({
    x: to.x + (x - from.x) * scaleX,
    y: to.y + (y - from.y) * scaleY,
  }));
}

export function clampPoint({ x, y }: Point, { width, height }: Size): Point {
  return { x: clamp(x, 0, width), y: clamp(y, 0, height) };
}

/** A mark with its frame moved into the picture and, where it is larger than the picture, cut to its size. */
export function clampMark(mark: Mark, picture: Size): Mark {
  const frame = frameOf(mark);
  const width = Math.min(frame.width, picture.width);
  const height = Math.min(frame.height, picture.height);
  const x = clamp(frame.x, 0, picture.width - width);
  const y = clamp(frame.y, 0, picture.height - height);
  const isInside = x === frame.x && y === frame.y && width === frame.width && height === frame.height;
  return isInside ? mark : fitMark(mark, { x, y, width, height });
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
