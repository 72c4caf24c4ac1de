import { createEvent } from './fake-event.ts';

interface AlarmInfo {
  when: number;
  periodInMinutes?: number;
}

/** `browser.alarms`, in memory. Alarms outlive workers. They do not ring by themselves: a test says when. */
export function createAlarms() {
  const alarms = new Map<string, AlarmInfo>();
  const onAlarm = createEvent<[{ name: string; scheduledTime: number; periodInMinutes?: number }]>();
  return {
    api: {
      create: async (name: string, info: AlarmInfo) => void alarms.set(name, { ...info }),
      clear: async (name: string) => alarms.delete(name),
      clearAll: async () => {
        alarms.clear();
        return true;
      },
      onAlarm,
    },
    /** When each alarm will ring, epoch ms. */
    due: (): Record<string, number> =>
      Object.fromEntries([...alarms].map(([name, { when }]) => [name, when])),
    /** Lets an alarm ring; one with a period stays, any other is gone then. */
    ring(name: string) {
      const alarm = alarms.get(name);
      if (!alarm) throw new Error(`There is no alarm “${name}”.`);
      const { when, periodInMinutes } = alarm;
      if (periodInMinutes === undefined) alarms.delete(name);
      else alarms.set(name, { when: Date.now() + periodInMinutes * 60_000, periodInMinutes });
      onAlarm.fire({
        name,
        scheduledTime: when,
        ...(periodInMinutes === undefined ? {} : { periodInMinutes }),
      });
    },
    reset: () => alarms.clear(),
  };
}
