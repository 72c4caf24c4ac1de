import type { Page } from 'puppeteer-core';

/** What a capture must leave as it was: scroll positions, every attribute, sheets, focus, selection, animations. */
export interface PageState {
  scrolled: string[];
  html: string;
  sheets: string[];
  focus: string;
  selection: string;
  animations: string[];
}

export function readPageState(page: Page): Promise<PageState> {
  return page.evaluate(() => ({
    scrolled: [
      `window ${scrollX} ${scrollY}`,
      ...Array.from(document.querySelectorAll('*'))
        .filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0)
        .map(({ localName, id, scrollTop, scrollLeft }) => `${localName}#${id} ${scrollLeft} ${scrollTop}`),
    ],
    html: new XMLSerializer().serializeToString(document),
    sheets: document.adoptedStyleSheets.map(({ cssRules }) =>
      Array.from(cssRules, ({ cssText }) => cssText).join(''),
    ),
    focus: `${document.activeElement?.localName}#${document.activeElement?.id}`,
    selection: `${getSelection()?.anchorOffset}-${getSelection()?.focusOffset} ${getSelection()}`,
    animations: document.getAnimations().map(({ playState, playbackRate }) => `${playState} ${playbackRate}`),
  }));
}
