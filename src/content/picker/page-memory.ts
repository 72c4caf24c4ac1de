import { focusedElement } from './page-tree.ts';
import { scrollNumbers, scrollZoom } from './scroll-numbers.ts';

/** How the page was before, as far as picking changes it. */
export interface PageMemory {
  /** To be called before the picker scrolls something by itself. */
  noteScroll(scroller: Element): void;
  /** The person scrolls: where that leads is theirs, and stays. */
  forgetScroll(scroller: Element): void;
  /** Gives the focus and the selection back. Before the overlay goes, so that the page sees no detour by the body. */
  restoreFocus(): void;
  restoreScroll(): void;
}

const scrollTo: (this: Element, options: ScrollToOptions) => void = Element.prototype.scrollTo;

export function rememberPage(): PageMemory {
  const focused = focusedElement();
  const selection = getSelection();
  const range = selection?.rangeCount
    ? ([selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset] as const)
    : null;
  const scrolled = new Map<Element, { left: number; top: number }>();

  return {
    noteScroll(scroller) {
      if (scrolled.has(scroller)) return;
      const { scrollLeft: left, scrollTop: top } = scrollNumbers(scroller);
      scrolled.set(scroller, { left, top });
    },
    forgetScroll: scroller => void scrolled.delete(scroller),
    restoreFocus() {
      if (focused?.isConnected && focused !== document.body) {
        if (focused instanceof HTMLElement)
          HTMLElement.prototype.focus.call(focused, { preventScroll: true });
        if (focused instanceof SVGElement) SVGElement.prototype.focus.call(focused, { preventScroll: true });
      }
      // A caret in an editable part goes when the focus does.
      const [anchor, anchorOffset, focus, focusOffset] = range ?? [];
      const isLost = anchor?.isConnected && focus?.isConnected && selection?.anchorNode !== anchor;
      if (!isLost || anchorOffset === undefined || focusOffset === undefined) return;
      try {
        selection?.setBaseAndExtent(anchor, anchorOffset, focus, focusOffset);
      } catch {
        // The page has shortened the text meanwhile.
      }
    },
    restoreScroll() {
      for (const [scroller, was] of scrolled) {
        const zoom = scrollZoom(scroller);
        const [left, top] = [was.left / zoom, was.top / zoom];
        scrollTo.call(scroller, { left, top, behavior: 'instant' });
      }
    },
  };
}
