import { type SelectionTree, selectionLimitCharacters } from '../../core/quote/selection-tree.ts';
import { normaliseText } from '../../core/text.ts';
import { type Span, spanOf } from './boundary.ts';
import { cellAlignment, codeLanguage, linkAddress, listStart, pictureOf } from './element-properties.ts';
import { flatChildren, isElement, isText } from './flat-tree.ts';
import { type RenderedStyle, renderedStyle } from './rendered-style.ts';
import { contextOf, keepsItself } from './selection-context.ts';
import { containerTags, formatTags, isDataTable, skippedTags } from './tag-roles.ts';
import { type Gap, lineGap, noGap, paragraphGap, TreeBuilder } from './tree-builder.ts';
import { nameOf } from './unclobbered.ts';

/** How many nodes are looked at; a page may hold a million that show nothing. */
const visitLimit = 30_000;

/** Columns that one cell may stand for. */
const spanLimit = 20;

interface Frame {
  node: Node;
  /** What of its children is still to be walked. */
  rest: Iterator<Node, undefined>;
  style: RenderedStyle;
  close: () => void;
}

const plainStyle: RenderedStyle = {
  isHidden: false,
  showsText: true,
  keepsLines: false,
  isBold: false,
  isRow: false,
  gapBefore: noGap,
  gapAfter: noGap,
};

/** The tree of what a range selects, as it is rendered, and whether a limit cut it short. Null: it cannot be walked. */
export function treeOfRange(range: AbstractRange): { tree: SelectionTree; isCut: boolean } | null {
  const span = spanOf(range);
  return span === null ? null : new SelectionWalk(span).run();
}

/** One walk from a selection's start to its end. Iterative: a page may nest deeper than the stack. */
class SelectionWalk {
  readonly #span: Span;
  readonly #builder = new TreeBuilder();
  readonly #frames: Frame[] = [];
  #visited = 0;
  #code: string | null = null;

  constructor(span: Span) {
    this.#span = span;
  }

  run(): { tree: SelectionTree; isCut: boolean } {
    this.#openContext();
    this.#openPathToStart();
    const isCut = this.#walk();
    for (let frame = this.#frames.pop(); frame !== undefined; frame = this.#frames.pop()) frame.close();
    return { tree: this.#builder.finish(), isCut: isCut || this.#builder.isFull };
  }

  /** True when a limit ended it. */
  #walk(): boolean {
    const { end, common } = this.#span;
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const child = frame.rest.next().value;
      if (child === undefined) {
        if (frame.node === common || (frame.node === end.node && end.edge === 'after')) return false;
        frame.close();
        this.#frames.pop();
        continue;
      }
      if (child === end.node && end.edge === 'before') return false;
      this.#visited += 1;
      if (this.#isFull()) return true;
      if (isText(child)) {
        this.#text(child, frame.style);
        if (child === end.node) return false;
      } else if (isElement(child)) {
        const entered = this.#enter(child, frame.style.isRow);
        if (entered !== null) this.#frames.push(entered);
      }
    }
    return false;
  }

  #isFull(): boolean {
    const written = this.#builder.keptCharacters + (this.#code?.length ?? 0);
    return this.#builder.isFull || this.#visited > visitLimit || written > selectionLimitCharacters;
  }

  #text(node: Text, style: RenderedStyle): void {
    if (!style.showsText) return;
    const { start, end } = this.#span;
    const from = node === start.node && typeof start.edge === 'number' ? start.edge : 0;
    const to = node === end.node && typeof end.edge === 'number' ? end.edge : node.length;
    // A text may be megabytes long; white space may take most of what the limit leaves.
    const value = normaliseText(node.substringData(from, Math.min(to - from, 8 * selectionLimitCharacters)));
    if (this.#code !== null) this.#code += value;
    else if (style.keepsLines) this.#builder.preservedText(value);
    else this.#builder.text(value);
  }

