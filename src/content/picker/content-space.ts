import type { Point, Rect } from '../../core/image/geometry.ts';
import { ancestorsOf, boxOf, elementAt } from './page-tree.ts';
import { type ScrollNumbers, scrollNumbers, scrollZoom } from './scroll-numbers.ts';

/** What one scroller scrolls, and where that is in the window now. All in CSS px. */
export interface ContentSpace {
  scroller: Element;
  /** The point of the window at which the content has its top left corner; it moves as the content scrolls. */
  origin: Point;
  /** What of the content can be brought into view, from its top left corner on. */
  bounds: Rect;
}

export function documentScroller(): Element {
  return document.scrollingElement ?? document.documentElement;
}

/** What the window shows of the document, without scroll bars, in CSS px of the layout viewport. */
export function windowView(): Rect {
  const { clientWidth, clientHeight } = scrollNumbers(documentScroller());
  return { x: 0, y: 0, width: clientWidth || innerWidth, height: clientHeight || innerHeight };
}

/** The space of a scroller as it stands now. */
export function spaceOf(scroller: Element): ContentSpace {
  const numbers = scrollNumbers(scroller);
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = numbers;
  const isDocument = scroller === documentScroller();
  const corner = isDocument ? { x: 0, y: 0 } : paddingCorner(scroller, numbers);
  const start = scrollStart(scroller, numbers);
  const offset = { x: scrollLeft - start.x, y: scrollTop - start.y };
  const across = scrollsAlong(scroller, 'x');
  const down = scrollsAlong(scroller, 'y');
  return {
    scroller,
    origin: { x: corner.x - offset.x, y: corner.y - offset.y },
    bounds: {
      x: across ? 0 : offset.x,
      y: down ? 0 : offset.y,
      width: across ? scrollWidth : clientWidth,
      height: down ? scrollHeight : clientHeight,
    },
  };
}

/** Whether a scroller can still go some way in this direction. */
export function canScroll(scroller: Element, by: Point): boolean {
  const numbers = scrollNumbers(scroller);
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = numbers;
  const start = scrollStart(scroller, numbers);
  const canGo = (step: number, at: number, furthest: number) =>
    (step < 0 && at > 0.5) || (step > 0 && at < furthest - 0.5);
  return (
    (canGo(by.x, scrollLeft - start.x, scrollWidth - clientWidth) && scrollsAlong(scroller, 'x')) ||
    (canGo(by.y, scrollTop - start.y, scrollHeight - clientHeight) && scrollsAlong(scroller, 'y'))
  );
}

// Not the element's own: a form may have a control of this name.
const scrollBy: (this: Element, options: ScrollToOptions) => void = Element.prototype.scrollBy;

export function scrollContent(scroller: Element, by: Point): void {
  const zoom = scrollZoom(scroller);
  scrollBy.call(scroller, { left: by.x / zoom, top: by.y / zoom, behavior: 'instant' });
}

/** The innermost pane under a point that scrolls by itself, in either direction; null where only the document does. */
export function paneAt(point: Point, ignored: Element): Element | null {
  for (const element of ancestorsOf(elementAt(point, ignored))) {
    if (element === documentScroller() || element === document.documentElement) return null;
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = scrollNumbers(element);
    const isLarger = scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
    if (isLarger && (scrollsAlong(element, 'x') || scrollsAlong(element, 'y'))) return element;
  }
  return null;
}

function paddingCorner(element: Element, { clientLeft, clientTop }: ScrollNumbers): Point {
  const { x, y } = boxOf(element);
  return { x: x + clientLeft, y: y + clientTop };
}

/** The least that `scrollLeft` and `scrollTop` can be: below 0 where content begins at the right or at the bottom. */
function scrollStart(scroller: Element, numbers: ScrollNumbers): Point {
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = numbers;
  const style = getComputedStyle(scroller);
  const isReversed = (direction: string) =>
    style.display.endsWith('flex') && style.flexDirection === direction;
  const fromRight =
    scrollLeft < 0 ||
    (scrollLeft === 0 &&
      (style.direction === 'rtl' || /-rl$/.test(style.writingMode)) !== isReversed('row-reverse'));
  const fromBottom = scrollTop < 0 || (scrollTop === 0 && isReversed('column-reverse'));
  return {
    x: fromRight ? clientWidth - scrollWidth : 0,
    y: fromBottom ? clientHeight - scrollHeight : 0,
  };
}

function scrollsAlong(scroller: Element, axis: 'x' | 'y'): boolean {
  const overflow = (element: Element) =>
    getComputedStyle(element).getPropertyValue(axis === 'x' ? 'overflow-x' : 'overflow-y');
  if (scroller !== documentScroller()) return /^(?:auto|scroll)$/.test(overflow(scroller));
  // The window takes the overflow of the root, or of the body where the root says nothing.
  const ofRoot = overflow(document.documentElement);
  const ofWindow = ofRoot === 'visible' && document.body ? overflow(document.body) : ofRoot;
  return !/^(?:hidden|clip)$/.test(ofWindow);
}
