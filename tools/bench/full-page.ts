import { byRole, waitForStatus } from '../chromium/by-role.ts';
import { openPopup } from '../chromium/extension.ts';
import type { Demo } from '../demo/open-demo.ts';
import { Trouble } from '../trouble.ts';
import { percentile } from './summary.ts';

const rounds = 3;
const heightsPx = [3_000, 8_000, 15_000];
// The browser takes two pictures a second: N slices cannot come faster than (N − 1) · 0.5 s.
const paceMs = 500;

/**
 * How long a full page takes, from the press to its pictures in the draft, against the pace that the browser allows.
 * Rejects when it is above 1.15 × (N − 1) · 0.5 s + 0.5 s for N slices.
 */
export async function benchFullPage({ sampleSite, browser, extension }: Demo): Promise<string[]> {
  const lines: string[] = [];
  const missed: string[] = [];
  for (const heightPx of heightsPx) {
    const spansMs: number[] = [];
    let slices = 0;
    for (let round = 0; round < rounds; round++) {
      const page = await browser.newPage();
      await page.goto(sampleSite.threadUrl);
      await page.evaluate(growTo, heightPx);
      const popup = await openPopup(page, extension);
      await byRole(popup, 'button', 'Full page').wait();
      const startedAt = performance.now();
      await byRole(popup, 'button', 'Full page').click();
      await waitForStatus(popup, 'Full page added.', 60_000);
      spansMs.push(performance.now() - startedAt);
      const viewPx = await page.evaluate(() => innerHeight);
      slices = Math.ceil(heightPx / viewPx);
      await byRole(popup, 'button', 'Start over').click();
      await waitForStatus(popup, 'A new draft.');
      await popup.close();
      await page.close();
    }
    const medianMs = percentile(spansMs, 0.5);
    const goalMs = 1.15 * (slices - 1) * paceMs + paceMs;
    const line = `${heightPx} px, ${slices} slices: median ${(medianMs / 1_000).toFixed(2)} s, goal ${(goalMs / 1_000).toFixed(2)} s`;
    lines.push(line);
    if (medianMs > goalMs) missed.push(line);
  }
  if (missed.length > 0) throw new Trouble(`Slower than the goal: ${missed.join('; ')}.`);
  return lines;
}

/** Runs in the page: repeats its posts until it is so high. */
function growTo(heightPx: number): void {
  const main = document.querySelector('main');
  const posts = [...document.querySelectorAll('article')];
  while (main && document.documentElement.scrollHeight < heightPx) {
    for (const post of posts) main.append(post.cloneNode(true));
  }
  document.documentElement.style.cssText = `height: ${heightPx}px; overflow: hidden auto`;
  document.body.style.cssText = `height: ${heightPx}px; overflow: hidden`;
}
