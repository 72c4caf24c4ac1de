import { toMdast } from 'hast-util-to-mdast';
import type { BlockContent, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import { cleanPageUrl, isWebAddress, passageLink } from './page-link.ts';
import { cleanTree } from './quote/clean-tree.ts';
import { quietMarkdown } from './quote/quiet-markdown.ts';
import type { SelectionTree } from './quote/selection-tree.ts';
import { tightenLists } from './quote/tight-lists.ts';
import { normaliseText } from './text.ts';

interface QuotedPage {
  title: string;
  url: string | null;
}

interface QuotedSelection {
  text: string;
  tree: SelectionTree | null;
  textFragment: string | null;
}

interface Quote {
  selection: QuotedSelection;
  page: QuotedPage;
  /** A localised sentence that says how much was cut, or null. */
  cutNote: string | null;
}

/**
 * A selection as Markdown: a blockquote with the selection's structure, an empty line, and `— [title](address)` with
 * an address that leads to the passage. The words of the page are escaped: they stay words wherever the
 * Markdown is read. Nothing selected: the source line alone. No newline at the end.
 */
export function quoteMarkdown({ selection, page, cutNote }: Quote): string {
  const passage = selection.tree === null ? [] : richPassage(selection.tree);
  const blocks = passage.length > 0 ? passage : plainPassage(selection.text);
  return markdown(blocks, page, selection.textFragment, cutNote);
}

/** The same for text that came without structure: a PDF, a frame of another origin. The text is quoted whole. */
export function plainQuote(text: string, page: QuotedPage, cutNote: string | null): string {
  return markdown(plainPassage(text), page, null, cutNote);
}

function markdown(
  passage: BlockContent[],
  page: QuotedPage,
  textFragment: string | null,
  cutNote: string | null,
): string {
  const children: RootContent[] = [];
  if (passage.length > 0) {
    const note: Paragraph[] = cutNote === null ? [] : [paragraph([{ type: 'text', value: cutNote }])];
    children.push({ type: 'blockquote', children: [...passage, ...note] });
  }
  const source = sourceOf(page, textFragment);
  if (source.length > 0) children.push(paragraph([{ type: 'text', value: '— ' }, ...source]));
  return quietMarkdown({ type: 'root', children });
}

function richPassage(tree: SelectionTree): BlockContent[] {
  const root = toMdast(cleanTree(tree), { document: true }) as Root;
  tightenLists(root);
  // A document of our tags has block content only; definitions and front matter have no tag.
  return root.children as BlockContent[];
}

/** Lines stay lines; an empty line parts two paragraphs. Indentation is kept by spaces that do not collapse. */
function plainPassage(text: string): BlockContent[] {
  return normaliseText(text)
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .filter(part => part.trim() !== '')
    .map(part => paragraph(part.split('\n').flatMap(plainLine)));
}

function plainLine(line: string, index: number): PhrasingContent[] {
  const value = line
    .trimEnd()
    .replace(/^\s+/, indent => '\u00a0'.repeat(indent.replaceAll('\t', '    ').length))
    .replaceAll('\t', ' ');
  const content: PhrasingContent[] = value === '' ? [] : [{ type: 'text', value }];
  return index === 0 ? content : [{ type: 'break' }, ...content];
}

function sourceOf(page: QuotedPage, textFragment: string | null): PhrasingContent[] {
  const address = page.url === null ? null : cleanPageUrl(page.url);
  const title = normaliseText(page.title).replace(/\s+/g, ' ').trim();
  if (address === null) return title === '' ? [] : [{ type: 'text', value: title }];
  const label: PhrasingContent = { type: 'text', value: title || address };
  if (isWebAddress(address)) {
    return [{ type: 'link', url: passageLink(page.url ?? '', textFragment) ?? address, children: [label] }];
  }
  return title === '' ? [label] : [label, { type: 'text', value: ` (${address})` }];
}

function paragraph(children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}
