import type { Page } from 'puppeteer-core';

/** Everything new that the page's status line says from now on, oldest first. The list grows by itself, and keeps what it has when the page ends. */
export async function listenToStatus(page: Page): Promise<readonly string[]> {
  const said: string[] = [];
  await page.exposeFunction('hearStatus', (words: string) => void said.push(words));
  await page.evaluate(() => {
    const words = () => document.querySelector('[role="status"]')?.textContent ?? '';
    let told = words();
    const tell = () => {
      if (words() === told) return;
      told = words();
      Reflect.get(globalThis, 'hearStatus')(told);
    };
    new MutationObserver(tell).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return said;
}
