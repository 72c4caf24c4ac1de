import type { Job } from '../core/outbox/job.ts';
import { needsAPerson } from '../core/outbox/needs-a-person.ts';
import { browser } from '../platform/browser.ts';

const alarmColour = '#b3261e';
const calmColour = '#5f6368';

/** Counts what is not delivered yet on the toolbar button; red when something needs the person. */
export async function showBadge(pending: readonly Job[]): Promise<void> {
  const needsAttention = pending.some(needsAPerson);
  await browser.action.setBadgeText({ text: pending.length === 0 ? '' : String(pending.length) });
  await browser.action.setBadgeBackgroundColor({ color: needsAttention ? alarmColour : calmColour });
  await browser.action.setBadgeTextColor({ color: '#ffffff' });
}
