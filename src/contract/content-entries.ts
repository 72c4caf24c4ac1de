import type { Rect } from '../core/image/geometry.ts';

/** What the person picked in the page, kept in the isolated world until it is taken. */
export type Subject =
  /** A rectangle in the coordinates of what `scroller` scrolls (CSS px from the top left of its content). */
  { kind: 'area'; scroller: Element; rect: Rect } | { kind: 'element'; element: Element };

/**
 * What the injected files leave behind in their isolated world, for the worker to call through
 * `scripting.executeScript({ func })`. Types only: a content script brings no code from this layer.
 */
export interface ContentEntries {
  /** Reads the selection once and delivers it as `selection.deliver` under this nonce. Never throws. */
  readSelection?: (nonce: string) => void;
  subject?: Subject;
}

declare global {
  var captureForAssembly: ContentEntries | undefined;
}
