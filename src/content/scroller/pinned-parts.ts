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
  /** Looks for parts that are not known yet. */
  find(isFirst: boolean): boolean;
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

  function find(isFirst: boolean): boolean {
    const before = sticky.size + fixed.size;
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
    for (const element of partsMet(frame)) {
      if (!fixed.has(element)) fixed.set(element, { belongs: placeOf(element, frame, isFirst), show: null });
    }
    return sticky.size + fixed.size > before;
  }

  return {
    find,
    arrange({ isFirst, isLast }) {
      let isChanged = false;
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

/**
 * What is met at points all over the picture's part of the window and stays there: over a pane, what is not in it,
 * such as a toolbar placed by `absolute`; over the document, what is fixed and was not come across yet on a huge page.
 */
function partsMet(frame: PictureFrame): Set<Element> {
  const parts = new Set<Element>();
  const clip = frame.clip();
  const pane = frame.chain[0]?.element;
  if (!pane || !clip) return parts;
  const isPane = pane !== documentElement();
  for (let step = 0; step < gridSteps ** 2; step++) {
    const x = clip.x + (clip.width * ((step % gridSteps) + 0.5)) / gridSteps;
    const y = clip.y + (clip.height * (Math.floor(step / gridSteps) + 0.5)) / gridSteps;
    for (const hit of document.elementsFromPoint(x, y)) {
      if (isPane && isInside(hit, pane)) break;
      const part = isPane ? partBeside(hit, pane) : fixedAround(hit);
      if (part && (isPane || staysInWindow(part, frame))) parts.add(part);
    }
  }
  return parts;
}

function fixedAround(element: Element): Element | null {
  for (const around of selfAndAncestors(element)) {
    if (getComputedStyle(around).position === 'fixed') return around;
  }
  return null;
}

/** The largest box around `element` that does not hold the pane; null when `element` holds it itself. */
function partBeside(element: Element, pane: Element): Element | null {
  if (isInside(pane, element)) return null;
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
