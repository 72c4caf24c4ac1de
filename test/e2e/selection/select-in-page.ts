import type { Page } from 'puppeteer-core';
import type { PageSelection } from '../../../src/contract/page-selection.ts';
import { quoteMarkdown } from '../../../src/core/quote.ts';

/** The selection as Markdown, without the marks of the quote. */
export function quoted(selection: PageSelection): string {
  return quoteMarkdown({ selection, page: { title: '', url: null }, cutNote: null }).replace(/^> ?/gm, '');
}

export async function selectContents(page: Page, selector: string): Promise<void> {
  await page.$eval(selector, element => window.getSelection()?.selectAllChildren(element));
}

export async function selectField(page: Page, selector: string): Promise<void> {
  await page.$eval(selector, element => {
    (element as HTMLTextAreaElement).focus();
    (element as HTMLTextAreaElement).select();
  });
}

/** Ends are a selector, the index of a text among the element's children, and an offset in it. */
type End = readonly [selector: string, child: number, offset: number];

export async function selectBetween(page: Page, start: End, end: End): Promise<void> {
  await page.evaluate(
    (from, to) => {
      const node = ([selector, child]: End) =>
        document.querySelector(selector)?.childNodes[child] ?? document;
      window.getSelection()?.setBaseAndExtent(node(from), from[2], node(to), to[2]);
    },
    start,
    end,
  );
}
