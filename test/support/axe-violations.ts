import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { popupPath } from '../../tools/chromium/extension.ts';

interface Violation {
  readonly state: string;
  readonly rule: string;
  readonly impact: string;
  readonly where: string;
}

/** What axe finds in a page as it is, in light and in dark, at 100 % and at 200 %. */
export async function violations(page: Page, state: string): Promise<Violation[]> {
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const found: Violation[] = [];
  await page.evaluate(axe.source);
  for (const zoom of [1, 2]) {
    await setZoom(page, size, zoom);
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        // A colour that is on its way to another is none that anybody reads.
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      const results = (await page.evaluate('axe.run(document)')) as AxeResults;
      for (const { id, impact, nodes } of results.violations) {
        for (const { html, failureSummary } of nodes) {
          const where = `${html.slice(0, 200)} ${failureSummary}`;
          found.push({
            state: `${state}, ${scheme}, ${zoom}00 %`,
            rule: id,
            impact: impact ?? 'minor',
            where,
          });
        }
      }
    }
  }
  await setZoom(page, size, 1);
  return found;
}

/** A tab is given a smaller viewport of finer pixels. A popup takes none: there its contents grow. */
async function setZoom(page: Page, size: { width: number; height: number }, zoom: number): Promise<void> {
  if (page.url().endsWith(popupPath)) {
    await page.evaluate(value => document.documentElement.style.setProperty('zoom', value), String(zoom));
    return;
  }
  const [width, height] = [Math.round(size.width / zoom), Math.round(size.height / zoom)];
  await page.setViewport(zoom === 1 ? null : { width, height, deviceScaleFactor: zoom });
}

/** Fails on what is serious; the rest is printed. */
export function report(found: readonly Violation[]): void {
  const isSerious = ({ impact }: Violation) => impact === 'serious' || impact === 'critical';
  const minor = found.filter(violation => !isSerious(violation));
  for (const rule of new Set(minor.map(violation => violation.rule))) {
    const { state, where } = minor.find(violation => violation.rule === rule) ?? {};
    console.warn(`axe, not serious: ${rule} (${state}): ${where}`);
  }
  expect(found.filter(isSerious)).toEqual([]);
}
