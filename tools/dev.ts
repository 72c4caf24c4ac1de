import { build } from 'vite';
import { distPath } from './build.ts';
import { type Demo, openDemo } from './demo/open-demo.ts';
import { showSideBySide } from './demo/show-side-by-side.ts';
import { untilClosed } from './demo/until-closed.ts';
import { hasDisplay } from './has-display.ts';
import { ensureChromium } from './setup.ts';
import { firstLine, runTool, Trouble } from './trouble.ts';

// Builds on every change of the source, the build that is shipped, and reloads the extension in the browser that this opens.
await runTool(async () => {
  if (!hasDisplay())
    throw new Trouble(
      'This opens a browser, and there is no display: run it on a desktop, or under xvfb-run.',
    );
  const { executablePath } = await ensureChromium();
  const builder = await build({ logLevel: 'warn', build: { watch: {} } });
  if (!('on' in builder)) throw new Error('vite is not watching');
  let demo: Demo | undefined;
  try {
    console.log('Building the extension …');
    await new Promise<void>(resolve => {
      builder.on('event', event => {
        if (event.code === 'ERROR') console.error(firstLine(event.error));
        if (event.code !== 'BUNDLE_END') return;
        resolve();
        if (demo) void reloadExtension(demo);
      });
    });
    demo = await openDemo(executablePath, false);
    await showSideBySide(demo);
    console.log(
      'Watching src. Restart this after a change of manifest.json or vite.config.ts. Ctrl+C ends it.',
    );
    await untilClosed(demo.browser);
  } finally {
    await builder.close();
    await demo?.close();
  }
  return 0;
});

/** Loads the folder once more: what the extension has stored stays, its open pages close. */
async function reloadExtension({ browser }: Demo): Promise<void> {
  try {
    await browser.installExtension(distPath);
    console.log(`${new Date().toLocaleTimeString()} built and reloaded`);
  } catch (error) {
    console.error(firstLine(error));
  }
}
