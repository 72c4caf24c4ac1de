import { intersection } from '../../core/image/geometry.ts';
import { allElements } from './all-elements.ts';
import { rectOf } from './element-geometry.ts';

/**
 * The picture of the page that was loaded from this address; of several the one of which the most is in the window.
 * Null when there is none that is drawn.
 */
export function imageAt(address: string): Element | null {
  const seen = { x: 0, y: 0, width: innerWidth, height: innerHeight };
  let best: { element: Element; area: number } | null = null;
  for (const element of allElements()) {
    if (!isLoadedFrom(element, address)) continue;
    const box = rectOf(element);
    if (box.width === 0 || box.height === 0 || !isDrawn(element)) continue;
    const inSight = intersection(box, seen);
    const area = inSight ? inSight.width * inSight.height : 0;
    if (!best || area > best.area) best = { element, area };
  }
  return best?.element ?? null;
}

function isLoadedFrom(element: Element, address: string): boolean {
  if (element instanceof HTMLImageElement) return [element.currentSrc, element.src].includes(address);
  if (element instanceof HTMLInputElement) return element.type === 'image' && element.src === address;
  if (!(element instanceof SVGImageElement)) return false;
  const { baseVal } = element.href;
  return URL.canParse(baseVal, document.baseURI) && new URL(baseVal, document.baseURI).href === address;
}

function isDrawn(element: Element): boolean {
  return Element.prototype.checkVisibility.call(element, { opacityProperty: true, visibilityProperty: true });
}
