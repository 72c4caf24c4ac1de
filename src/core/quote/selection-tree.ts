/**
 * The shape of a selection on its way from the page to the draft: a small, closed subset of hast
 * (https://github.com/syntax-tree/hast), with only what Markdown can say. It is data, never markup.
 */

/** The most text, in UTF-16 code units, that one selection brings into a draft. Cut on a grapheme. */
export const selectionLimitCharacters = 20_000;

/** How deep a tree may be (the root counts as 0). Real pages stay under 12; deeper content is flattened. */
export const selectionLimitDepth = 32;

/** How many nodes, text included, a tree may have. */
export const selectionLimitNodes = 8_000;

/** How long an address in a tree may be; a longer one is dropped and its text stays. */
export const selectionLimitAddressCharacters = 2_000;

/** All the addresses of a tree together. */
export const selectionLimitAllAddressCharacters = 200_000;

/** How long an image's description may be. */
export const selectionLimitAltCharacters = 1_000;

export const selectionTagNames = [
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'a',
  'img',
  'br',
  'hr',
  'strong',
  'em',
  'del',
] as const;

export type SelectionTagName = (typeof selectionTagNames)[number];

// A type, not an interface: only a type fits hast's index signature.
export type SelectionProperties = {
  /** `a`: absolute, http(s), mailto or tel. */
  href?: string | undefined;
  /** `img`: absolute, http(s). */
  src?: string | undefined;
  /** `img`. */
  alt?: string | undefined;
  /** `ol`: the first number. */
  start?: number | undefined;
  /** `code` in `pre`: `['language-x']`. */
  className?: string[] | undefined;
  /** `th`, `td`. */
  align?: 'left' | 'center' | 'right' | undefined;
};

interface SelectionText {
  type: 'text';
  value: string;
}

export interface SelectionElement {
  type: 'element';
  tagName: SelectionTagName;
  properties: SelectionProperties;
  children: SelectionNode[];
}

export type SelectionNode = SelectionText | SelectionElement;

export interface SelectionTree {
  type: 'root';
  children: SelectionNode[];
}
