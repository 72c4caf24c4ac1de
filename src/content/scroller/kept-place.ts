import {
  clientHeightOf,
  clientWidthOf,
  isConnected,
  scrollHeightOf,
  scrollInstantly,
  scrollLeftOf,
  scrollTopOf,
  scrollWidthOf,
  selfAndAncestors,
} from './element-geometry.ts';
import { documentScroller } from './scrollers.ts';

/** Remembers how far everything around `element` is scrolled, the focus and the selection, to put them back. */
export function keepPlace(element: Element): () => void {
  const windowAt = documentScroller.position();
  const panes = [...selfAndAncestors(element)]
    .filter(
      around =>
        scrollHeightOf(around) > clientHeightOf(around) || scrollWidthOf(around) > clientWidthOf(around),
    )
    .map(pane => ({ pane, left: scrollLeftOf(pane), top: scrollTopOf(pane) }))
    .reverse();
  const focused = document.activeElement;
  const selection = getSelection();
  const selected = selection && {
    anchor: selection.anchorNode,
    anchorOffset: selection.anchorOffset,
    focus: selection.focusNode,
    focusOffset: selection.focusOffset,
  };

  return () => {
    documentScroller.moveTo(windowAt);
    for (const { pane, left, top } of panes) scrollInstantly(pane, left, top);
    documentScroller.moveTo(windowAt);
    restoreFocus(focused);
    if (selection && selected) restoreSelection(selection, selected);
  };
}

function restoreFocus(focused: Element | null): void {
  if (!focused || focused === document.activeElement || !isConnected(focused)) return;
  if (focused instanceof HTMLElement) HTMLElement.prototype.focus.call(focused, { preventScroll: true });
}

interface Selected {
  anchor: Node | null;
  anchorOffset: number;
  focus: Node | null;
  focusOffset: number;
}

function restoreSelection(
  selection: Selection,
  { anchor, anchorOffset, focus, focusOffset }: Selected,
): void {
  const isSame =
    selection.anchorNode === anchor &&
    selection.anchorOffset === anchorOffset &&
    selection.focusNode === focus &&
    selection.focusOffset === focusOffset;
  if (isSame) return;
  try {
    if (anchor && focus) selection.setBaseAndExtent(anchor, anchorOffset, focus, focusOffset);
    else selection.removeAllRanges();
  } catch {
    // The page has changed the selected text: there is nothing to put back.
  }
}
