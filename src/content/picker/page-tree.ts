import type { Point } from '../../core/image/geometry.ts';
import { flatParent, isElement, shadowRootOf } from '../selection/flat-tree.ts';

// Deeper than any page that a browser lays out.
const deepest = 2_000;

/** The element and all around it, innermost first, out of shadow trees too. */
export function* ancestorsOf(element: Element | null): Generator<Element, undefined> {
  let node: Node | null = element;
  for (let depth = 0; node !== null && depth < deepest; depth += 1) {
    if (isElement(node)) yield node;
    node = flatParent(node);
  }
}

/** The innermost element of the page at a point of the window (CSS px), in shadow trees too; `ignored` does not count. */
export function elementAt(point: Point, ignored: Element): Element | null {
  let found = document.elementsFromPoint(point.x, point.y).find(element => element !== ignored) ?? null;
  for (let depth = 0; found !== null && depth < deepest; depth += 1) {
    const root: ShadowRoot | null = shadowRootOf(found);
    const inner = root
      ?.elementsFromPoint(point.x, point.y)
      .find(element => element !== ignored && Node.prototype.getRootNode.call(element) === root);
    if (!inner) return found;
    found = inner;
  }
  return found;
}

/** What has the focus, in shadow trees too. */
export function focusedElement(): Element | null {
  let focused = document.activeElement;
  for (let depth = 0; focused !== null && depth < deepest; depth += 1) {
    const inner: Element | null | undefined = shadowRootOf(focused)?.activeElement;
    if (!inner) return focused;
    focused = inner;
  }
  return focused;
}

/** `getBoundingClientRect`, which a form's control may stand in for. */
export function boxOf(element: Element): DOMRect {
  return Element.prototype.getBoundingClientRect.call(element);
}
