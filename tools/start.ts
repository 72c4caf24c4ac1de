import { buildIfNeeded } from './build.ts';
import { fileSampleTicket } from './demo/file-sample-ticket.ts';
import { type Demo, openDemo } from './demo/open-demo.ts';
import { showSideBySide } from './demo/show-side-by-side.ts';
import { untilClosed } from './demo/until-closed.ts';
import { hasDisplay } from './has-display.ts';
import { ensureChromium } from './setup.ts';
import { runTool } from './trouble.ts';

// Shows the main job: with a display, in a browser that is ready to be tried out; without one (or with --headless), by doing it.
await runTool(async () => {
  const headless = process.argv.includes('--headless') || !hasDisplay();
  const { executablePath } = await ensureChromium();
  await buildIfNeeded();
  const demo = await openDemo(executablePath, headless);
  try {
    if (headless) await fileSampleTicket(demo);
    else await letThePersonTry(demo);
  } finally {
    await demo.close();
  }
  return 0;
});

async function letThePersonTry(demo: Demo): Promise<void> {
  await showSideBySide(demo);
  console.log(`
Ready. On the left a sample page (${demo.sampleSite.threadUrl}), on the right the inbox (${demo.assembly.inboxUrl}).
Select some text on the sample page, then press Alt+Shift+E or click the extension's button.
Take a picture, press "Send ticket", and see it arrive on the right. Close the browser or press Ctrl+C here to end.`);
  await untilClosed(demo.browser);
}
