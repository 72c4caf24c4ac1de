import type { Subject } from '../../contract/content-entries.ts';
import { intersection, type Rect } from '../../core/image/geometry.ts';
import { isConnected, rectOf } from './element-geometry.ts';
import { findMainScroller } from './find-main-scroller.ts';
import { seenPart } from './measure-view.ts';
import {
  documentScroller,
  documentScrollers,
  type Scroller,
  scrollerOf,
  scrollersAround,
} from './scrollers.ts';

/** What the picture will show, and what has to be scrolled to see all of it. */
export interface PictureFrame {
  /** From the inside out; empty for what is fixed to the window. */
  chain: readonly Scroller[];
  /** The picked element; null for a page or an area. */
  subject: Element | null;
  isPicked: boolean;
  /** Where the whole picture lies now, CSS px of the layout viewport; null when it is gone. */
  place(): Rect | null;
  /** Through which part of the window it is seen; null when none of it is in the window. */
  clip(): Rect | null;
}

/** The page: the whole height of what scrolls, in the width that is seen. */
export function pageFrame(): PictureFrame {
  const scroller = findMainScroller();
  const chain = scroller === documentScroller ? [scroller] : [scroller, ...scrollersAround(scroller.element)];
  const clip = () => clipOf(chain);
  const seen = clip() ?? scroller.port();
  // Columns beside the window are not wanted: the page is taken as wide as the person sees it.
  const left = seen.x - scroller.contentAt().x;
  const { width } = seen;
  return {
    chain,
    subject: null,
    isPicked: false,
    clip,
    place() {
      const { x, y } = scroller.contentAt();
      const height = Math.max(scroller.contentSize().height, scroller.port().height);
      return { x: x + left, y, width, height };
    },
  };
}

/** What was picked; null when it is not in the page any more. */
export function subjectFrame(subject: Subject): PictureFrame | null {
  const frame = subject.kind === 'element' ? elementFrame(subject.element) : areaFrame(subject);
  return frame.place() === null ? null : frame;
}

function elementFrame(element: Element): PictureFrame {
  const chain = scrollersAround(element);
  return {
    chain,
    subject: element,
    isPicked: true,
    clip: () => clipOf(chain),
    place() {
      const box = isConnected(element) ? rectOf(element) : null;
      return box && box.width > 0 && box.height > 0 ? box : null;
    },
  };
}

function areaFrame({ scroller: element, rect }: Extract<Subject, { kind: 'area' }>): PictureFrame {
  const scroller = scrollerOf(element);
  const chain = chainFrom(scroller);
  return {
    chain,
    subject: null,
    isPicked: true,
    clip: () => clipOf(chain),
    place() {
      if (!isConnected(element) || rect.width <= 0 || rect.height <= 0) return null;
      const { x, y } = scroller.contentAt();
      return { x: x + rect.x, y: y + rect.y, width: rect.width, height: rect.height };
    },
  };
}

function chainFrom(scroller: Scroller): Scroller[] {
  if (scroller === documentScroller) return documentScrollers();
  return [scroller, ...scrollersAround(scroller.element)];
}

function clipOf(chain: readonly Scroller[]): Rect | null {
  let clip: Rect | null = seenPart();
  for (const scroller of chain) clip = clip && intersection(clip, scroller.port());
  return clip;
}
