/** A point; whether of the page (CSS px) or of a picture (device px) is said where it is named. */
export interface Point {
  x: number;
  y: number;
}

/** An upright rectangle in the same units as its corner. Sides are never negative. */
export interface Rect extends Point {
  width: number;
  height: number;
}

/** What the browser shows of a page at one moment, all in CSS px of the layout viewport, scroll bars included. */
export interface ViewGeometry {
  width: number;
  height: number;
  /** The part that pinch zoom shows: its corner in the layout viewport, and how much larger it is shown (1 = not). */
  pinch: Point & { scale: number };
}

/**
 * Picture pixels for one CSS px, on each axis: the bitmap's size over the size of what it shows. `devicePixelRatio`
 * is not asked: the page can say anything, and rounding at odd zooms makes it differ from the picture.
 */
export function pictureScale(
  bitmap: { width: number; height: number },
  view: ViewGeometry,
): { x: number; y: number } {
  return {
    x: (bitmap.width / view.width) * view.pinch.scale,
    y: (bitmap.height / view.height) * view.pinch.scale,
  };
}

/** Where a rectangle of the layout viewport (CSS px) lies in a picture of `view`; not rounded, not clipped. */
export function toPicture(rect: Rect, bitmap: { width: number; height: number }, view: ViewGeometry): Rect {
  const scale = pictureScale(bitmap, view);
  return {
    x: (rect.x - view.pinch.x) * scale.x,
    y: (rect.y - view.pinch.y) * scale.y,
    width: rect.width * scale.x,
    height: rect.height * scale.y,
  };
}

/** The part of `rect` inside `bounds`; null when they have no area in common. */
export function intersection(rect: Rect, bounds: Rect): Rect | null {
  const x = Math.max(rect.x, bounds.x);
  const y = Math.max(rect.y, bounds.y);
  const width = Math.min(rect.x + rect.width, bounds.x + bounds.width) - x;
  const height = Math.min(rect.y + rect.height, bounds.y + bounds.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The nearest whole pixels: an edge goes to the line that it is closest to, so that neighbours share it. */
export function roundRect({ x, y, width, height }: Rect): Rect {
  const left = Math.round(x);
  const top = Math.round(y);
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
}

/** The smallest rectangle of whole pixels around it: for what must be covered wholly. */
export function outwardRect({ x, y, width, height }: Rect): Rect {
  const left = Math.floor(x);
  const top = Math.floor(y);
  return { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
}

/** The smallest rectangle that holds both. */
export function union(one: Rect, other: Rect): Rect {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
