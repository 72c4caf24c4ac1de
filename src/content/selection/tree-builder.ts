import {
  type SelectionElement,
  type SelectionNode,
  type SelectionProperties,
  type SelectionTagName,
  type SelectionTree,
  selectionLimitAllAddressCharacters,
  selectionLimitCharacters,
  selectionLimitDepth,
  selectionLimitNodes,
} from '../../core/quote/selection-tree.ts';
import { cutText } from '../../core/text.ts';

/** A gap between two pieces of text: none, a space, a new line, a new paragraph. The widest of several wins. */
export type Gap = 0 | 1 | 2 | 3;
export const noGap = 0;
export const spaceGap = 1;
export const lineGap = 2;
export const paragraphGap = 3;

interface Container {
  element: SelectionElement | SelectionTree;
  /** Its content is one line: a heading, a cell. */
  isInline: boolean;
  /** Made here because the page left it out, as text right inside a list. */
  isImplied: boolean;
}

const inlineContainers = new Set<string>(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th', 'td']);
const impliedChild = new Map<string, SelectionTagName>(
  Object.entries({ ul: 'li', ol: 'li', table: 'tr', thead: 'tr', tbody: 'tr', tr: 'td' } as const),
);
const allowedParents = new Map<string, string[]>(
  Object.entries({
    li: ['ul', 'ol'],
    thead: ['table'],
    tbody: ['table'],
    tr: ['table', 'thead', 'tbody'],
    th: ['tr'],
    td: ['tr'],
  }),
);

/**
 * Builds a selection's tree from what a walk over the page meets, in order. Paragraphs come out of the gaps between
 * texts, not out of the page's elements, so that the tree stays flat however deep the page is. Inline formats that
 * span several paragraphs are opened anew in each. Keeps to all limits by itself.
 */
export class TreeBuilder {
  readonly tree: SelectionTree = { type: 'root', children: [] };
  /** A limit was reached: more text would be dropped. */
  isFull = false;
  keptCharacters = 0;
  #nodes = 1;
  #addressCharacters = 0;
  #containers: Container[] = [{ element: this.tree, isInline: false, isImplied: false }];
  /** The formats that are open on the page, outermost first. */
  #formats: { tagName: SelectionTagName; properties: SelectionProperties }[] = [];
  /** The paragraph being written and the formats opened in it; empty between paragraphs. */
  #run: (SelectionElement | SelectionTree)[] = [];
  #gap: Gap = noGap;
  #isAtLineStart = true;

  /** Opens a block that Markdown has a word for. False when it cannot stand here: it is then a mere gap. */
  openContainer(tagName: SelectionTagName, properties: SelectionProperties = {}): boolean {
    this.#closeImplied(tagName);
    const parents = allowedParents.get(tagName);
    const parent = this.#container.element;
    const parentName = parent.type === 'root' ? 'root' : parent.tagName;
    const isMisplaced = parents ? !parents.includes(parentName) : this.#isInsideInline();
    if (isMisplaced || !this.#hasRoomBelow()) return false;
    if (!parents) this.#implyParents();
    this.#push(tagName, properties, false);
    return true;
  }

  closeContainer(): void {
    while (this.#container.isImplied) this.#pop();
    this.#pop();
  }

  /** Opens an inline format. False when the tree would get too deep. */
  openFormat(tagName: SelectionTagName, properties: SelectionProperties = {}): boolean {
    if (!this.#hasRoomBelow() || this.#formats.some(format => format.tagName === tagName)) return false;
    this.#formats.push({ tagName, properties: this.#affordable(properties) });
    return true;
  }

  closeFormat(): void {
    this.#formats.pop();
    if (this.#run.length > this.#formats.length + 1) this.#run.pop();
  }

  gap(gap: Gap): void {
    if (gap > this.#gap) this.#gap = gap;
    if (gap >= lineGap) this.#isAtLineStart = true;
  }

  /** `<br>`: a line's end; on a line of its own, an empty line. */
  lineBreak(): void {
    this.gap(this.#isAtLineStart ? paragraphGap : lineGap);
  }

  /** Text whose white space collapses. Space at its ends becomes a gap, so that no format begins or ends with one. */
  text(value: string): void {
    const collapsed = value.replace(/[ \t\n\r\f]+/g, ' ');
    const words = collapsed.replace(/^ | $/g, '');
    if (collapsed.startsWith(' ')) this.gap(spaceGap);
    if (words === '') return;
    const tip = this.#openRun();
    if (tip === null) return;
    this.#append(tip, words);
    this.#isAtLineStart = false;
    if (collapsed.endsWith(' ')) this.gap(spaceGap);
  }

  /** Text whose lines and indentation count. */
  preservedText(value: string): void {
    value.split('\n').forEach((line, index) => {
      if (index > 0) this.lineBreak();
      const isIndented = this.#isAtLineStart && line.trim() !== '';
      this.text(isIndented ? line.replace(/^[ \t]+/, indent => '\u00a0'.repeat(indent.length)) : line);
    });
  }

  picture(properties: SelectionProperties): void {
    const tip = this.#openRun();
    if (tip === null) return;
    this.#addElement(tip, 'img', this.#affordable(properties));
    this.#isAtLineStart = false;
  }

  /** A thematic break. */
  rule(): void {
    this.gap(paragraphGap);
    if (this.#isInsideInline() || this.#isInsideImplying()) return;
    this.#endRun();
    this.#addElement(this.#container.element, 'hr');
  }

  /** A code block, whole. `language` is the part after `language-`. */
  codeBlock(value: string, language: string | null): void {
    this.gap(paragraphGap);
    if (this.#isInsideInline() || !this.#hasRoomBelow()) {
      this.preservedText(value);
      this.gap(paragraphGap);
      return;
    }
    this.#implyParents();
    this.#endRun();
    const pre = this.#addElement(this.#container.element, 'pre');
    const properties = language === null ? {} : { className: [`language-${language}`] };
    this.#append(this.#addElement(pre, 'code', properties), value);
    this.gap(paragraphGap);
  }

  /** Closes all that is open. A selection within one paragraph becomes its inline content. */
  finish(): SelectionTree {
    while (this.#containers.length > 1) this.#pop();
    this.#endRun();
    const [only] = this.tree.children;
    if (this.tree.children.length === 1 && only?.type === 'element' && only.tagName === 'p') {
      this.tree.children = only.children;
    }
    return this.tree;
  }

  get #container(): Container {
    const last = this.#containers.at(-1);
    if (last === undefined) throw new Error('The root is never closed.');
    return last;
  }

  #isInsideInline(): boolean {
    return this.#containers.some(container => container.isInline);
  }

  #isInsideImplying(): boolean {
    const { element } = this.#container;
    return element.type === 'element' && impliedChild.has(element.tagName);
  }

  // Room for what one call may add: two implied parents, a paragraph or a code block's two levels, and the text.
  #hasRoomBelow(): boolean {
    return this.#containers.length + this.#formats.length + 6 < selectionLimitDepth;
  }

  #push(tagName: SelectionTagName, properties: SelectionProperties, isImplied: boolean): void {
    this.#endRun();
    const element = this.#addElement(this.#container.element, tagName, properties);
    this.#containers.push({ element, isInline: inlineContainers.has(tagName), isImplied });
    this.#gap = noGap;
  }

  #pop(): void {
    this.#endRun();
    const { element } = this.#container;
    this.#containers.pop();
    if (element.type === 'root') return;
    if (element.tagName === 'li') unwrapOnlyParagraph(element);
    const isCell = element.tagName === 'td' || element.tagName === 'th';
    const siblings = this.#container.element.children;
    if (element.children.length === 0 && !isCell && siblings.at(-1) === element) siblings.pop();
  }

  /** A list's text without an item, a table's without a cell. */
  #implyParents(): void {
    for (
      let element = this.#container.element;
      element.type === 'element';
      element = this.#container.element
    ) {
      const child = impliedChild.get(element.tagName);
      if (child === undefined) return;
      this.#push(child, {}, true);
    }
  }

  #closeImplied(next: SelectionTagName): void {
    if (!allowedParents.has(next)) return;
    while (this.#container.isImplied) this.#pop();
  }

  /** The element that takes the next text, behind whatever gap is due; null when the tree is full. */
  #openRun(): SelectionElement | SelectionTree | null {
    this.#implyParents();
    const { element, isInline } = this.#container;
    if (this.#gap === paragraphGap && !isInline) this.#endRun();
    if (this.#run.length > 0) this.#writeGap();
    else if (isInline) this.#run = [element];
    else this.#run = [this.#addElement(element, 'p')];
    this.#gap = noGap;
    for (const format of this.#formats.slice(this.#run.length - 1)) {
      this.#run.push(this.#addElement(this.#run.at(-1) ?? element, format.tagName, format.properties));
    }
    return this.isFull ? null : (this.#run.at(-1) ?? null);
  }

  /** Between two texts of one paragraph, in the innermost format that both are in. */
  #writeGap(): void {
    const tip = this.#run.at(-1);
    if (tip === undefined || this.#gap === noGap) return;
    if (this.#gap === spaceGap || this.#container.isInline) this.#append(tip, ' ');
    else this.#addElement(tip, 'br');
  }

  #endRun(): void {
    this.#run = [];
    this.#isAtLineStart = true;
  }

  #append(parent: SelectionElement | SelectionTree, value: string): void {
    const kept = cutText(value, selectionLimitCharacters - this.keptCharacters);
    if (kept !== value) this.isFull = true;
    this.keptCharacters += kept.length;
    const last = parent.children.at(-1);
    if (last?.type === 'text') last.value += kept;
    else if (kept !== '') this.#add(parent, { type: 'text', value: kept });
  }

  /** Adds nothing once the tree is full; what is then written into the element is dropped with it. */
  #addElement(
    parent: SelectionElement | SelectionTree,
    tagName: SelectionTagName,
    properties: SelectionProperties = {},
  ): SelectionElement {
    const element: SelectionElement = { type: 'element', tagName, properties, children: [] };
    this.#add(parent, element);
    return element;
  }

  #add(parent: SelectionElement | SelectionTree, node: SelectionNode): void {
    this.#nodes += 1;
    if (this.#nodes >= selectionLimitNodes) this.isFull = true;
    else parent.children.push(node);
  }

  #affordable(properties: SelectionProperties): SelectionProperties {
    const { href, src, ...rest } = properties;
    const length = (href ?? src ?? '').length;
    if (this.#addressCharacters + length > selectionLimitAllAddressCharacters) return rest;
    this.#addressCharacters += length;
    return properties;
  }
}

/** `- text` instead of an item with a paragraph in it, as long as only lists follow. */
function unwrapOnlyParagraph(item: SelectionElement): void {
  const [first, ...rest] = item.children;
  const isAlone = rest.every(
    node => node.type === 'element' && (node.tagName === 'ul' || node.tagName === 'ol'),
  );
  if (first?.type === 'element' && first.tagName === 'p' && isAlone)
    item.children = [...first.children, ...rest];
}
