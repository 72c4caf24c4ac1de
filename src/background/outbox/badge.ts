import type { Job } from '../../core/outbox/job.ts';
import { needsAPerson } from '../../core/outbox/needs-a-person.ts';
import { browser } from '../../platform/browser.ts';

const alarmColour = '#b3261e';
const calmColour = '#5f6368';

let shown = '';
let wantedText = '';
let isCountingDown = false;

/** Counts what is not delivered yet on the toolbar button; red when something needs the person. */
export async function showBadge(pending: readonly Job[], quarantined: number): Promise<void> {
  const count = pending.length + quarantined;
  const needsAttention = quarantined > 0 || pending.some(needsAPerson);
  // Asked before each send; most do not change it.
  const wanted = `${count} ${needsAttention}`;
  if (wanted === shown) return;
  wantedText = count === 0 ? '' : String(count);
  if (!isCountingDown) await browser.action.setBadgeText({ text: wantedText });
  await browser.action.setBadgeBackgroundColor({ color: needsAttention ? alarmColour : calmColour });
  await browser.action.setBadgeTextColor({ color: '#ffffff' });
  shown = wanted;
}

/** Shows the seconds until a capture in place of the count; null gives the place back. */
export async function showCountdown(seconds: number | null): Promise<void> {
  isCountingDown = seconds !== null;
  await browser.action.setBadgeText({ text: seconds === null ? wantedText : String(seconds) });
}
