import type { JobView } from '../contract/views.ts';

/** A heading of the list: the day on which the items below it came in. */
export interface DayRow {
  kind: 'day';
  key: string;
  /** Some instant of that day, epoch ms. */
  at: number;
  /** How many items it has. */
  size: number;
}

export interface ItemRow {
  kind: 'item';
  key: string;
  job: JobView;
  /** Which row is the heading of its day, and its place among the items of that day, from 1. */
  dayIndex: number;
  position: number;
}

export type Row = DayRow | ItemRow;

/** The items by days of the local calendar, each day with its heading. They come newest first and stay so. */
export function rowsOf(jobs: readonly JobView[]): Row[] {
  const rows: Row[] = [];
  let day: (DayRow & { startsAt: number; endsAt: number }) | null = null;
  let dayIndex = 0;
  for (const job of jobs) {
    const { id, createdAt } = job;
    if (day === null || createdAt < day.startsAt || createdAt >= day.endsAt) {
      dayIndex = rows.length;
      day = {
        kind: 'day',
        key: `day-${startOfDay(createdAt)}`,
        at: createdAt,
        size: 0,
        ...dayAround(createdAt),
      };
      rows.push(day);
    }
    day.size += 1;
    rows.push({ kind: 'item', key: id, job, dayIndex, position: day.size });
  }
  return rows;
}

function dayAround(at: number): { startsAt: number; endsAt: number } {
  return { startsAt: startOfDay(at), endsAt: startOfDay(at, 1) };
}

/** A day need not have 24 hours: the calendar knows. */
function startOfDay(at: number, days = 0): number {
  const instant = new Date(at);
  return new Date(instant.getFullYear(), instant.getMonth(), instant.getDate() + days).getTime();
}
