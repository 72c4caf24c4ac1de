import type { Point, Rect } from '../image/geometry.ts';

// Paths as text, for SVG's `d` and the canvas's Path2D alike. Two decimals of a picture pixel are more than is seen.
const number = (value: number) => String(Math.round(value * 100) / 100 + 0);
const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;

export function polyline(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  // A line to where it is already still draws its round end: a dot.
  return `M${at(first)}${(rest.length === 0 ? [first] : rest).map(point => `L${at(point)}`).join('')}`;
}

export function rectangle({ x, y, width, height }: Rect): string {
  return `M${at({ x, y })}h${number(width)}v${number(height)}h${number(-width)}Z`;
}

export function circle({ x, y }: Point, radius: number): string {
  const arc = (to: Point) => `A${number(radius)} ${number(radius)} 0 0 1 ${at(to)}`;
  const [left, right] = [
    { x: x - radius, y },
    { x: x + radius, y },
  ];
  return `M${at(left)}${arc(right)}${arc(left)}Z`;
}

/** A curve through the middles between the points, as a hand means it. */
export function smoothLine(points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return polyline(points);
  const curves = points.slice(1, -1).map((point, index) => {
    const next = points[index + 2] ?? last;
    const end = index + 2 === points.length - 1 ? next : middle(point, next);
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(first)}${curves.join('')}`;
}

/** The outline of an arrow whose point is at `to`. A short one is all head. */
export function arrowOutline(from: Point, to: Point, widthPx: number): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  // An arrow of no length points down to the right, so that it can be seen and taken hold of.
  const unit =
    length === 0
      ? { x: Math.SQRT1_2, y: Math.SQRT1_2 }
      : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const headPx = Math.max(widthPx, Math.min(widthPx * 5.5, length));
  const place = (back: number, side: number) => ({
    x: to.x - unit.x * back - unit.y * side,
    y: to.y - unit.y * back + unit.x * side,
  });
  const halfHead = headPx * 0.46;
  const half = Math.min(widthPx / 2, halfHead / 2);
  const shaft = length > headPx;
  const corners = [
    place(0, 0),
    place(headPx, -halfHead),
    ...(shaft ? [place(headPx, -half), place(length, -half), place(length, half), place(headPx, half)] : []),
    place(headPx, halfHead),
  ];
  return `${polyline(corners)}Z`;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
