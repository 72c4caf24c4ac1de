import type { Rect } from '../../core/image/geometry.ts';
import type { PageWords } from '../../core/redaction/page-words.ts';
import { flatChildren, isElement, isText } from '../selection/flat-tree.ts';
import { nameOf } from '../selection/unclobbered.ts';
import { BlockBuilder, hardEdge } from './block-builder.ts';
import { boxesOf, boxOf, isTouching, placed, reachOf, styleOf, windowView } from './boxes.ts';
import { fieldContent } from './field-words.ts';
import { frameView } from './frame-view.ts';
import { generatedText } from './generated-text.ts';
import { edgesOf, innerSurroundings, type Surroundings } from './surroundings.ts';
import { readText } from './text-words.ts';

/** A page may hold a million nodes; what is in sight is far less, and comes first. */
const timeLimitMs = 150;
const frameLimit = 50;
const nestingLimit = 10;

/** Their children are not what is seen, or are no words. */
const skipped = new Set(
  'script style noscript template head title canvas audio video datalist meter progress desc metadata defs'.split(
    ' ',
  ),
);

interface Step extends Surroundings {
  rest: Iterator<Node, undefined>;
  close: () => void;
}

/** The words that the window shows now. Two rounds: what is in sight, then what may reach into it from out of sight. */
export function wordsInSight(
  document: Document,
  window: { innerWidth: number; innerHeight: number },
): PageWords {
  return new WordWalk(document, { x: 0, y: 0, width: window.innerWidth, height: window.innerHeight }).run();
}

/** Iterative: a page may nest deeper than the stack. */
class WordWalk {
  readonly #builder = new BlockBuilder();
  readonly #deadline: number;
  readonly #document: Document;
  readonly #window: Rect;
  #steps: Step[] = [];
  #later: { element: Element; surroundings: Surroundings }[] = [];
  #isLastRound = false;
  #frames = 0;
  #visited = 0;

  constructor(document: Document, window: Rect) {
    this.#document = document;
    this.#window = window;
    // The page may have its layout still to do, which cannot be stopped halfway: the time counts from then on.
    if (document.documentElement !== null) boxOf(document.documentElement);
    this.#deadline = performance.now() + timeLimitMs;
  }

  run(): PageWords {
    const root = this.#document.documentElement;
    const surroundings: Surroundings = {
      view: windowView,
      clip: this.#window,
      frameClip: this.#window,
      nesting: 0,
      showsText: true,
      isMasked: false,
      keepsLines: false,
    };
    if (root !== null) this.#walk(root, surroundings);
    this.#isLastRound = true;
    for (const { element, surroundings } of this.#later) {
      if (this.#isOver()) break;
      this.#builder.edge(hardEdge);
      this.#walk(element, surroundings);
    }
    return this.#builder.finish();
  }

  #walk(root: Element, surroundings: Surroundings): void {
    const first = this.#enter(root, surroundings);
    if (first !== null) this.#steps.push(first);
    for (let step = this.#steps.at(-1); step !== undefined; step = this.#steps.at(-1)) {
      if (this.#isOver()) {
        // In the last round nothing was expected any more.
        if (!this.#isLastRound) this.#builder.cut();
        this.#steps = [];
        return;
      }
      const child = step.rest.next().value;
      if (child === undefined) {
        step.close();
        this.#steps.pop();
      } else if (isText(child)) this.#text(child, step);
      else if (isElement(child)) {
        const entered = this.#enter(child, step);
        if (entered !== null) this.#steps.push(entered);
      }
    }
  }

  #isOver(): boolean {
    this.#visited += 1;
    return this.#builder.isFull || (this.#visited % 8 === 0 && performance.now() > this.#deadline);
  }