  /** Opens what is around the selection, and last the innermost element that holds it. */
  #openContext(): void {
    const { common, pathToStart, start } = this.#span;
    if (isElement(common)) {
      const context = contextOf(common);
      for (const [index, element] of context.entries()) {
        const frame = this.#enter(element, false, context[index + 1] ?? common);
        if (frame !== null) this.#frames.push({ ...frame, rest: noNodes() });
      }
      if (keepsItself(common)) {
        const frame = this.#enter(common, false, pathToStart[0] ?? start.node);
        if (frame !== null) this.#frames.push(frame);
        return;
      }
    }
    const style = (isElement(common) && renderedStyle(common, false)) || plainStyle;
    this.#frames.push({ node: common, rest: flatChildren(common), style, close: nothing });
  }

  /** Opens what leads from there down to the start, each at the child where the selection begins. */
  #openPathToStart(): void {
    const { start, pathToStart } = this.#span;
    const path = start.edge === 'after' ? pathToStart : [...pathToStart, start.node];
    for (const [index, node] of path.entries()) {
      const parent = this.#frames.at(-1);
      if (parent === undefined) return;
      parent.rest = flatChildren(parent.node, node);
      if (index === path.length - 1 && start.edge !== 'after') return;
      parent.rest.next();
      const frame = isElement(node) ? this.#enter(node, parent.style.isRow, path[index + 1]) : null;
      if (frame === null) return;
      this.#frames.push(frame);
    }
    const last = this.#frames.at(-1);
    if (start.edge === 'after' && last?.node === start.node) last.rest = noNodes();
  }

  /** Opens an element. Null when there is nothing to walk in it. `through`: the child at which the selection starts. */
  #enter(element: Element, isInRow: boolean, through?: Node): Frame | null {
    const name = nameOf(element);
    if (skippedTags.has(name)) return null;
    const style = renderedStyle(element, isInRow);
    if (style === null || style.isHidden) return null;
    if (this.#code === null ? this.#isLeaf(element, name) : this.#isCodeLeaf(name)) return null;
    const rest = isClosedDetails(element) ? summaryOf(element) : flatChildren(element);
    const frame = { node: element, rest, style };
    if (this.#code !== null) {
      if (style.gapBefore > noGap) this.#endCodeLine();
      return { ...frame, close: style.gapAfter > noGap ? () => this.#endCodeLine() : nothing };
    }
    if (name === 'pre') {
      this.#code = '';
      return { ...frame, close: () => this.#closeCode(codeLanguage(element)) };
    }
    return { ...frame, close: this.#open(element, name, style, through) };
  }

  /** Opens the element in the tree; the answer closes it. */
  #open(element: Element, name: string, style: RenderedStyle, through: Node | undefined): () => void {
    const builder = this.#builder;
    const [before, after] = gapsOf(name, style);
    builder.gap(before);
    const container = containerTags.get(name);
    if (container !== undefined && (container !== 'table' || isDataTable(element))) {
      const properties =
        container === 'ol' ? listStart(element, through) : /^t[hd]$/.test(name) ? cellAlignment(element) : {};
      if (builder.openContainer(container, properties)) {
        if (container === 'tr') this.#padRow(element, through);
        return () => {
          builder.closeContainer();
          this.#padCell(element);
          builder.gap(after);
        };
      }
    }
    if (this.#openFormat(element, name, style)) {
      return () => {
        builder.closeFormat();
        builder.gap(after);
      };
    }
    return () => builder.gap(after);
  }

  #openFormat(element: Element, name: string, style: RenderedStyle): boolean {
    const format = formatTags.get(name);
    if (format === undefined) return false;
    // Google Docs wraps whole documents in a `<b>` of normal weight.
    if (format === 'strong' && !style.isBold) return false;
    if (format !== 'a') return this.#builder.openFormat(format);
    const href = linkAddress(element);
    return href !== null && this.#builder.openFormat('a', { href });
  }

  #isLeaf(element: Element, name: string): boolean {
    if (name === 'br') this.#builder.lineBreak();
    else if (name === 'hr') this.#builder.rule();
    else if (name === 'img') {
      const picture = pictureOf(element as HTMLImageElement);
      if (typeof picture === 'string') this.#builder.text(picture);
      else if (picture !== null) this.#builder.picture(picture);
    } else return false;
    return true;
  }

  #isCodeLeaf(name: string): boolean {
    if (name === 'br') this.#code += '\n';
    return name === 'br' || name === 'img' || name === 'hr';
  }

  #endCodeLine(): void {
    if (this.#code !== null && this.#code !== '' && !this.#code.endsWith('\n')) this.#code += '\n';
  }

  #closeCode(language: string | null): void {
    const code = (this.#code ?? '').replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
    this.#code = null;
    if (code !== '') this.#builder.codeBlock(code, language);
  }

  /** A row that is selected from its middle on keeps its columns. */
  #padRow(row: Element, through: Node | undefined): void {
    if (through === undefined) return;
    for (const cell of row.children) {
      if (cell === through) return;
      this.#addEmptyCells(columnsOf(cell));
    }
  }

  #padCell(element: Element): void {
    if (/^t[hd]$/.test(nameOf(element))) this.#addEmptyCells(columnsOf(element) - 1);
  }

  #addEmptyCells(count: number): void {
    for (let index = 0; index < count; index += 1) {
      if (this.#builder.openContainer('td')) this.#builder.closeContainer();
    }
  }
}

const nothing = () => {};

function columnsOf(cell: Element): number {
  return 'colSpan' in cell && typeof cell.colSpan === 'number' ? Math.min(cell.colSpan, spanLimit) : 1;
}

/** Headings and paragraphs stand apart even where the page takes their margins. */
function gapsOf(name: string, style: RenderedStyle): [Gap, Gap] {
  const least = name === 'p' ? paragraphGap : name === 'tr' ? lineGap : noGap;
  return [Math.max(style.gapBefore, least) as Gap, Math.max(style.gapAfter, least) as Gap];
}

function* noNodes(): Generator<Node, undefined> {}

function* summaryOf(details: Element): Generator<Node, undefined> {
  const summary = details.querySelector(':scope > summary');
  if (summary !== null) yield summary;
}

function isClosedDetails(element: Element): boolean {
  return nameOf(element) === 'details' && !element.hasAttribute('open');
}
