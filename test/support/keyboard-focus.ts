import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';

export interface Focus {
  /** As a screen reader says it; empty for the page itself. */
  readonly name: string;
  readonly selected: string | null;
  readonly isVisible: boolean;
}

/** Where the keyboard is. */
export function focused(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) {
      return { name: '', selected: null, isVisible: false };
    }
    const label =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
        ? element.labels?.[0]?.textContent
        : element.textContent;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isInView = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    return {
      name: (element.getAttribute('aria-label') ?? label ?? '').trim(),
      selected: element.getAttribute('aria-selected'),
      // The status line takes the focus to be read, and nothing can be done there.
      isVisible: isInView && (isOutlined || element.role === 'status'),
    };
  });
}

/** The focus is somewhere, and it can be seen where. */
export async function expectFocus(page: Page, when: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement !== document.body), { message: when })
    .toBe(true);
  expect(await focused(page), when).toMatchObject({ isVisible: true });
}

/** Tabs to the control of this name, and looks at every stop on the way. */
export async function tabTo(page: Page, name: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    const focus = await focused(page);
    if (focus.name === name) return;
    passed.push(focus.name);
    await pressTab(page, key);
    await expectFocusUnlessAtEnd(page);
  }
  throw new Error(`${name} is not reached by ${key}: ${passed.join(', ')}`);
}

/** The names of all the stops from the top of a page to its end. */
export async function tabRound(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await pressTab(page, 'Tab');
    const { name } = await expectFocusUnlessAtEnd(page);
    if (name === '' || stops[0] === name) break;
    stops.push(name);
  }
  return stops;
}

/** After its last stop a page has no focus for one press: the browser's own controls have it. */
async function expectFocusUnlessAtEnd(page: Page): Promise<Focus> {
  const focus = await focused(page);
  if (focus.name !== '') expect(focus).toMatchObject({ isVisible: true });
  return focus;
}

async function pressTab(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  if (key === 'Shift+Tab') await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  if (key === 'Shift+Tab') await page.keyboard.up('Shift');
}
