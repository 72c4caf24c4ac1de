import type { Page } from 'puppeteer-core';

/** What of a page is cut off or has to be scrolled sideways as it stands now; empty when all of it can be read. */
export function fitTroubles(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = document.documentElement;
    const troubles: string[] = [];
    if (clientWidth < innerWidth || clientHeight < innerHeight) troubles.push('scroll bars around all of it');
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) troubles.push('larger than its window');
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.visually-hidden, [role="listbox"]')) continue;
      const { overflowX } = getComputedStyle(element);
      // As it is written in the page, for whoever reads why the test failed.
      const tag = element.outerHTML.slice(0, element.outerHTML.indexOf('>') + 1);
      const isScrolled = overflowX === 'auto' || overflowX === 'scroll';
      if (isScrolled && element.scrollWidth > element.clientWidth + 1)
        troubles.push(`scrolls sideways: ${tag}`);
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > innerWidth + 1)) troubles.push(`beyond the edge: ${tag}`);
    }
    return troubles;
  });
}

/** Presses Tab until a name comes again or `last` has the focus. Resolves to the names, and to those that cannot be seen. */
export async function tabThrough(page: Page, last: string): Promise<{ names: string[]; unseen: string[] }> {
  const names: string[] = [];
  const unseen: string[] = [];
  for (let stop = 0; stop < 80; stop += 1) {
    await page.keyboard.press('Tab');
    const { name, isSeen } = await page.evaluate(focusSeen);
    names.push(name);
    if (name !== '' && !isSeen) unseen.push(name);
    if (name === last) break;
  }
  return { names, unseen };
}

/** Whether the control with the focus is in sight and nothing lies over it (WCAG 2.4.11). */
export async function isFocusSeen(page: Page): Promise<boolean> {
  return (await page.evaluate(focusSeen)).isSeen;
}

/** Runs in the page. */
function focusSeen(): { name: string; isSeen: boolean } {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isSeen: false };
  const name = element.getAttribute('aria-label') ?? element.textContent.trim();
  const box = element.getBoundingClientRect();
  const middleX = box.left + box.width / 2;
  // A text field may be taller than the window: then a line at either end will do.
  const points = [box.top + box.height / 2, box.top + 12, box.bottom - 12];
  const isSeen = points.some(y => element.contains(document.elementFromPoint(middleX, y)));
  return { name, isSeen };
}
