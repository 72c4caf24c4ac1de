import type { SelectionElement, SelectionNode, SelectionTree } from './selection-tree.ts';

const paragraphTags = new Set('p h1 h2 h3 h4 h5 h6 blockquote pre hr'.split(' '));
const listTags = new Set('ul ol table'.split(' '));

/** The words of a tree, laid out as text: paragraphs apart by an empty line, a line per list item and table row. */
export function textOfTree(tree: SelectionTree): string {
  return textOfNodes(tree.children)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

// Recursive: a tree's depth is limited before it gets here.
function textOfNodes(nodes: readonly SelectionNode[]): string {
  return nodes.map(node => (node.type === 'text' ? node.value : textOfElement(node))).join('');
}

function textOfElement(element: SelectionElement): string {
  const { tagName, properties } = element;
  const inner = textOfNodes(element.children);
  if (tagName === 'br') return '\n';
  if (tagName === 'img') return properties.alt ?? '';
  if (tagName === 'li' || tagName === 'tr') return `\n${inner.replace(/\t$/, '')}\n`;
  if (tagName === 'td' || tagName === 'th') return `${inner.replace(/\n+/g, ' ').trim()}\t`;
  if (listTags.has(tagName)) return `\n\n${inner.replace(/\n{2,}/g, '\n').trim()}\n\n`;
  return paragraphTags.has(tagName) ? `\n\n${inner}\n\n` : inner;
}
