import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { TicketImage } from '../assembly/image-check.ts';
import type { Ticket } from '../assembly/record.ts';
import { byRole, waitForStatus } from '../chromium/by-role.ts';
import { openPopup } from '../chromium/extension.ts';
import { projectRoot } from '../run-command.ts';
import { firstLine, Trouble } from '../trouble.ts';
import type { Demo } from './open-demo.ts';

const picturesPath = join(projectRoot, '.artifacts', 'start');

/**
 * Does the main job by itself, through the extension's own popup, and prints what came of it. Rejects with a `Trouble` that names the step
 * when any part of it does not happen.
 */
export async function fileSampleTicket({ assembly, sampleSite, browser, extension }: Demo): Promise<void> {
  await mkdir(picturesPath, { recursive: true });
  let step = '';
  const begin = (nextStep: string) => {
    step = nextStep;
    console.log(`${step} …`);
  };
  let popup: Page | undefined;
  try {
    const page = await browser.newPage();
    await page.goto(sampleSite.threadUrl);
    begin(`Selecting a paragraph of "${await page.title()}"`);
    await page.click('#complaint', { count: 3 });

    begin('Clicking the toolbar button: the popup opens, with the paragraph quoted');
    popup = await openPopup(page, extension);
    await byRole(popup, 'textbox', 'Description')
      .filter(field => field instanceof HTMLTextAreaElement && field.value.includes('CSV export'))
      .wait();

    begin('Taking a picture of the visible area');
    await byRole(popup, 'button', 'Visible area').click();
    await byRole(popup, 'button', 'Remove attachment 1').wait();
    await popup.screenshot(picture('popup-draft.png'));

    begin('Sending the ticket');
    await byRole(popup, 'button', 'Send ticket').click();
    const [number = ''] = (await waitForStatus(popup, /ASM-\d+/)).match(/ASM-\d+/) ?? [];
    await popup.screenshot(picture('popup-sent.png'));

    begin('Looking into the inbox');
    const inbox = await browser.newPage();
    await inbox.goto(assembly.inboxUrl);
    await inbox.screenshot(picture('inbox.png'));
    const ticket = assembly.record.tickets.find(candidate => candidate.number === number);
    if (!ticket) throw new Error(`the popup says ${number}, but the local Assembly has no such ticket`);
    const violations = assembly.record.violations();
    if (violations.length > 0)
      throw new Error(`the API was not used as it should be: ${violations.join('; ')}`);
    console.log(describe(ticket));
  } catch (error) {
    await popup?.screenshot(picture('popup-failed.png')).catch(() => undefined);
    throw new Trouble(
      `No ticket was filed. It failed at "${step}": ${firstLine(error)} (a picture of the popup at that moment may be in ${picturesPath}).`,
    );
  }
}

function picture(name: string): { path: `${string}.png` } {
  return { path: join(picturesPath, name) as `${string}.png` };
}

function describe(ticket: Ticket): string {
  const images = ticket.images.map(describeImage).join(', ');
  return `
Filed ${ticket.number}. The local Assembly received:
  title       ${ticket.title ?? '(none)'}
  text        ${ticket.query.replaceAll(/\s+/g, ' ').slice(0, 90)} …
  pictures    ${images || 'none'}
  properties  ${Object.keys(ticket.additionalProperties).join(', ') || 'none'}
  id          ${ticket.sourceSpecificId ?? '(none)'}
Pictures of the popup and the inbox: popup-draft.png, popup-sent.png and inbox.png in ${picturesPath}`;
}

function describeImage(image: TicketImage): string {
  return `${image.width} × ${image.height} pixels, ${Math.round(image.bytes.byteLength / 1000)} kB`;
}
