import type { SelectionTagName } from '../../core/quote/selection-tree.ts';

/** What the walk does with an element, by its name. Names that are not here are looked through. */

/** Never text that a person selected: code, controls with values of their own, embedded things. */
export const skippedTags = new Set(
  (
    'script style noscript template head title textarea input select option datalist object embed iframe frame ' +
    'video audio canvas svg rp meter progress'
  ).split(' '),
);

export const containerTags = new Map<string, SelectionTagName>(
  Object.entries({
    h1: 'h1',
    h2: 'h2',
    h3: 'h3',
    h4: 'h4',
    h5: 'h5',
    h6: 'h6',
    ul: 'ul',
    menu: 'ul',
    ol: 'ol',
    li: 'li',
    blockquote: 'blockquote',
    table: 'table',
    thead: 'thead',
    tbody: 'tbody',
    tfoot: 'tbody',
    tr: 'tr',
    th: 'th',
    td: 'td',
  } as const),
);

export const formatTags = new Map<string, SelectionTagName>(
  Object.entries({
    a: 'a',
    strong: 'strong',
    b: 'strong',
    em: 'em',
    i: 'em',
    del: 'del',
    s: 'del',
    strike: 'del',
    code: 'code',
    kbd: 'code',
    samp: 'code',
    tt: 'code',
  } as const),
);

/** A table that shows data, not one that lays out a page or an e-mail. */
export function isDataTable(table: Element): boolean {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none') return false;
  if (table.querySelector('table') !== null) return false;
  if (table.querySelector('th, thead, caption') !== null) return true;
  return table.querySelector('tr ~ tr') !== null && table.querySelector('td + td') !== null;
}
