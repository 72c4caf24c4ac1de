import type { Rect } from '../core/image/geometry.ts';

/** Any part of it, an edge without width or height included, lies in what is shown. */
export function isSeen(bounds: Rect, view: Rect): boolean {
  return (
    bounds.x <= view.x + view.width &&
    bounds.y <= view.y + view.height &&
    bounds.x + bounds.width >= view.x &&
    bounds.y + bounds.height >= view.y
  );
}
