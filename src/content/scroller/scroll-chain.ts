import type { Point } from '../../core/image/geometry.ts';
import type { PictureFrame } from './picture-frame.ts';
import { documentElement } from './scrollers.ts';

/**
 * Scrolls so that the point of the picture (CSS px from its corner) comes to the corner of what is seen, or as near as
 * it can be: the innermost first, and what it cannot do, by what is around it.
 */
export function bringToCorner(frame: PictureFrame, at: Point): void {
  intoWindow(frame);
  for (const scroller of frame.chain) {
    const way = wayToCorner(frame, at);
    if (!way) return;
    if (Math.abs(way.x) < 0.01 && Math.abs(way.y) < 0.01) return;
    const { x, y } = scroller.position();
    scroller.moveTo({ x: x + way.x, y: y + way.y });
  }
}

/** How far the point is from the corner; null when the picture or its pane is not in the window. */
export function wayToCorner(frame: PictureFrame, at: Point): Point | null {
  const place = frame.place();
  const clip = frame.clip();
  return place && clip && { x: place.x + at.x - clip.x, y: place.y + at.y - clip.y };
}

/** A pane may be outside of the window as a whole. */
function intoWindow(frame: PictureFrame): void {
  const pane = frame.chain[0]?.element;
  if (!pane || pane === documentElement()) return;
  Element.prototype.scrollIntoView.call(pane, { block: 'nearest', inline: 'nearest', behavior: 'instant' });
}

/** Whether scrolling on shows no more of the picture, to the right and downwards. */
export function isAtEnd(frame: PictureFrame): { x: boolean; y: boolean } {
  const place = frame.place();
  const clip = frame.clip();
  if (!place || !clip) return { x: true, y: true };
  const isShown = {
    x: clip.x + clip.width >= place.x + place.width - 0.5,
    y: clip.y + clip.height >= place.y + place.height - 0.5,
  };
  const canMove = { x: false, y: false };
  for (const scroller of frame.chain) {
    const { x, y } = scroller.position();
    const port = scroller.port();
    const content = scroller.contentSize();
    canMove.x ||= x + port.width < content.width - 1;
    canMove.y ||= y + port.height < content.height - 1;
  }
  return { x: isShown.x || !canMove.x, y: isShown.y || !canMove.y };
}
