import type { Rect } from '../../core/image/geometry.ts';
import { documentOf } from '../selection/unclobbered.ts';

/** How places in a document become places in the window: those in a frame are moved and scaled. */
export interface View {
  x: number;
  y: number;
  scaleX: number;
  scaleY: number;
}

export const windowView: View = { x: 0, y: 0, scaleX: 1, scaleY: 1 };

export function placed(rect: Rect, view: View): Rect {
  return {
    x: view.x + rect.x * view.scaleX,
    y: view.y + rect.y * view.scaleY,
    width: rect.width * view.scaleX,
    height: rect.height * view.scaleY,
  };
}

// By the prototypes, as a form answers for its controls: see selection/unclobbered.ts.

export function boxOf(element: Element): DOMRect {
  return Element.prototype.getBoundingClientRect.call(element);
}

export function boxesOf(element: Element): DOMRectList {
  return Element.prototype.getClientRects.call(element);
}

export function attributeOf(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

const size = (
  name: 'scrollWidth' | 'scrollHeight' | 'clientWidth' | 'clientHeight' | 'clientLeft' | 'clientTop',
) => {
  const get = Object.getOwnPropertyDescriptor(Element.prototype, name)?.get;
  return (element: Element): number => get?.call(element);
};
export const scrollWidthOf = size('scrollWidth');
export const scrollHeightOf = size('scrollHeight');
export const clientWidthOf = size('clientWidth');
export const clientHeightOf = size('clientHeight');
export const clientLeftOf = size('clientLeft');
export const clientTopOf = size('clientTop');

/** The box and all that may overflow it, to whichever side. */
export function reachOf(element: Element, box: DOMRect): Rect {
  const beyondX = Math.max(0, scrollWidthOf(element) - box.width);
  const beyondY = Math.max(0, scrollHeightOf(element) - box.height);
  return {
    x: box.x - beyondX,
    y: box.y - beyondY,
    width: box.width + 2 * beyondX,
    height: box.height + 2 * beyondY,
  };
}

/** Null in a document without a window. */
export function styleOf(element: Element, pseudo?: '::before' | '::after'): CSSStyleDeclaration | null {
  return documentOf(element)?.defaultView?.getComputedStyle(element, pseudo) ?? null;
}

export function isTouching(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
