import type { PageSelection } from '../../contract/page-selection.ts';
import { selectionLimitCharacters } from '../../core/quote/selection-tree.ts';
import { textOfTree } from '../../core/quote/tree-text.ts';
import { cutText, limitText, normaliseText } from '../../core/text.ts';
import { type FoundSelection, findSelection } from './find-selection.ts';
import { treeOfRange } from './selection-walk.ts';
import { textFragmentOf } from './text-fragment.ts';

const nothingSelected: PageSelection = { text: '', tree: null, textFragment: null, cut: null };

/** The page's selection; an empty text when nothing is selected. */
export function readPageSelection(): PageSelection {
  return orElse(readPassage, nothingSelected);
}

function readPassage(): PageSelection {
  const found = findSelection(document);
  if (found === null) return nothingSelected;
  if (found.kind === 'field') {
    return { ...limitText(found.text, selectionLimitCharacters), tree: null, textFragment: null };
  }
  const textFragment = orElse(() => textFragmentOf(found.range), null);
  return { ...passageText(found), textFragment };
}

function passageText({
  range,
  selection,
}: FoundSelection & { kind: 'range' }): Pick<PageSelection, 'text' | 'tree' | 'cut'> {
  const walked = orElse(() => treeOfRange(range), null);
  // What cannot be walked, as slots that reverse the order, is still there as text. Not so what was walked and gave
  // nothing: its text would be that of a field which is left alone on purpose.
  if (walked === null) return { ...limitText(selection.toString(), selectionLimitCharacters), tree: null };
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

/** A page can be odd in ways that nobody thought of; one odd part must not cost the others. */
function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
