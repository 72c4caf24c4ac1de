import type { Demo } from './open-demo.ts';

/** Puts the sample page on the left half of the screen and the inbox on the right, with the sample page in front. */
export async function showSideBySide({ assembly, sampleSite, browser }: Demo): Promise<void> {
  const [sample = await browser.newPage()] = await browser.pages();
  await sample.goto(sampleSite.threadUrl);
  const { left, top, width, height } = await sample.evaluate(() => ({
    left: 0,
    top: 0,
    width: Math.floor(screen.availWidth / 2),
    height: screen.availHeight,
  }));
  await browser.setWindowBounds(await sample.windowId(), { left, top, width, height });
  const inbox = await browser.newPage({
    type: 'window',
    windowBounds: { left: left + width, top, width, height },
  });
  await inbox.goto(assembly.inboxUrl);
  await sample.bringToFront();
}
