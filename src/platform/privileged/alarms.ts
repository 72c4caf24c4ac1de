import { browser } from '../browser.ts';

const outboxAlarm = 'outbox';
const tidyUpAlarm = 'tidy-up';

/** Chrome rings no alarm sooner; a mistake in what is due must not become a loop. */
const soonestMs = 30_000;

/**
 * Asks to be woken at `wakeAt` (epoch ms), and every minute from then on while anything waits: an alarm may be
 * late or lost, so one is never relied on alone. Null: nothing waits.
 */
export async function scheduleWake(wakeAt: number | null): Promise<void> {
  if (wakeAt === null) await browser.alarms.clear(outboxAlarm);
  else await browser.alarms.create(outboxAlarm, { when: wakeAt, periodInMinutes: 1 });
}

/**
 * Asks to be woken once when something that is kept for a time is due, epoch ms; null: nothing is. Every run of the
 * outbox sets it anew, so that one which was lost is missed until the worker's next start at most.
 */
export async function scheduleTidyUp(dueAt: number | null): Promise<void> {
  if (dueAt === null) await browser.alarms.clear(tidyUpAlarm);
  else await browser.alarms.create(tidyUpAlarm, { when: Math.max(dueAt, Date.now() + soonestMs) });
}

/** Register at the top level. */
export function onWake(listener: () => void): void {
  browser.alarms.onAlarm.addListener(alarm => {
    if (alarm.name === outboxAlarm || alarm.name === tidyUpAlarm) listener();
  });
}
