import type { Point, Rect } from '../image/geometry.ts';
import { boundsOf, grow } from './bounds.ts';
import type { Mark } from './mark.ts';
import { drawingOrder } from './order.ts';
import type { Measure } from './text-layout.ts';

/**
 * The topmost mark under a point of the picture, with `tolerancePx` to spare; null when there is none. The inside of
 * a box counts only where nothing else is: it is drawn around things.
 */
export function markAt(
  marks: readonly Mark[],
  point: Point,
  tolerancePx: number,
  measure: Measure,
): Mark | null {
  const topDown = drawingOrder(marks).reverse();
  return (
    topDown.find(mark => isOn(mark, point, tolerancePx, measure)) ??
    topDown.find(mark => mark.tool === 'box' && isIn(point, mark.rect)) ??
    null
  );
}

function isOn(mark: Mark, point: Point, tolerancePx: number, measure: Measure): boolean {
  switch (mark.tool) {
    case 'arrow':
    case 'line':
      return distanceToSegment(point, mark.from, mark.to) <= mark.style.widthPx / 2 + tolerancePx;
    case 'pen': {
      const reachPx = mark.style.widthPx / 2 + tolerancePx;
      return mark.points.some(
        (to, index) => distanceToSegment(point, mark.points[index - 1] ?? to, to) <= reachPx,
      );
    }
    case 'box': {
      const reachPx = mark.style.widthPx / 2 + tolerancePx;
      return isIn(point, grow(mark.rect, reachPx)) && !isInside(point, grow(mark.rect, -reachPx));
    }
    case 'text':
    case 'step':
    case 'highlight':
    case 'redact':
      return isIn(point, grow(boundsOf(mark, measure), tolerancePx));
  }
}

export function isIn({ x, y }: Point, rect: Rect): boolean {
  return x >= rect.x && y >= rect.y && x <= rect.x + rect.width && y <= rect.y + rect.height;
}

/** In it and not on its edge; a rectangle of negative size has no inside. */
function isInside({ x, y }: Point, rect: Rect): boolean {
  return x > rect.x && y > rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}

function distanceToSegment({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squared;
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - nearest * dx, y - from.y - nearest * dy);
}
