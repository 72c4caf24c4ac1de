/**
 * Stands in for `decode-named-character-reference` (an alias in vite.config.ts). That package's browser build makes an
 * element when it loads, which a service worker cannot do, and fills it through `innerHTML`. mdast-util-to-markdown
 * asks for it only to compare the labels of reference links, and a quote has none.
 */
export function decodeNamedCharacterReference(): false {
  return false;
}
