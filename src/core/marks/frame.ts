import type { Point, Rect } from '../image/geometry.ts';
import type { Mark } from './mark.ts';

/**
 * The upright rectangle around a mark's own geometry, without the width of its strokes and the words of a step, in
 * picture px. A text's is as high as one line: how many it has is known by measuring only (`bounds.ts`).
 */
export function frameOf(mark: Mark): Rect {
  switch (mark.tool) {
    case 'arrow':
    case 'line':
      return around([mark.from, mark.to]);
    case 'pen':
      return around(mark.points);
    case 'box':
    case 'highlight':
    case 'redact':
      return mark.rect;
    case 'text':
      return { ...mark.at, width: mark.widthPx, height: mark.letterPx };
    case 'step':
      return { ...mark.at, width: 0, height: 0 };
  }
}

/** The same mark with each of its points put elsewhere; `place` keeps left of right and above of below. */
export function mapPoints(mark: Mark, place: (point: Point) => Point): Mark {
  switch (mark.tool) {
    case 'arrow':
    case 'line':
      return { ...mark, from: place(mark.from), to: place(mark.to) };
    case 'pen':
      return { ...mark, points: mark.points.map(place) };
    case 'box':
    case 'highlight':
    case 'redact':
      return { ...mark, rect: mapRect(mark.rect, place) };
    case 'text': {
      const rect = mapRect(frameOf(mark), place);
      return { ...mark, at: { x: rect.x, y: rect.y }, widthPx: rect.width };
    }
    case 'step':
      return { ...mark, at: place(mark.at) };
  }
}

function mapRect({ x, y, width, height }: Rect, place: (point: Point) => Point): Rect {
  const start = place({ x, y });
  const end = place({ x: x + width, y: y + height });
  return { ...start, width: Math.max(0, end.x - start.x), height: Math.max(0, end.y - start.y) };
}

/** The smallest rectangle around the points; empty at the origin when there are none. */
export function around(points: readonly Point[]): Rect {
  const [first] = points;
  if (!first) return { x: 0, y: 0, width: 0, height: 0 };
  let { x: left, y: top } = first;
  let [right, bottom] = [left, top];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
