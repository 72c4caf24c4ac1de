import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { SeedTicket } from '../../tools/assembly/seed.ts';
import { ariaSelector, byRole } from '../../tools/chromium/by-role.ts';
import { clear, connect, fill, waitForField } from './popup-actions.ts';
import { type Rig, startRig } from './rig.ts';

/** What a person does on the Reply tab, and what then stands there. */

/** In whose name the tests reply, unless they say otherwise. */
export const agent = { name: 'Ada Moreau', email: 'ada@example.com' };

/** A ticket that Assembly knows and that was not filed from here. */
export const older: SeedTicket = {
  number: 'ASM-42',
  ulid: '01J0000000000000000000000A',
  query: 'Filed long ago, not from here',
  sourceSpecificId: 'desk_42',
};

interface ReplyStart {
  readonly sender?: typeof agent | null;
  readonly http2?: boolean;
  readonly tickets?: SeedTicket[];
}

/** A popup on its Reply tab, with a key; `sender` null: nobody is known to reply. */
export async function startOnReply({
  sender = agent,
  http2 = true,
  tickets = [older],
}: ReplyStart = {}): Promise<{ rig: Rig; page: Page; popup: Page }> {
  const rig = await startRig({ assembly: { http2, seed: { tickets } } });
  await connect(rig, sender ? { agent: sender } : {});
  const page = await rig.openPage();
  const popup = await rig.openPopup(page);
  await startReply(popup);
  return { rig, page, popup };
}

/** Goes to the Reply tab once what was sent before has left the fields: the next draft begins as a ticket. */
export async function startReply(popup: Page): Promise<void> {
  await waitForField(popup, 'Description', '');
  await byRole(popup, 'tab', 'Reply').click();
  await waitForField(popup, 'Message', '');
}

/** Types into the field of the ticket, in place of what is there. */
export async function typeTicket(popup: Page, typed: string): Promise<void> {
  await clear(popup, 'Ticket', 'combobox');
  await fill(popup, 'Ticket', typed, 'combobox');
}

/** The first lines of the tickets that are offered. */
export function offeredTickets(popup: Page): Promise<string[]> {
  return popup.$$eval('[role="option"] .combobox-label', labels =>
    labels.map(({ textContent }) => textContent),
  );
}

/** Types, waits until these and no others are offered, and takes the first by the keyboard. */
export async function chooseTicket(popup: Page, typed: string, offered: string[]): Promise<void> {
  await typeTicket(popup, typed);
  await expect.poll(() => offeredTickets(popup)).toEqual(offered);
  await popup.keyboard.press('ArrowDown');
  await popup.keyboard.press('Enter');
  await expect.poll(() => offeredTickets(popup)).toEqual([]);
}

/** Waits until what stands below the ticket, hint or problem, matches. */
export async function waitForUnderstood(popup: Page, words: string | RegExp): Promise<void> {
  const read = () =>
    popup.$eval(ariaSelector('combobox', 'Ticket'), field => {
      const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
      return ids.map(id => document.getElementById(id)?.textContent).join(' ');
    });
  const said = expect.poll(read);
  await (typeof words === 'string' ? said.toBe(words) : said.toMatch(words));
}
