import type { Rect } from '../image/geometry.ts';

/** The whole pixels that lie wholly in it: for what may be kept. Without area when there are none. */
export function inwardRect({ x, y, width, height }: Rect): Rect {
  const left = Math.ceil(x);
  const top = Math.ceil(y);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.floor(x + width) - left),
    height: Math.max(0, Math.floor(y + height) - top),
  };
}
