import { intersection, type Rect } from '../core/image/geometry.ts';

/** What the window shows of `view`, the part of the picture that is on the sheet; in px of the picture. */
export function visiblePart(view: Rect, stage: Element | null, sheet: Element | null): Rect {
  const outer = stage?.getBoundingClientRect();
  const inner = sheet?.getBoundingClientRect();
  const seen = outer && inner && intersection(inner, outer);
  if (!seen) return view;
  const scale = inner.width / view.width;
  return {
    x: view.x + (seen.x - inner.x) / scale,
    y: view.y + (seen.y - inner.y) / scale,
    width: seen.width / scale,
    height: seen.height / scale,
  };
}
