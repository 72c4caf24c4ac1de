import { intersection, type Rect } from '../../core/image/geometry.ts';
import {
  allBlocksLimitCharacters,
  blockLimit,
  blockLimitCharacters,
  secretFieldLimit,
  wordLimit,
} from '../../core/redaction/page-word-limits.ts';
import type { PageWords, WordBlock } from '../../core/redaction/page-words.ts';
import { normaliseText } from '../../core/text.ts';

/** What stands between two texts: part of a line, a block of its own, or what is never one text with its neighbour. */
export type Edge = 0 | 1 | 2 | 3;
const noEdge = 0;
export const inlineEdge = 1;
export const blockEdge = 2;
export const hardEdge = 3;

/** Gaps between texts on one line, in parts of their height: less is none, less is a blank, more parts them. */
const gluedGap = 0.25;
const blankGap = 0.9;

/** Less of a word than this, on either side, is not seen. */
const leastSidePx = 1;

/** Puts the words of a page together into texts as they read. Keeps to all limits by itself. */
export class BlockBuilder {
  readonly #page: PageWords = { blocks: [], secretFields: [], isCut: false };
  #block: WordBlock = { text: '', words: [] };
  #edge: Edge = noEdge;
  #gap: '' | ' ' | '\n' = '';
  #last: Rect | null = null;
  #wordCount = 0;
  #characterCount = 0;

  get isFull(): boolean {
    return (
      this.#wordCount >= wordLimit ||
      this.#page.blocks.length >= blockLimit ||
      this.#characterCount >= allBlocksLimitCharacters
    );
  }

  edge(edge: Edge): void {
    if (edge > this.#edge) this.#edge = edge;
  }

  gap(gap: ' ' | '\n'): void {
    if (this.#gap !== '\n') this.#gap = gap;
  }

  /**
   * Adds a word, or the part of one that stands in one element.
   * @param boxes where it stands, in the window; none when it is out of sight and read for its neighbours only
   * @param clip what of the window its ancestors let it show in
   */
  word(raw: string, boxes: readonly Rect[], clip: Rect): void {
    const text = normaliseText(raw.slice(0, blockLimitCharacters));
    if (text === '' || this.isFull) return;
    this.#join(boxes[0] ?? null);
    if (this.#block.text.length + text.length > blockLimitCharacters) this.#finish();
    const start = this.#block.text.length;
    this.#block.text += text;
    this.#characterCount += text.length;
    for (const box of boxes) {
      const shown = intersection(box, clip);
      if (shown === null || shown.width < leastSidePx || shown.height < leastSidePx || this.isFull) continue;
      this.#block.words.push({ ...shown, start, end: this.#block.text.length });
      this.#wordCount += 1;
    }
    this.#last = boxes.at(-1) ?? null;
  }

  /** Text without places of its own for its words: a field's, or one that styles make. */
  wordsIn(text: string, box: Rect, clip: Rect): void {
    for (const part of text.slice(0, blockLimitCharacters).match(/\s+|\S+/g) ?? []) {
      if (/\S/.test(part)) this.word(part, [box], clip);
      else this.gap(part.includes('\n') ? '\n' : ' ');
      this.#last = null;
    }
  }

  secretField(box: Rect, clip: Rect): void {
    const shown = intersection(box, clip);
    if (shown === null) return;
    if (this.#page.secretFields.length < secretFieldLimit) this.#page.secretFields.push(shown);
    else this.cut();
  }

  cut(): void {
    this.#page.isCut = true;
  }

  finish(): PageWords {
    this.#finish();
    if (this.isFull) this.cut();
    return this.#page;
  }

  /** Decides, now that it is known where the next text stands, whether it goes on with the last. */
  #join(next: Rect | null): void {
    const gap = this.#gap;
    const edge = this.#edge;
    const between = edge === noEdge ? null : gapBetween(this.#last, next);
    this.#gap = '';
    this.#edge = noEdge;
    if (this.#block.text === '') return;
    if (edge === hardEdge || (edge === blockEdge && !isNextTo(between))) this.#finish();
    else if (gap !== '') this.#block.text += gap;
    else if (between !== null && between > gluedGap) this.#block.text += ' ';
  }

  #finish(): void {
    if (this.#block.words.length > 0) this.#page.blocks.push(this.#block);
    this.#block = { text: '', words: [] };
    this.#last = null;
  }
}

/** Blocks that lie over each other are no more one text than those that stand apart. */
function isNextTo(gap: number | null): boolean {
  return gap !== null && gap <= blankGap && gap > -gluedGap;
}

/** Between texts on one line, in parts of the lower one's height; null when they are on different lines. */
function gapBetween(one: Rect | null, other: Rect | null): number | null {
  if (one === null || other === null) return null;
  const height = Math.max(1, Math.min(one.height, other.height));
  const shared = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (shared < height / 2) return null;
  return (Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width)) / height;
}
