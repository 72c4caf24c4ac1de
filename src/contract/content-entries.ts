import type { Point, Rect } from '../core/image/geometry.ts';
import type { SlicePosition } from '../core/image/tiling.ts';
import type { PageWords } from '../core/redaction/page-words.ts';
import type { PageView, ScrollPlan } from './scroll-answers.ts';

/** What the person picked in the page, kept in the isolated world until it is taken. */
export type Subject =
  /** A rectangle in the coordinates of what `scroller` scrolls (CSS px from the top left of its content). */
  { kind: 'area'; scroller: Element; rect: Rect } | { kind: 'element'; element: Element };

/** How a pick ended: with a subject, by the person's will, or because the page would not leave the overlay alone. */
export type PickOutcome = 'taken' | 'left' | 'disturbed';

/** Shows a page piece by piece for the frames of a tall picture. All lengths are CSS px. */
export interface PageScroller {
  view(): PageView;
  /** Finds what to show and prepares the page; null when what was picked is gone. `heightLimit` cuts what is endless. */
  start(what: 'page' | 'subject', heightLimit: number): Promise<ScrollPlan | null>;
  /** Brings a point of the picture (from its corner) to the corner of what is seen; null when there is nothing left. */
  goTo(at: Point): Promise<SlicePosition | null>;
  /** Where all is now. Scrolls nothing. */
  where(): SlicePosition | null;
  /** Puts everything back as it was. Called twice it does nothing. */
  finish(): void;
}

/** What a recipe asks of a page: the first element that the selector names, its text or one of its attributes. */
export interface FieldQuestion {
  selector: string;
  /** Empty: what the element says, or what a field holds. */
  attribute: string;
}

/** On one line; null when nothing is there, or it is a secret. */
export interface FieldAnswer {
  value: string | null;
  /** The selector cannot be read. */
  isInvalid: boolean;
}

/**
 * What the injected files leave behind in their isolated world, for the worker to call through
 * `scripting.executeScript({ func })`. Types only: a content script brings no code from this layer.
 */
export interface ContentEntries {
  /** Reads the selection once and delivers it as `selection.deliver` under this nonce. Never throws. */
  readSelection?: (nonce: string) => void;
  /**
   * Lets the person pick, and delivers how that ended as `pick.deliver` under this nonce, once, when nothing of the
   * overlay is left on the screen. After 'taken', `subject` is set. Never throws.
   */
  pickSubject?: (nonce: string, kind: 'region' | 'element') => void;
  /** Ends the pick that is under way without a word; absent when there is none. */
  leavePick?: () => void;
  /** Finds a picture of the page by the address that it was loaded from, and sets `subject` to it; false: there is none. */
  findImage?: (address: string) => boolean;
  /** The words that the window shows now, in CSS px of the layout viewport. */
  readWords?: () => PageWords;
  /** Reads what a recipe asks for, an answer for each. Never throws. */
  readFields?: (questions: readonly FieldQuestion[]) => FieldAnswer[];
  pageScroller?: PageScroller;
  subject?: Subject;
}

declare global {
  var captureForAssembly: ContentEntries | undefined;
}
