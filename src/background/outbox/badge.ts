import type { Job } from '../../core/outbox/job.ts';
import { needsAPerson } from '../../core/outbox/needs-a-person.ts';
import { browser } from '../../platform/browser.ts';

const alarmColour = '#b3261e';
const calmColour = '#5f6368';

let shown = '';

/** Counts what is not delivered yet on the toolbar button; red when something needs the person. */
export async function showBadge(pending: readonly Job[], quarantined: number): Promise<void> {
  const count = pending.length + quarantined;
  const needsAttention = quarantined > 0 || pending.some(needsAPerson);
  // Asked before each send; most do not change it.
  const wanted = `${count} ${needsAttention}`;
  if (wanted === shown) return;
  await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) });
  await browser.action.setBadgeBackgroundColor({ color: needsAttention ? alarmColour : calmColour });
  await browser.action.setBadgeTextColor({ color: '#ffffff' });
  shown = wanted;
}
