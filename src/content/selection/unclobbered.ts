/**
 * A form answers for its controls: in a form with `<input name="parentNode">`, `form.parentNode` is that input, in an
 * isolated world too (seen in Chromium 156; the document and the window are protected there). Walking up would then
 * never end. So what the walk reads of any element, it reads through these.
 */

export const nodeTypeOf = reader(Node.prototype, 'nodeType');
export const parentOf = reader(Node.prototype, 'parentNode');
export const firstChildOf = reader(Node.prototype, 'firstChild');
export const nextSiblingOf = reader(Node.prototype, 'nextSibling');
export const childNodesOf = reader(Node.prototype, 'childNodes');
export const documentOf = reader(Node.prototype, 'ownerDocument');
export const nameOf = reader(Element.prototype, 'localName');
export const namespaceOf = reader(Element.prototype, 'namespaceURI');
export const openShadowRootOf = reader(Element.prototype, 'shadowRoot');

export function rootOf(node: Node): Node {
  return Node.prototype.getRootNode.call(node);
}

function reader<T extends object, K extends keyof T>(prototype: T, name: K): (object: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return object => get?.call(object);
}
