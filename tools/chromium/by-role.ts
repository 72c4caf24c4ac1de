import type { Locator, Page } from 'puppeteer-core';

/** Roles that the surfaces use. */
export type Role =
  | 'button'
  | 'checkbox'
  | 'combobox'
  | 'dialog'
  | 'heading'
  | 'link'
  | 'list'
  | 'listitem'
  | 'radio'
  | 'searchbox'
  | 'status'
  | 'tab'
  | 'textbox';

/**
 * Finds an element as a screen reader does, by role and accessible name (the whole name). An empty name means any name. The locator waits
 * until the element is there, visible and steady.
 */
export function byRole(page: Page, role: Role, name = ''): Locator<Element> {
  return page.locator(ariaSelector(role, name));
}

/** The same as a selector, for `page.$` and `page.waitForSelector`. */
export function ariaSelector(role: Role, name = ''): string {
  return `::-p-aria(${name.replaceAll(/[()\\]/g, '\\$&')}[role="${role}"])`;
}

/** Waits until the page's status region contains a text, and resolves to all that it says. A try may take 25 s. */
export async function waitForStatus(page: Page, text: string | RegExp, timeoutMs = 30_000): Promise<string> {
  const deadline = Date.now() + timeoutMs;
  for (let said = ''; ; ) {
    const regions = await page.$$(ariaSelector('status'));
    const texts = await Promise.all(
      regions.map(region => region.evaluate(element => element.textContent ?? '')),
    );
    said = texts.join(' ').trim();
    if (typeof text === 'string' ? said.includes(text) : text.test(said)) return said;
    if (Date.now() > deadline) throw new Error(`The status never said ${text}; it says "${said}".`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
