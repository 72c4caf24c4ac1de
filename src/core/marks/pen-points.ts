import type { Point } from '../image/geometry.ts';

/** Most points of one pen mark: longer ones are thinned out, never cut. */
export const penPointLimit = 5_000;

/** The points with one more; one closer than `leastPx` to the last is left out. At the limit every second point goes. */
export function withPenPoint(points: readonly Point[], point: Point, leastPx: number): readonly Point[] {
  const last = points.at(-1);
  if (last && Math.hypot(point.x - last.x, point.y - last.y) < leastPx) return points;
  const rounded = { x: Math.round(point.x * 10) / 10, y: Math.round(point.y * 10) / 10 };
  const kept = points.length < penPointLimit ? points : points.filter((_, index) => index % 2 === 0);
  return [...kept, rounded];
}
