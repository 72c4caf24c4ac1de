import { text } from '../platform/localised-text.ts';

/** The name of a day as a person says it on the day of `now`; both are epoch ms. */
export function dayText(at: number, now: number): string {
  const day = new Date(at);
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (day.toDateString() === today.toDateString()) return text('activityToday');
  if (day.toDateString() === yesterday.toDateString()) return text('activityYesterday');
  const year = day.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' as const };
  return day.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', ...year });
}
