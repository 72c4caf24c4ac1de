import type { Page } from 'puppeteer-core';

/** What the popup says without being asked: its notices and alarms, from the top. */
export function notesOf(popup: Page): Promise<string[]> {
  return popup.$$eval('[role="note"] p, [role="alert"] p', notes =>
    notes.map(({ textContent }) => textContent),
  );
}
