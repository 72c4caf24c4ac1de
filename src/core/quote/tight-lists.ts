import type { Nodes } from 'mdast';

/**
 * Takes the empty lines out of lists whose items are one paragraph, nested lists or not. hast-util-to-mdast sets any
 * item apart that has a list of two in it.
 */
export function tightenLists(node: Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children) tightenLists(child);
  if (node.type === 'listItem') node.spread = node.children.filter(child => child.type !== 'list').length > 1;
  if (node.type === 'list') node.spread = node.children.some(item => item.spread === true);
}
