import { isLinkAddress, isPictureAddress } from '../../core/page-address.ts';
import {
  type SelectionProperties,
  selectionLimitAddressCharacters,
  selectionLimitAltCharacters,
} from '../../core/quote/selection-tree.ts';
import { cutText, normaliseText } from '../../core/text.ts';

/** A picture smaller than this on both sides, and without a description, is decoration. */
const decorationPx = 64;

const emoji = /^(?:\p{RGI_Emoji}|:[\w+\-]+:)$/v;

/** A link's address, absolute; null when it leads nowhere that a quote may lead to. */
export function linkAddress(element: Element): string | null {
  const href = 'href' in element && typeof element.href === 'string' ? element.href : '';
  return href.length <= selectionLimitAddressCharacters && isLinkAddress(href) ? href : null;
}

/** A picture for the quote, or the words that stand for it; null for decoration. */
export function pictureOf(image: HTMLImageElement): SelectionProperties | string | null {
  const alt = cutText(normaliseText(image.alt).replace(/\s+/g, ' ').trim(), selectionLimitAltCharacters);
  if (alt === '' && image.width < decorationPx && image.height < decorationPx) return null;
  const src = image.currentSrc || image.src;
  const isUsable = src.length <= selectionLimitAddressCharacters && isPictureAddress(src);
  if (!isUsable || emoji.test(alt)) return alt === '' ? null : alt;
  return { src, alt };
}

/** The number that a list shows at its first selected item. */
export function listStart(list: Element, firstSelected: Node | undefined): SelectionProperties {
  let start = Number.parseInt(list.getAttribute('start') ?? '1', 10);
  if (!(start >= 0 && start < 1_000_000)) start = 1;
  for (const item of list.children) {
    if (item === firstSelected || firstSelected === undefined) break;
    if (item.localName === 'li') start += 1;
  }
  return start === 1 ? {} : { start };
}

/** Of data cells only: browsers centre every header. */
export function cellAlignment(cell: Element): SelectionProperties {
  if (cell.localName === 'th') return {};
  const align = cell.ownerDocument.defaultView?.getComputedStyle(cell).textAlign.replace('-webkit-', '');
  if (align === 'center' || align === 'right') return { align };
  return {};
}

/** `ts` for `<pre><code class="language-ts">`, as most highlighters write it. */
export function codeLanguage(pre: Element): string | null {
  for (const element of [pre, ...pre.querySelectorAll('code')]) {
    const name = /(?:^|\s)(?:lang|language|highlight-source)-([\w+#.-]{1,40})(?:\s|$)/.exec(
      element.getAttribute('class') ?? '',
    )?.[1];
    if (name !== undefined) return name;
  }
  return null;
}
