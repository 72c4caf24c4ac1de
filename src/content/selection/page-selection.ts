import type { PageSelection } from '../../contract/page-selection.ts';
import { cutText, limitText, normaliseText, textOfTree } from '../../core/quote/plain-text.ts';
import { selectionLimitCharacters } from '../../core/quote/selection-tree.ts';
import { type FoundSelection, findSelection } from './find-selection.ts';
import { isElement } from './flat-tree.ts';
import { treeOfRange } from './selection-walk.ts';
import { textFragmentOf } from './text-fragment.ts';
import { isEditableOf, parentOf } from './unclobbered.ts';

type Passage = Pick<PageSelection, 'text' | 'tree' | 'textFragment' | 'cut' | 'editable'>;

const nothingSelected: Passage = { text: '', tree: null, textFragment: null, cut: null, editable: false };

/** The page's selection and what else the page knows of itself; an empty text when nothing is selected. */
export function readPageSelection(): PageSelection {
  const viewport = {
    widthPx: Math.max(0, window.innerWidth),
    heightPx: Math.max(0, window.innerHeight),
    devicePixelRatio: window.devicePixelRatio,
  };
  return { ...orElse(readPassage, nothingSelected), viewport, language: orElse(pageLanguage, null) };
}

function readPassage(): Passage {
  const found = findSelection(document);
  if (found === null) return nothingSelected;
  if (found.kind === 'field') {
    return { ...limitText(found.text), tree: null, textFragment: null, editable: true };
  }
  const textFragment = orElse(() => textFragmentOf(found.range), null);
  return { ...passageText(found), textFragment, editable: isEditable(found.range) };
}

function passageText({
  range,
  selection,
}: FoundSelection & { kind: 'range' }): Pick<Passage, 'text' | 'tree' | 'cut'> {
  const walked = orElse(() => treeOfRange(range), null);
  // What cannot be walked, as slots that reverse the order, is still there as text. Not so what was walked and gave
  // nothing: its text would be that of a field which is left alone on purpose.
  if (walked === null) return { ...limitText(selection.toString()), tree: null };
  const whole = normaliseText(textOfTree(walked.tree));
  const text = cutText(whole, selectionLimitCharacters);
  if (!walked.isCut && text === whole) return { text, tree: walked.tree, cut: null };
  const totalCharacters = Math.max(
    orElse(() => lengthOf(range), 0),
    text.length,
  );
  return { text, tree: walked.tree, cut: { keptCharacters: text.length, totalCharacters } };
}

// Not the selection's own text: to lay that out takes ten times as long.
function lengthOf(range: StaticRange): number {
  const copy = document.createRange();
  copy.setStart(range.startContainer, range.startOffset);
  copy.setEnd(range.endContainer, range.endOffset);
  return copy.toString().length;
}

function isEditable(range: StaticRange): boolean {
  const node = range.startContainer;
  const element = isElement(node) ? node : parentOf(node);
  return element !== null && isElement(element) && orElse(() => isEditableOf(element as HTMLElement), false);
}

function pageLanguage(): string | null {
  const language = document.documentElement.lang;
  return /^[A-Za-z0-9-]{1,35}$/.test(language) ? language : null;
}

/** A page can be odd in ways that nobody thought of; one odd part must not cost the others. */
function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
