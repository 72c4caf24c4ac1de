import { byRole, waitForStatus } from '../chromium/by-role.ts';
import { openPopup } from '../chromium/extension.ts';
import type { Demo } from '../demo/open-demo.ts';
import { summary } from './summary.ts';

const rounds = 15;

/**
 * How long a person waits on the way from the page to the ticket: from the toolbar click to a popup with the
 * selection in it, from a press to the picture in the draft, and from Send to the ticket's number.
 */
export async function benchFiling({ assembly, sampleSite, browser, extension }: Demo): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto(sampleSite.threadUrl);
  const spans = {
    'toolbar click → quote in the draft': [],
    'Visible area → picture in the draft': [],
    'Send → ticket number': [],
  } as Record<string, number[]>;
  async function timed(name: keyof typeof spans, work: () => Promise<unknown>) {
    const startedAt = performance.now();
    await work();
    spans[name]?.push(performance.now() - startedAt);
  }

  for (let round = 0; round < rounds; round++) {
    await page.bringToFront();
    await page.click('#complaint', { count: 3 });
    let popup = page;
    await timed('toolbar click → quote in the draft', async () => {
      popup = await openPopup(page, extension);
      await popup.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('>'), {
        polling: 5,
      });
    });
    await timed('Visible area → picture in the draft', async () => {
      await byRole(popup, 'button', 'Visible area').click();
      await popup.waitForSelector('.attachments img');
    });
    await timed('Send → ticket number', async () => {
      await byRole(popup, 'button', 'Send ticket').click();
      await waitForStatus(popup, /ASM-\d+/);
    });
    await popup.close();
  }
  if (assembly.record.tickets.length < rounds)
    throw new Error('Not every ticket arrived: the figures mean nothing.');
  return Object.entries(spans).map(([name, spansMs]) => `${name.padEnd(38)} ${summary(spansMs)}`);
}