  #text(node: Text, { showsText, isMasked, keepsLines, view, clip }: Surroundings): void {
    // Text for screen readers alone is clipped to a pixel.
    if (!showsText || node.length === 0 || clip.width <= 1 || clip.height <= 1) return;
    if (!isMasked) {
      readText(node, keepsLines, view, clip, this.#builder, () => this.#isOver());
      return;
    }
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) this.#builder.secretField(placed(box, view), clip);
  }

  /** Opens an element. Null when there is nothing to walk in it. */
  #enter(element: Element, around: Surroundings): Step | null {
    const name = nameOf(element);
    if (skipped.has(name)) return null;
    const box = boxOf(element);
    const place = placed(box, around.view);
    const hasBox = box.width > 0 && box.height > 0;
    if (!this.#isLastRound && hasBox && !isTouching(place, around.clip)) {
      if (!isTouching(placed(reachOf(element, box), around.view), around.clip)) {
        const { view, clip, frameClip, nesting, showsText, isMasked, keepsLines } = around;
        this.#later.push({
          element,
          surroundings: { view, clip, frameClip, nesting, showsText, isMasked, keepsLines },
        });
        return null;
      }
    }
    const style = styleOf(element);
    if (style === null) return null;
    const get = (property: string) => style.getPropertyValue(property);
    const display = get('display');
    if (display === 'none' || get('opacity') === '0') return null;
    const [before, after] = edgesOf(element, name, display);
    const inner = innerSurroundings(around, place, get);
    this.#builder.edge(before);
    if (this.#isLeaf(element, name, place, inner, display)) {
      this.#builder.edge(after);
      return null;
    }
    if (get('content-visibility') === 'hidden') return null;
    const isSeen = inner.showsText && (!hasBox || isTouching(place, around.clip));
    if (isSeen) this.#generated(element, '::before', inner);
    const close = () => {
      if (isSeen) this.#generated(element, '::after', inner);
      this.#builder.edge(after);
    };
    return {
      ...inner,
      rest: isClosedDetails(element, name) ? summaryOf(element) : flatChildren(element),
      close,
    };
  }

  /** Reads what has no children that are seen. */
  #isLeaf(element: Element, name: string, place: Rect, inner: Surroundings, display: string): boolean {
    switch (name) {
      case 'br':
        this.#builder.gap('\n');
        return true;
      case 'img': {
        const { alt, complete, naturalWidth } = element as HTMLImageElement;
        if (inner.showsText && complete && naturalWidth === 0) this.#builder.wordsIn(alt, place, inner.clip);
        return true;
      }
      case 'input':
      case 'textarea':
      case 'select': {
        const content = inner.showsText ? fieldContent(element, inner.isMasked) : null;
        if (content?.kind === 'secret') this.#builder.secretField(place, inner.clip);
        else if (content !== null) this.#builder.wordsIn(content.text, place, inner.clip);
        return true;
      }
      case 'iframe':
      case 'frame':
      case 'object':
      case 'embed':
        return display !== 'contents' && this.#frame(element, inner);
      default:
        return false;
    }
  }

  /** True when its own children are not what is seen. */
  #frame(element: Element, inner: Surroundings): boolean {
    const found = frameView(element, inner.view, inner.clip);
    if (found === 'none') return false;
    if (found === 'out of reach' || this.#frames >= frameLimit || inner.nesting >= nestingLimit) {
      this.#builder.cut();
      return true;
    }
    if (found === 'out of sight' || !inner.showsText) return true;
    this.#frames += 1;
    const surroundings: Surroundings = {
      ...inner,
      view: found.view,
      clip: found.clip,
      frameClip: found.clip,
      nesting: inner.nesting + 1,
    };
    const step = this.#enter(found.root, surroundings);
    if (step !== null) {
      // Behind its root, the frame's text ends.
      const { close } = step;
      this.#steps.push({
        ...step,
        close: () => {
          close();
          this.#builder.edge(hardEdge);
        },
      });
    }
    return true;
  }

  #generated(element: Element, pseudo: '::before' | '::after', { view, clip }: Surroundings): void {
    const { text, isInline } = generatedText(element, pseudo);
    if (text === '') return;
    if (!isInline) this.#builder.gap(' ');
    const boxes = boxesOf(element);
    const box =
      boxes.length === 0
        ? boxOf(element)
        : (boxes[pseudo === '::before' ? 0 : boxes.length - 1] ?? boxOf(element));
    this.#builder.wordsIn(text, placed(box, view), clip);
    if (!isInline) this.#builder.gap(' ');
  }
}

function isClosedDetails(element: Element, name: string): boolean {
  return name === 'details' && !element.hasAttribute('open');
}

function* summaryOf(details: Element): Generator<Node, undefined> {
  const summary = details.querySelector(':scope > summary');
  if (summary !== null) yield summary;
}
