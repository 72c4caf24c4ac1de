import { flatChildren, flatParent, isElement } from '../selection/flat-tree.ts';
import { ancestorsOf, boxOf } from './page-tree.ts';

/** Steps from one element to another as a person sees them: past what is not drawn, tiny, or looks the same. */

export type Way = 'parent' | 'child' | 'before' | 'after' | 'next' | 'previous';

// One key press looks at no more nodes: pages with a million of them must not hold the keys up.
const longestWalk = 20_000;
const smallestPx = 8;

/** Where a way leads from an element; the element itself where it leads nowhere. */
export function stepFrom(element: Element, way: Way, ignored: Element): Element {
  const isStop = (other: Element) => other !== ignored && isShown(other) && !looksLike(other, element);
  const steps = { left: longestWalk };
  switch (way) {
    case 'parent':
      return first(ancestorsOf(element), other => other !== element && isStop(other), steps) ?? element;
    case 'child':
      return first(inOrder(element), other => other !== element && isStop(other), steps) ?? element;
    case 'after':
      return first(siblingsOf(element, false), isStop, steps) ?? element;
    case 'before':
      return first(siblingsOf(element, true), isStop, steps) ?? element;
    case 'next':
      return nextOf(element, isStop, steps) ?? element;
    case 'previous':
      return previousOf(element, isStop, steps) ?? element;
  }
}

/** The first element of a tree that can be pointed at. */
export function firstShown(top: Element, ignored: Element): Element | null {
  return first(inOrder(top), other => other !== top && other !== ignored && isShown(other), {
    left: longestWalk,
  });
}

function isShown(element: Element): boolean {
  const { width, height } = boxOf(element);
  return (
    width >= smallestPx &&
    height >= smallestPx &&
    Element.prototype.checkVisibility.call(element, { visibilityProperty: true, opacityProperty: true })
  );
}

function looksLike(one: Element, other: Element): boolean {
  const [a, b] = [boxOf(one), boxOf(other)];
  const isNear = (x: number, y: number) => Math.abs(x - y) < 1;
  return (
    isNear(a.left, b.left) && isNear(a.top, b.top) && isNear(a.right, b.right) && isNear(a.bottom, b.bottom)
  );
}

interface Steps {
  left: number;
}

function first(
  from: Iterable<Element>,
  isWanted: (element: Element) => boolean,
  steps: Steps,
): Element | null {
  for (const element of from) {
    steps.left -= 1;
    if (steps.left < 0) return null;
    if (isWanted(element)) return element;
  }
  return null;
}

/** An element and all in it, in the order of the page. */
function* inOrder(top: Element): Generator<Element, undefined> {
  const waiting: Iterator<Node>[] = [];
  yield top;
  let children: Iterator<Node> = flatChildren(top);
  for (;;) {
    const { value, done } = children.next();
    if (done) {
      const outer = waiting.pop();
      if (!outer) return;
      children = outer;
    } else if (isElement(value)) {
      yield value;
      waiting.push(children);
      children = flatChildren(value);
    }
  }
}

function siblingsOf(element: Element, isBefore: boolean): Element[] {
  const parent = flatParent(element);
  if (parent === null) return [];
  const all: Element[] = [];
  let at = -1;
  let count = 0;
  for (const child of flatChildren(parent)) {
    count += 1;
    if (count > longestWalk) break;
    if (child === element) at = all.length;
    if (isElement(child)) all.push(child);
  }
  if (at < 0) return [];
  return isBefore ? all.slice(0, at).reverse() : all.slice(at + 1);
}

function nextOf(element: Element, isStop: (element: Element) => boolean, steps: Steps): Element | null {
  const inside = first(inOrder(element), other => other !== element && isStop(other), steps);
  if (inside) return inside;
  for (const outer of ancestorsOf(element)) {
    for (const sibling of siblingsOf(outer, false)) {
      const found = first(inOrder(sibling), isStop, steps);
      if (found || steps.left < 0) return found;
    }
  }
  return null;
}

function previousOf(element: Element, isStop: (element: Element) => boolean, steps: Steps): Element | null {
  for (const outer of ancestorsOf(element)) {
    for (const sibling of siblingsOf(outer, true)) {
      let last: Element | null = null;
      for (const inner of inOrder(sibling)) {
        steps.left -= 1;
        if (steps.left < 0) return last;
        if (isStop(inner)) last = inner;
      }
      if (last) return last;
    }
    const parent = flatParent(outer);
    if (parent !== null && isElement(parent) && isStop(parent)) return parent;
  }
  return null;
}
