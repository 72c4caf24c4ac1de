import { isLinkAddress, isPictureAddress } from '../page-address.ts';
import { cleanPageUrl } from '../page-link.ts';
import type { SelectionElement, SelectionNode, SelectionTree } from './selection-tree.ts';

/**
 * A copy of the tree whose links and pictures may leave the browser: addresses lose credentials and tracking,
 * a link without an address becomes its text, a picture without one its description.
 */
export function cleanTree(tree: SelectionTree): SelectionTree {
  return { type: 'root', children: cleanNodes(tree.children) };
}

function cleanNodes(nodes: readonly SelectionNode[]): SelectionNode[] {
  return nodes.flatMap(node => (node.type === 'text' ? [node] : cleanElement(node)));
}

function cleanElement(element: SelectionElement): SelectionNode[] {
  const { properties } = element;
  const children = cleanNodes(element.children);
  if (element.tagName === 'a') {
    const href = cleanLink(properties.href);
    if (href === null || children.length === 0) return children;
    return [{ ...element, properties: { href }, children }];
  }
  if (element.tagName === 'img') {
    const alt = properties.alt ?? '';
    const src = cleanPicture(properties.src);
    if (src === null) return alt === '' ? [] : [{ type: 'text', value: alt }];
    return [{ ...element, properties: { src, alt }, children: [] }];
  }
  return [{ ...element, children }];
}

function cleanLink(address: string | undefined): string | null {
  if (address === undefined || !isLinkAddress(address)) return null;
  return isPictureAddress(address) ? cleanPageUrl(address) : address;
}

function cleanPicture(address: string | undefined): string | null {
  return address !== undefined && isPictureAddress(address) ? cleanPageUrl(address) : null;
}
