import { stripUnsafeControls } from '../plain-text.ts';
import {
  type SelectionElement,
  type SelectionNode,
  type SelectionTree,
  selectionLimitCharacters,
} from './selection-tree.ts';

/** How far back a cut may go to find the start of a grapheme; a longer "grapheme" is an attack. */
const longestGraphemeCharacters = 1_000;

// Marks of no width. The joiners (U+200C, U+200D) and the direction marks (U+200E, U+200F) stay: emoji, Persian and
// Hebrew need them.
const zeroWidth = /[\u200b\u2060\ufeff]/g;

export interface Cut {
  keptCharacters: number;
  totalCharacters: number;
}

/** Page text made safe to show and to send: `\n` line ends, well-formed Unicode, nothing that hides or reorders. */
export function normaliseText(text: string): string {
  return stripUnsafeControls(text.replace(/[\u0085\u2028\u2029]/g, '\n').replace(zeroWidth, ''));
}

/** At most `limit` UTF-16 code units of `text`, cut between two graphemes. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const reach = text.slice(0, limit + longestGraphemeCharacters);
  const start = new Intl.Segmenter().segment(reach).containing(limit)?.index ?? limit;
  const end = limit - start > longestGraphemeCharacters ? limit : start;
  return text.slice(0, end).toWellFormed();
}

/** Normalised text within the selection's limit, and what the limit took. Lengths in UTF-16 code units. */
export function limitText(text: string): { text: string; cut: Cut | null } {
  // The slice keeps a text of many megabytes from being rewritten only to be thrown away.
  const whole = normaliseText(text.slice(0, 4 * selectionLimitCharacters));
  const kept = cutText(whole, selectionLimitCharacters);
  const isCut = kept !== whole || text.length > 4 * selectionLimitCharacters;
  return { text: kept, cut: isCut ? { keptCharacters: kept.length, totalCharacters: text.length } : null };
}

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
