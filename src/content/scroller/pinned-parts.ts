import { intersection, type Rect } from '../../core/image/geometry.ts';
import { allElements } from './all-elements.ts';
import { isInside, rectOf, selfAndAncestors } from './element-geometry.ts';
import { layoutPort } from './measure-view.ts';
import { overrideStyle } from './override-style.ts';
import type { PictureFrame } from './picture-frame.ts';
import { documentElement } from './scrollers.ts';

/** Where a part that does not scroll belongs in the whole picture. */
type Belongs = 'top' | 'bottom' | 'everywhere' | 'nowhere';

export interface PinnedParts {
  /** Shows what belongs into the slice and hides the rest; true when that changed anything. */
  arrange(edges: { isFirst: boolean; isLast: boolean }): boolean;
  restore(): void;
}

/**
 * The parts of a page that stay in the window while it is scrolled. Fixed ones are shown once: on the first slice what
 * is in the window's upper half, on the last what is in the lower. Sticky ones go to their natural place. Parts that
 * only come while it is scrolled are found too, since it looks again for each slice.
 */
export function createPinnedParts(frame: PictureFrame): PinnedParts {
  const fixed = new Map<Element, { belongs: Belongs; show: (() => void) | null }>();
  const sticky = new Map<Element, () => void>();

  /** True when a sticky part was put at its place. */
  function find(isFirst: boolean): boolean {
    const before = sticky.size;
    for (const element of allElements()) {
      if (fixed.has(element) || sticky.has(element)) continue;
      const { position } = getComputedStyle(element);
      if (position === 'sticky' && sticksToFrame(element, frame)) {
        const natural = { top: 'auto', right: 'auto', bottom: 'auto', left: 'auto' };
        sticky.set(element, overrideStyle(element, natural));
      } else if (position === 'fixed' && staysInWindow(element, frame)) {
        fixed.set(element, { belongs: placeOf(element, frame, isFirst), show: null });
      }
    }
    for (const element of partsOverPane(frame)) {
      if (!fixed.has(element)) fixed.set(element, { belongs: placeOf(element, frame, isFirst), show: null });
    }
    return sticky.size > before;
  }

  return {
    arrange({ isFirst, isLast }) {
      let isChanged = find(isFirst);
      for (const [element, part] of fixed) {
        const isShown =
          part.belongs === 'everywhere' ||
          (part.belongs === 'top' && isFirst) ||
          (part.belongs === 'bottom' && isLast);
        if (isShown === (part.show === null)) continue;
        isChanged = true;
        if (isShown) {
          part.show?.();
          part.show = null;
        } else {
          part.show = overrideStyle(element, { opacity: '0' });
        }
      }
      return isChanged;
    },
    restore() {
      for (const { show } of fixed.values()) show?.();
      for (const release of sticky.values()) release();
      fixed.clear();
      sticky.clear();
    },
  };
}

/** Whether what it sticks to is something that is scrolled for the picture, and not a box of its own. */
function sticksToFrame(element: Element, frame: PictureFrame): boolean {
  for (const around of selfAndAncestors(element)) {
    if (around === element) continue;
    if (frame.chain.some(scroller => scroller.element === around)) return true;
    const { overflowX, overflowY } = getComputedStyle(around);
    const isBox = around !== documentElement() && (isClipping(overflowX) || isClipping(overflowY));
    if (isBox && around !== document.body) return false;
  }
  return true;
}

function isClipping(overflow: string): boolean {
  return overflow !== 'visible' && overflow !== 'clip';
}

/** Whether it really stays: an ancestor with a transform takes fixed parts along. Never what holds the picture itself. */
function staysInWindow(element: Element, frame: PictureFrame): boolean {
  if (frame.subject !== null && isInside(element, frame.subject)) return false;
  const inner = frame.subject ?? frame.chain[0]?.element ?? documentElement();
  if (isInside(inner, element)) return false;
  for (const around of selfAndAncestors(element)) {
    if (around === element) continue;
    if (around === documentElement()) return true;
    if (holdsFixed(getComputedStyle(around))) {
      return !frame.chain.some(scroller => isInside(around, scroller.element));
    }
  }
  return true;
}

function holdsFixed(style: CSSStyleDeclaration): boolean {
  return (
    style.transform !== 'none' ||
    style.perspective !== 'none' ||
    style.filter !== 'none' ||
    style.backdropFilter !== 'none' ||
    /transform|filter|perspective/.test(style.willChange) ||
    /paint|layout|strict|content/.test(style.contain)
  );
}

const gridSteps = 9;

/** What lies over a pane without being in it, such as a toolbar placed by `absolute`. */
function partsOverPane(frame: PictureFrame): Set<Element> {
  const parts = new Set<Element>();
  const pane = frame.chain[0]?.element;
  const clip = pane && pane !== documentElement() ? frame.clip() : null;
  if (!pane || !clip) return parts;
  for (let step = 0; step < gridSteps ** 2; step++) {
    const x = clip.x + (clip.width * ((step % gridSteps) + 0.5)) / gridSteps;
    const y = clip.y + (clip.height * (Math.floor(step / gridSteps) + 0.5)) / gridSteps;
    for (const hit of document.elementsFromPoint(x, y)) {
      if (isInside(hit, pane)) break;
      if (isInside(pane, hit)) continue;
      parts.add(outermostBeside(hit, pane));
    }
  }
  return parts;
}

/** The largest box around `element` that does not hold the pane. */
function outermostBeside(element: Element, pane: Element): Element {
  let outermost = element;
  for (const around of selfAndAncestors(element)) {
    if (isInside(pane, around)) break;
    outermost = around;
  }
  return outermost;
}

function placeOf(element: Element, frame: PictureFrame, isFirst: boolean): Belongs {
  const box = rectOf(element);
  if (fillsWindow(box)) {
    const isBehind = Number.parseInt(getComputedStyle(element).zIndex, 10) < 0;
    if (isBehind) return 'everywhere';
  }
  // Over a part of the page that was picked it was never wanted.
  if (frame.subject !== null || frame.isPicked) return 'nowhere';
  const window = layoutPort();
  const isUpper = box.y + box.height / 2 < window.height / 2 || box.y < window.height / 4;
  if (!isUpper) return 'bottom';
  // A header that comes only after scrolling was not there at the top.
  return isFirst ? 'top' : 'nowhere';
}

function fillsWindow(box: Rect): boolean {
  const window = layoutPort();
  const seen = intersection(box, window);
  return seen !== null && seen.width * seen.height > window.width * window.height * 0.8;
}
