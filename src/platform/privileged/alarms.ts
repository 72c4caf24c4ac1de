import { browser } from '../browser.ts';

const outboxAlarm = 'outbox';

/**
 * Asks to be woken at `wakeAt` (epoch ms), and every minute from then on while anything waits: an alarm may be
 * late or lost, so one is never relied on alone. Null: nothing waits.
 */
export async function scheduleWake(wakeAt: number | null): Promise<void> {
  if (wakeAt === null) await browser.alarms.clear(outboxAlarm);
  else await browser.alarms.create(outboxAlarm, { when: wakeAt, periodInMinutes: 1 });
}

/** Register at the top level. */
export function onWake(listener: () => void): void {
  browser.alarms.onAlarm.addListener(alarm => {
    if (alarm.name === outboxAlarm) listener();
  });
}
