import type { PageDetails } from '../../core/draft.ts';
import { cleanPageUrl } from '../../core/page-link.ts';
import { clip, oneLine } from '../../core/text.ts';
import { browser } from '../browser.ts';
import type { PageTarget } from './page-target.ts';

const pageTitleLimitCharacters = 300;

/** What the ticket says of the page and the browser; addresses without credentials and secrets. */
export async function pageDetails(page: PageTarget): Promise<PageDetails> {
  const details: PageDetails = {
    ...(await machineDetails()),
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  // Over a page of our own there is nothing to tell.
  if (page.url?.startsWith(browser.runtime.getURL(''))) return details;
  const url = page.url === null ? null : cleanPageUrl(page.url);
  if (url !== null) details.page_url = url;
  const title = clip(oneLine(page.title), pageTitleLimitCharacters);
  if (title !== '') details.page_title = title;
  const { viewport } = page;
  if (viewport) {
    details.viewport = `${Math.round(viewport.widthPx)}×${Math.round(viewport.heightPx)} @${round(viewport.devicePixelRatio)}x`;
  }
  return details;
}

async function machineDetails(): Promise<PageDetails> {
  const { os } = await browser.runtime.getPlatformInfo();
  // User-agent client hints: in Chromium only, and not in TypeScript's DOM types.
  const hints = (navigator as { userAgentData?: { brands: { brand: string; version: string }[] } })
    .userAgentData;
  const brand = hints?.brands.findLast(({ brand }) => !/not.?a.?brand/i.test(brand));
  return { os, ...(brand ? { browser: `${brand.brand} ${brand.version}` } : {}) };
}

function round(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
