import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { projectRoot } from './run-command.ts';
import { ensureChromium } from './setup.ts';
import { runTool } from './trouble.ts';

// Draws public/icons/icon-*.png from icon.svg. Run it by `npx tsx tools/make-icons.ts` after the drawing was changed.

const sizesPx = [16, 32, 48, 128];

await runTool(async () => {
  const { executablePath } = await ensureChromium();
  const svg = await readFile(join(import.meta.dirname, 'icon.svg'), 'utf8');
  const browser = await launch({
    executablePath,
    pipe: true,
    // The sandbox refuses to run as root, as in a container.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    for (const sizePx of sizesPx) {
      await page.setViewport({ width: sizePx, height: sizePx });
      const png = await page.screenshot({ omitBackground: true });
      await writeFile(join(projectRoot, 'public', 'icons', `icon-${sizePx}.png`), png);
    }
  } finally {
    await browser.close();
  }
  return 0;
});
