import { intersection } from '../../core/image/geometry.ts';
import { openShadowRootOf } from '../selection/unclobbered.ts';
import { allElements } from './all-elements.ts';
import { clientHeightOf, isInside, rectOf, scrollHeightOf } from './element-geometry.ts';
import { layoutPort } from './measure-view.ts';
import { documentElement, documentScroller, type Scroller, scrollerOf, scrolls } from './scrollers.ts';

/**
 * What a person means by "the page": the document where it scrolls, else the pane that fills most of the window, as
 * in web mail. A document that scrolls by a little only (less than a quarter of the window) does not count.
 */
export function findMainScroller(): Scroller {
  const window = layoutPort();
  const range = scrollHeightOf(documentElement()) - window.height;
  if (range > window.height / 4) return documentScroller;

  let best: Element | null = null;
  let bestArea = 0;
  for (const element of allElements()) {
    // Cheap questions first: most elements do not overflow.
    if (scrollHeightOf(element) <= clientHeightOf(element) + Math.max(1, range)) continue;
    if (clientHeightOf(element) < window.height / 3 || !scrolls(element)) continue;
    const seen = intersection(rectOf(element), window);
    const area = seen ? seen.width * seen.height : 0;
    if (area > bestArea && isOnTop(element)) {
      best = element;
      bestArea = area;
    }
  }
  const isMain = best !== null && bestArea >= (window.width * window.height) / 2;
  return best && isMain ? scrollerOf(best) : documentScroller;
}

/** A pane behind another (a tab that is not open, a list under a dialog) is not what is looked at. */
function isOnTop(element: Element): boolean {
  const seen = intersection(rectOf(element), layoutPort());
  if (!seen) return false;
  const places = [0.5, 0.25, 0.75].map(share => ({
    x: seen.x + seen.width / 2,
    y: seen.y + seen.height * share,
  }));
  return places.some(({ x, y }) => {
    const hit = deepestAt(x, y);
    return hit !== null && isInside(hit, element);
  });
}

/** The element at a point, in open shadow roots too. */
export function deepestAt(x: number, y: number): Element | null {
  let hit = document.elementFromPoint(x, y);
  for (let depth = 0; hit && depth < 20; depth++) {
    const inner = openShadowRootOf(hit)?.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
}
