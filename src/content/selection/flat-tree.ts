import {
  firstChildOf,
  nameOf,
  namespaceOf,
  nextSiblingOf,
  nodeTypeOf,
  openShadowRootOf,
  parentOf,
} from './unclobbered.ts';

/**
 * The tree as it is rendered: shadow trees in place of their hosts' children, assigned nodes in place of their slots.
 * Closed shadow trees too, where the browser lends them to content scripts (`chrome.dom`).
 */

const htmlNamespace = 'http://www.w3.org/1999/xhtml';

/** The shadow tree of an element, open or closed; null for elements that have none. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  const open = openShadowRootOf(element);
  if (open !== null) return open;
  if (namespaceOf(element) !== htmlNamespace || typeof chrome === 'undefined') return null;
  try {
    return chrome.dom?.openOrClosedShadowRoot(element as HTMLElement) ?? null;
  } catch {
    return null;
  }
}

/** The rendered children of a node, from one of them on. By siblings, not by index: a page may have 100,000 in a row. */
export function* flatChildren(node: Node, from?: Node): Generator<Node, undefined> {
  const assigned = isElement(node) && isSlot(node) ? node.assignedNodes() : [];
  if (assigned.length > 0) {
    yield* from === undefined ? assigned : assigned.slice(assigned.indexOf(from));
    return;
  }
  const parent = (isElement(node) && shadowRootOf(node)) || node;
  for (let child = from ?? firstChildOf(parent); child !== null; child = nextSiblingOf(child)) yield child;
}

/** Null at the top, and for a child of a host that no slot shows. */
export function flatParent(node: Node): Node | null {
  const parent = parentOf(node);
  if (parent === null) return null;
  if (isShadowRoot(parent)) return parent.host;
  const shadowRoot = isElement(parent) ? shadowRootOf(parent) : null;
  return shadowRoot === null ? parent : slotOf(node, shadowRoot);
}

// By node type and name, not `instanceof`: a node may come from a frame, which has classes of its own.
export function isElement(node: Node): node is Element {
  return nodeTypeOf(node) === 1;
}

export function isText(node: Node): node is Text {
  const type = nodeTypeOf(node);
  return type === 3 || type === 4;
}

function isShadowRoot(node: Node): node is ShadowRoot {
  return nodeTypeOf(node) === 11 && 'host' in node;
}

function isSlot(element: Element): element is HTMLSlotElement {
  return nameOf(element) === 'slot' && 'assignedNodes' in element;
}

// Not `assignedSlot`: it is null for a slot in a closed tree.
function slotOf(node: Node, shadowRoot: ShadowRoot): Node | null {
  return [...shadowRoot.querySelectorAll('slot')].find(slot => slot.assignedNodes().includes(node)) ?? null;
}
