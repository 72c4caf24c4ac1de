import type { Rect } from '../image/geometry.ts';

/**
 * The words that a page or a picture of it shows, with their places. In the page: CSS px of the layout viewport; with
 * a stored picture: px of the picture as captured. Kept with a draft, never sent.
 */
export interface PageWords {
  blocks: WordBlock[];
  /** Fields that hold a secret whatever stands in them: passwords. */
  secretFields: Rect[];
  /** There was more than was looked at. */
  isCut: boolean;
}

/** Text that reads as one (a paragraph, a cell, the value of a field), over however many elements it is split. */
export interface WordBlock {
  text: string;
  /** A word is a run without blanks; one that breaks over lines has several boxes with the same `start`. */
  words: PlacedWord[];
}

/** `start` and `end` are UTF-16 offsets in the block's text. */
export interface PlacedWord extends Rect {
  start: number;
  end: number;
}
