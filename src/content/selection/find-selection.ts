import { selectedFieldText } from './field-text.ts';
import { isElement, shadowRootOf } from './flat-tree.ts';
import { childNodesOf, nameOf } from './unclobbered.ts';

export type FoundSelection =
  | { kind: 'field'; text: string }
  | { kind: 'range'; range: StaticRange; selection: Selection; document: Document };

/** Frames and shadow trees that are looked into, one inside the other. */
const nestingLimit = 20;

/** Frames of one document that are looked into when none has the focus. */
const frameLimit = 50;

/**
 * The selection that the person sees: the focused text field's, else the document's, in shadow trees too, else that of
 * a frame of the same origin. A focused frame comes first: the document's own selection is older.
 */
export function findSelection(document: Document, nesting = 0): FoundSelection | null {
  if (nesting > nestingLimit) return null;
  const active = deepActiveElement(document);
  const focusedFrame = frameDocument(active);
  const inFocusedFrame = focusedFrame && findSelection(focusedFrame, nesting + 1);
  if (inFocusedFrame) return inFocusedFrame;
  const text = selectedFieldText(active);
  if (text !== null) return { kind: 'field', text };
  const selection = document.getSelection();
  const range = selection && composedRange(selection);
  if (range && !range.collapsed && !selectsOnly(range, active))
    return { kind: 'range', range, selection, document };
  return onlySelectionInFrames(document, nesting);
}

function deepActiveElement(document: Document): Element | null {
  let active = document.activeElement;
  for (let nesting = 0; active !== null && nesting < nestingLimit; nesting += 1) {
    const inner: Element | null | undefined = shadowRootOf(active)?.activeElement;
    if (!inner) break;
    active = inner;
  }
  return active;
}

/**
 * A selection in a shadow tree is reported as its host's place in the document, until that tree is named. So the trees
 * at both ends are named, one level at a time, for as long as there are any.
 */
function composedRange(selection: Selection): StaticRange | null {
  const shadowRoots: ShadowRoot[] = [];
  let range = selection.getComposedRanges({ shadowRoots })[0];
  for (let nesting = 0; range !== undefined && nesting < nestingLimit; nesting += 1) {
    const found = [
      rootAt(childNodesOf(range.startContainer)[range.startOffset]),
      rootAt(childNodesOf(range.endContainer)[range.endOffset - 1]),
    ].filter(root => root !== null && !shadowRoots.includes(root));
    if (found.length === 0) break;
    shadowRoots.push(...found.filter(root => root !== null));
    range = selection.getComposedRanges({ shadowRoots })[0];
  }
  return range ?? null;
}

/** A selection inside a field is reported as one around it. A field that was not read above is left alone. */
function selectsOnly(range: StaticRange, element: Element | null): boolean {
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return (
    element !== null &&
    startContainer === endContainer &&
    endOffset === startOffset + 1 &&
    childNodesOf(startContainer)[startOffset] === element &&
    /^(?:input|textarea)$/.test(nameOf(element))
  );
}

function rootAt(node: Node | undefined): ShadowRoot | null {
  return node !== undefined && isElement(node) ? shadowRootOf(node) : null;
}

function onlySelectionInFrames(document: Document, nesting: number): FoundSelection | null {
  const found: FoundSelection[] = [];
  for (const frame of [...document.querySelectorAll('iframe, frame')].slice(0, frameLimit)) {
    const inner = frameDocument(frame);
    const selection = inner && findSelection(inner, nesting + 1);
    if (selection) found.push(selection);
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Null for what is no frame, and for a frame of another origin. */
function frameDocument(element: Element | null): Document | null {
  if (element === null || !/^i?frame$/.test(nameOf(element))) return null;
  try {
    return (element as HTMLIFrameElement).contentDocument;
  } catch {
    return null;
  }
}
