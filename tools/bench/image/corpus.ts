import type { Browser } from 'puppeteer-core';
import type { Screen, show } from './page/main.ts';

/** One picture of the corpus: what is shown, on a screen of which size in picture px, at how many of these for a CSS px. */
export interface Sample {
  readonly screen: Screen;
  readonly size: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
}

const fullHd = { size: '1080p', widthPx: 1_920, heightPx: 1_080, pixelRatio: 1 };
const quadHd = { size: '1440p@2', widthPx: 2_560, heightPx: 1_440, pixelRatio: 2 };
const mac = { size: '1800p@2', widthPx: 2_880, heightPx: 1_800, pixelRatio: 2 };
const ultraHd = { size: '4K@1.5', widthPx: 3_840, heightPx: 2_160, pixelRatio: 1.5 };
const ultraHdFine = { size: '4K@2', widthPx: 3_840, heightPx: 2_160, pixelRatio: 2 };
const fullPage = { size: '1440×15000', widthPx: 1_440, heightPx: 15_000, pixelRatio: 1 };

export const corpus: readonly Sample[] = [
  { screen: 'text', ...fullHd },
  { screen: 'dashboard', ...fullHd },
  { screen: 'photo-feed', ...fullHd },
  { screen: 'dark-editor', ...ultraHdFine },
  { screen: 'dashboard', ...ultraHdFine },
  { screen: 'text', ...fullPage },
  { screen: 'table', ...fullPage },
  { screen: 'table', ...ultraHd },
  { screen: 'map', ...ultraHd },
  { screen: 'map', ...mac },
  { screen: 'gradients', ...ultraHdFine },
  { screen: 'gradients', ...fullPage },
  { screen: 'photo-feed', ...ultraHdFine },
  { screen: 'photo-feed', ...fullPage },
  { screen: 'photo-heavy', ...fullHd },
  { screen: 'photo-heavy', ...quadHd },
  { screen: 'photo-heavy', ...ultraHdFine },
  { screen: 'photo-heavy', ...fullPage },
];

declare global {
  var benchPage: { show: typeof show };
}

/** The sample as a PNG, by the way whose bytes are those of `captureVisibleTab`. `script` is the bundled `page/main.ts`. */
export async function takePicture(browser: Browser, sample: Sample, script: string): Promise<Uint8Array> {
  const { pixelRatio, screen } = sample;
  const page = await browser.newPage();
  try {
    const [width, height] = [sample.widthPx / pixelRatio, sample.heightPx / pixelRatio];
    await page.setViewport({ width, height, deviceScaleFactor: pixelRatio });
    await page.evaluate(script);
    await page.evaluate((...what) => globalThis.benchPage.show(...what), screen, width, height);
    return await page.screenshot({ type: 'png' });
  } finally {
    await page.close();
  }
}
