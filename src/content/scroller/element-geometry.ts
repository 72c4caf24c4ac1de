import type { Rect } from '../../core/image/geometry.ts';
import { documentOf, nameOf, parentOf } from '../selection/unclobbered.ts';

// A form answers for its controls (see unclobbered.ts), so nothing is asked of an element itself.

function reader<T extends object, K extends keyof T>(prototype: T, name: K): (object: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return object => get?.call(object);
}

export const scrollLeftOf = reader(Element.prototype, 'scrollLeft');
export const scrollTopOf = reader(Element.prototype, 'scrollTop');
export const scrollWidthOf = reader(Element.prototype, 'scrollWidth');
export const scrollHeightOf = reader(Element.prototype, 'scrollHeight');
export const clientLeftOf = reader(Element.prototype, 'clientLeft');
export const clientWidthOf = reader(Element.prototype, 'clientWidth');
export const clientHeightOf = reader(Element.prototype, 'clientHeight');
const assignedSlotOf = reader(Element.prototype, 'assignedSlot');

/** Its border box in CSS px of the layout viewport. */
export function rectOf(element: Element): Rect {
  const { x, y, width, height } = Element.prototype.getBoundingClientRect.call(element);
  return { x, y, width, height };
}

export function scrollInstantly(element: Element, left: number, top: number): void {
  Reflect.apply(Element.prototype.scrollTo, element, [{ left, top, behavior: 'instant' }]);
}

/** The element around it as it is rendered: the slot of a slotted element, the host of a shadow root. */
function parentElementOf(element: Element): Element | null {
  const parent = assignedSlotOf(element) ?? parentOf(element);
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

// Deeper trees are no pages but attacks on whoever walks them.
const depthLimit = 2_000;

/** It and all around it, from the inside out. */
export function* selfAndAncestors(element: Element): Generator<Element> {
  let next: Element | null = element;
  for (let depth = 0; next && depth < depthLimit; depth++) {
    yield next;
    next = parentElementOf(next);
  }
}

export function isInside(element: Element, container: Element): boolean {
  for (const around of selfAndAncestors(element)) if (around === container) return true;
  return false;
}

export function isConnected(element: Element): boolean {
  return (
    documentOf(element) === document &&
    Node.prototype.getRootNode.call(element, { composed: true }) === document
  );
}

export function isBody(element: Element): boolean {
  return nameOf(element) === 'body' && parentOf(element) === document.documentElement;
}
