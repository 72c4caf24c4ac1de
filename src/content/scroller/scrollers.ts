import type { Point, Rect } from '../../core/image/geometry.ts';
import {
  clientHeightOf,
  clientLeftOf,
  clientWidthOf,
  isBody,
  rectOf,
  scrollHeightOf,
  scrollInstantly,
  scrollLeftOf,
  scrollTopOf,
  scrollWidthOf,
  selfAndAncestors,
} from './element-geometry.ts';
import { layoutPort } from './measure-view.ts';
import { overrideStyle } from './override-style.ts';

/** Something that scrolls: the document or a pane. */
export interface Scroller {
  element: Element;
  /** Through which its content is seen: CSS px of the layout viewport, without borders and scroll bars. */
  port(): Rect;
  position(): Point;
  /** Where the top left corner of its content lies, CSS px of the layout viewport. */
  contentAt(): Point;
  moveTo(position: Point): void;
  contentSize(): { width: number; height: number };
}

export function documentElement(): Element {
  return document.scrollingElement ?? document.documentElement;
}

export const documentScroller: Scroller = {
  get element() {
    return documentElement();
  },
  port: layoutPort,
  position: () => ({ x: scrollX, y: scrollY }),
  contentAt: () => ({ x: shift.x - scrollX, y: shift.y - scrollY }),
  moveTo: ({ x, y }) => scrollTo({ left: x, top: y, behavior: 'instant' }),
  contentSize: () => ({
    width: scrollWidthOf(documentElement()) - shift.x,
    height: scrollHeightOf(documentElement()) - shift.y,
  }),
};

let shift: Point = { x: 0, y: 0 };
let releaseShift: (() => void) | null = null;

/**
 * Pinch zoom shows a part of the window, and no script moves that part: the first and the last rows of a page would
 * never come into it. So where scrolling ends, the page itself is shifted by a translation.
 */
export const pinchShift: Scroller = {
  get element() {
    return documentElement();
  },
  port: layoutPort,
  position: () => ({ x: -shift.x, y: -shift.y }),
  contentAt: () => documentScroller.contentAt(),
  moveTo({ x, y }) {
    releaseShift?.();
    shift = { x: -x, y: -y };
    const isShifted = Math.hypot(x, y) > 0.01;
    releaseShift = isShifted
      ? overrideStyle(document.documentElement, { translate: `${-x}px ${-y}px` })
      : null;
  },
  contentSize: () => ({ width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }),
};

/** The document, and what takes over from it under pinch zoom. */
export function documentScrollers(): Scroller[] {
  const isPinched = (visualViewport?.scale ?? 1) > 1.001;
  return isPinched ? [documentScroller, pinchShift] : [documentScroller];
}

export function scrollerOf(element: Element): Scroller {
  return isDocument(element) ? documentScroller : paneScroller(element);
}

/** Whether scrolling this element is scrolling the document: what `body` says of overflow goes to the window. */
function isDocument(element: Element): boolean {
  if (element === document.documentElement || element === document.scrollingElement) return true;
  const root = getComputedStyle(document.documentElement);
  return isBody(element) && root.overflowX === 'visible' && root.overflowY === 'visible';
}

function paneScroller(element: Element): Scroller {
  return {
    element,
    port() {
      const box = rectOf(element);
      const style = getComputedStyle(element);
      const borders = {
        left: Number.parseFloat(style.borderLeftWidth) || 0,
        right: Number.parseFloat(style.borderRightWidth) || 0,
        top: Number.parseFloat(style.borderTopWidth) || 0,
        bottom: Number.parseFloat(style.borderBottomWidth) || 0,
      };
      const width = box.width - borders.left - borders.right;
      const height = box.height - borders.top - borders.bottom;
      // In right-to-left panes the scroll bar is on the left, and counts as a wide border there.
      const leftBar = clientLeftOf(element) - borders.left;
      return {
        x: box.x + borders.left + (leftBar >= 1 ? leftBar : 0),
        y: box.y + borders.top,
        width: withoutBar(width, clientWidthOf(element)),
        height: withoutBar(height, clientHeightOf(element)),
      };
    },
    position: () => ({ x: scrollLeftOf(element), y: scrollTopOf(element) }),
    contentAt() {
      const { x, y } = this.port();
      return { x: x - scrollLeftOf(element), y: y - scrollTopOf(element) };
    },
    moveTo: ({ x, y }) => scrollInstantly(element, x, y),
    contentSize: () => ({ width: scrollWidthOf(element), height: scrollHeightOf(element) }),
  };
}

/** `client` is rounded, so the exact length stands unless a scroll bar takes part of it. */
function withoutBar(exact: number, client: number): number {
  return exact - client >= 1 ? client : exact;
}

/** Whether a person can scroll it, and there is something to scroll. */
export function scrolls(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  return (
    (isScrolling(overflowY) && scrollHeightOf(element) > clientHeightOf(element) + 1) ||
    (isScrolling(overflowX) && scrollWidthOf(element) > clientWidthOf(element) + 1)
  );
}

function isScrolling(overflow: string): boolean {
  return overflow === 'auto' || overflow === 'scroll' || overflow === 'overlay';
}

/** What scrolls around an element, from the inside out; a part that is fixed to the window does not move with it. */
export function scrollersAround(element: Element): Scroller[] {
  const found: Scroller[] = [];
  for (const around of selfAndAncestors(element)) {
    if (isDocument(around)) break;
    if (around !== element && scrolls(around)) found.push(paneScroller(around));
    if (getComputedStyle(around).position === 'fixed') return found;
  }
  return [...found, ...documentScrollers()];
}
