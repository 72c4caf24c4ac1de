import { type Gap, lineGap, noGap, paragraphGap, spaceGap } from './tree-builder.ts';
import { documentOf } from './unclobbered.ts';

/** What the page's styles say about an element, as far as a quote is concerned. */
export interface RenderedStyle {
  isHidden: boolean;
  /** Its own text can be seen and selected. */
  showsText: boolean;
  keepsLines: boolean;
  isBold: boolean;
  /** Its children stand side by side. */
  isRow: boolean;
  gapBefore: Gap;
  gapAfter: Gap;
}

/** A smaller margin than this separates lines, a wider one paragraphs. */
const paragraphMarginPx = 8;

const hidden: RenderedStyle = {
  isHidden: true,
  showsText: false,
  keepsLines: false,
  isBold: false,
  isRow: false,
  gapBefore: noGap,
  gapAfter: noGap,
};

/** Null in a document without a window. */
export function renderedStyle(element: Element, isInRow: boolean): RenderedStyle | null {
  const style = documentOf(element)?.defaultView?.getComputedStyle(element);
  if (!style) return null;
  const get = (property: string) => style.getPropertyValue(property);
  const display = get('display');
  if (display === 'none' || get('content-visibility') === 'hidden') return hidden;
  return {
    isHidden: false,
    // Text that is shown as dots is a secret, whatever its element.
    showsText:
      get('visibility') === 'visible' &&
      get('user-select') !== 'none' &&
      ['', 'none'].includes(get('-webkit-text-security')),
    keepsLines: /^(?:preserve|break-spaces)/.test(get('white-space-collapse')),
    isBold: Number.parseInt(get('font-weight'), 10) >= 600,
    isRow: display.endsWith('flex') && get('flex-direction').startsWith('row'),
    gapBefore: gapOf(display, isInRow, () => pixels(get('margin-top')) + pixels(get('padding-top'))),
    gapAfter: gapOf(display, isInRow, () => pixels(get('margin-bottom')) + pixels(get('padding-bottom'))),
  };
}

function gapOf(display: string, isInRow: boolean, edgePx: () => number): Gap {
  if (display === 'table-cell') return spaceGap;
  if (/^(?:inline|contents|ruby)/.test(display)) return noGap;
  if (isInRow) return spaceGap;
  return edgePx() >= paragraphMarginPx ? paragraphGap : lineGap;
}

function pixels(length: string): number {
  return Number.parseFloat(length) || 0;
}
