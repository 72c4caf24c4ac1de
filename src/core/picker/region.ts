import type { Point, Rect } from '../image/geometry.ts';

/** The side or corner of a rectangle that is held: -1 is left or top, 1 is right or bottom, 0 neither. */
export interface Grip {
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}

/** Clockwise from the top left: the order in which a person meets them. */
export const grips: readonly Grip[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

/** No side may be shorter, in CSS px: a picture has at least one pixel, and what is shorter cannot be held. */
export const shortestSidePx = 4;

/** The rectangle from one corner to the opposite one, in whole px, as far as it lies in the bounds. */
export function rectBetween(corner: Point, opposite: Point, bounds: Rect): Rect {
  const [left, right] = between(corner.x, opposite.x, bounds.x, bounds.x + bounds.width);
  const [top, bottom] = between(corner.y, opposite.y, bounds.y, bounds.y + bounds.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The rectangle moved, and stopped at the bounds; one that is larger than they are is cut to them. */
export function moveRect(rect: Rect, by: Point, bounds: Rect): Rect {
  const width = Math.min(rect.width, bounds.width);
  const height = Math.min(rect.height, bounds.height);
  return {
    x: clamp(Math.round(rect.x + by.x), bounds.x, bounds.x + bounds.width - width),
    y: clamp(Math.round(rect.y + by.y), bounds.y, bounds.y + bounds.height - height),
    width,
    height,
  };
}

/** The rectangle with the held sides moved. The others stay where they are, and no side passes its opposite. */
export function resizeRect(rect: Rect, grip: Grip, by: Point, bounds: Rect): Rect {
  const [left, right] = resizeSpan(
    rect.x,
    rect.x + rect.width,
    grip.x,
    by.x,
    bounds.x,
    bounds.x + bounds.width,
  );
  const [top, bottom] = resizeSpan(
    rect.y,
    rect.y + rect.height,
    grip.y,
    by.y,
    bounds.y,
    bounds.y + bounds.height,
  );
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a person without a pointer starts: the middle half of what is seen. */
export function middleOf(view: Rect): Rect {
  return {
    x: Math.round(view.x + view.width / 4),
    y: Math.round(view.y + view.height / 4),
    width: Math.round(view.width / 2),
    height: Math.round(view.height / 2),
  };
}

/** How far an arrow key goes, in CSS px; null for any other key. */
export function arrowStep(key: string, hasShift: boolean): Point | null {
  const step = hasShift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
      return { x: -step, y: 0 };
    case 'ArrowRight':
      return { x: step, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -step };
    case 'ArrowDown':
      return { x: 0, y: step };
    default:
      return null;
  }
}

// So near to an edge, in CSS px, a drag scrolls; the nearer the faster, up to this many px in one frame.
const edgePx = 40;
const fastestPx = 24;

/** How far the page should scroll in this frame for a pointer that drags at or past the edge of what is seen. */
export function edgeScroll(pointer: Point, view: Rect): Point {
  return {
    x: edgeSpeed(pointer.x, view.x, view.x + view.width),
    y: edgeSpeed(pointer.y, view.y, view.y + view.height),
  };
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function offsetRect(rect: Rect, by: Point): Rect {
  return { ...rect, x: rect.x + by.x, y: rect.y + by.y };
}

function edgeSpeed(at: number, from: number, to: number): number {
  // In a very small window the two zones must not meet.
  const zone = Math.min(edgePx, (to - from) / 4);
  if (!(zone > 0)) return 0;
  const before = Math.min(1, (from + zone - at) / zone);
  const after = Math.min(1, (at - (to - zone)) / zone);
  if (before > 0) return -Math.ceil(before * fastestPx);
  return after > 0 ? Math.ceil(after * fastestPx) : 0;
}

function between(one: number, other: number, from: number, to: number): [number, number] {
  const low = clamp(Math.round(Math.min(one, other)), from, to);
  return [low, clamp(Math.round(Math.max(one, other)), low, to)];
}

function resizeSpan(
  low: number,
  high: number,
  held: -1 | 0 | 1,
  by: number,
  from: number,
  to: number,
): [number, number] {
  if (held === -1) {
    const latest = Math.max(high - shortestSidePx, from);
    return [clamp(Math.round(low + by), from, latest), high];
  }
  if (held === 1) {
    const earliest = Math.min(low + shortestSidePx, to);
    return [low, clamp(Math.round(high + by), earliest, to)];
  }
  return [low, high];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
