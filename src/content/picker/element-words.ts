import { nameOf } from '../selection/unclobbered.ts';
import { type PickerWord, words } from './words.ts';

/** What an element is called in plain words, by its role where the page gives one, else by its name. */
const kinds: readonly (readonly [word: PickerWord, names: string])[] = [
  ['pickKindHeading', 'heading h1 h2 h3 h4 h5 h6'],
  ['pickKindImage', 'img image picture figure svg graphics-document'],
  ['pickKindParagraph', 'paragraph p'],
  ['pickKindQuote', 'blockquote'],
  ['pickKindTable', 'table grid treegrid'],
  ['pickKindRow', 'row tr'],
  ['pickKindCell', 'cell gridcell columnheader rowheader td th'],
  ['pickKindList', 'list ul ol menu dl'],
  ['pickKindItem', 'listitem li dt dd menuitem option'],
  ['pickKindLink', 'link a'],
  ['pickKindButton', 'button'],
  ['pickKindField', 'textbox searchbox combobox input textarea select'],
  ['pickKindForm', 'form search fieldset'],
  ['pickKindVideo', 'video'],
  ['pickKindDrawing', 'canvas'],
  ['pickKindFrame', 'iframe frame embed object'],
  ['pickKindDialog', 'dialog alertdialog'],
  ['pickKindArticle', 'article'],
  ['pickKindSection', 'section region tabpanel'],
  ['pickKindNavigation', 'navigation nav'],
  ['pickKindHeader', 'banner header'],
  ['pickKindFooter', 'contentinfo footer'],
  ['pickKindAside', 'complementary aside'],
  ['pickKindMain', 'main'],
  ['pickKindPage', 'html body'],
  ['pickKindCode', 'code pre'],
];
const wordOf = new Map(kinds.flatMap(([word, names]) => names.split(' ').map(name => [name, word] as const)));

export function elementWords(element: Element): string {
  const role =
    Element.prototype.getAttribute.call(element, 'role')?.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  return words(wordOf.get(role) ?? wordOf.get(nameOf(element)) ?? 'pickKindPart');
}
