import type { Page } from 'puppeteer-core';
import { byRole, waitForStatus } from '../../tools/chromium/by-role.ts';

/** Presses Send in a popup that holds a ticket, and resolves to the number of what Assembly has created. */
export async function sendTicket(popup: Page): Promise<string> {
  // A popup does not send in its first moments, so that no page can make a person do it by a double click.
  await popup.waitForFunction(() => performance.now() > 300);
  await byRole(popup, 'button', 'Send ticket').click();
  const said = await waitForStatus(popup, /ASM-\d+ created/);
  return said.match(/ASM-\d+/)?.[0] ?? '';
}
