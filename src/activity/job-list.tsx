import { useMemo, useState } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import { useNextTries } from '../ui/hooks/use-next-tries.ts';
import { useVirtualList } from '../ui/hooks/use-virtual-list.ts';
import { dayText } from './day-text.ts';
import { JobItem } from './job-item.tsx';
import { nextTriesOf } from './job-texts.ts';
import { type DayRow, type ItemRow, type Row, rowsOf } from './list-rows.ts';
import type { JobActions } from './use-job-actions.ts';
import { useListFocus } from './use-list-focus.ts';

interface JobListProps {
  /** Those that are listed, newest first. */
  jobs: JobView[];
  actions: JobActions;
  /** Ids of the pictures and files that are stored. */
  blobIds: ReadonlySet<string>;
  /** What is known of the tickets that replies are for, by `JobView.target`. */
  ticketNames: ReadonlyMap<string, string>;
  readAgain: () => Promise<unknown>;
  /** The item that is to get the focus, once for each object. */
  wanted: { id: string } | null;
}

const dayPx = 40;
const itemPx = 124;

/** The items by days. Those are drawn that the window shows, and the one with the focus beside its neighbours. */
export function JobList({ jobs, actions, blobIds, ticketNames, readAgain, wanted }: JobListProps) {
  const now = useNextTries(
    useMemo(() => nextTriesOf(jobs), [jobs]),
    () => void readAgain(),
  );
  const rows = useMemo(() => rowsOf(jobs), [jobs]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const [activeId, setActiveId] = useState<string | null>(null);
  const alsoDrawn = useMemo(() => alsoDrawnOf(rows, activeId), [rows, activeId]);
  const { list, totalPx, drawn, measure, inView } = useVirtualList({
    keys,
    alsoDrawn,
    estimatePx: index => (rows[index]?.kind === 'day' ? dayPx : itemPx),
  });
  const focus = useListFocus({ list, jobs, inView, wanted, setActiveId });
  const firstId = rows.find(({ kind }) => kind === 'item')?.key;
  const tabStop = alsoDrawn([]).length > 0 ? activeId : firstId;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the items in it, which take the focus
    <div
      ref={list}
      class="days"
      style={{ blockSize: `${totalPx}px` }}
      onFocusIn={focus.onFocusIn}
      onKeyDown={focus.onKeyDown}
    >
      {daysOf(rows, drawn).map(({ row, index, gapPx, items }) => (
        <section key={row.key} aria-labelledby={row.key} style={{ marginBlockStart: `${gapPx}px` }}>
          <h3 ref={measure} id={row.key} class="day" data-index={index}>
            {dayText(row.at, now)}
          </h3>
          <ul aria-labelledby={row.key}>
            {items.map(({ row: { key, job, position }, index, gapPx }) => (
              <JobItem
                key={key}
                row={measure}
                index={index}
                gapPx={gapPx}
                place={{ position, size: row.size }}
                isTabStop={key === tabStop}
                job={job}
                now={now}
                blobIds={blobIds}
                ticketName={ticketNames.get(job.target) ?? job.target}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** What is drawn beside the rows in view: the item with the focus, those that Tab leads to from it, and the days of all. */
function alsoDrawnOf(rows: readonly Row[], activeId: string | null) {
  const at = activeId === null ? -1 : rows.findIndex(({ key }) => key === activeId);
  const around = at === -1 ? [] : [at - 1, at, at + 1].filter(index => rows[index] !== undefined);
  return (inView: readonly number[]) => {
    const days = [...inView, ...around].map(index => {
      const row = rows[index];
      return row?.kind === 'item' ? row.dayIndex : index;
    });
    return [...around, ...days];
  };
}

interface Drawn<R extends Row> {
  row: R;
  index: number;
  /** The room above it that rows would take which are not drawn. */
  gapPx: number;
}

interface DrawnDay extends Drawn<DayRow> {
  items: Drawn<ItemRow>[];
}

function daysOf(
  rows: readonly Row[],
  drawn: readonly { index: number; start: number; end: number }[],
): DrawnDay[] {
  const days: DrawnDay[] = [];
  let endPx = 0;
  for (const { index, start, end } of drawn) {
    const row = rows[index];
    const gapPx = start - endPx;
    if (row?.kind === 'day') days.push({ row, index, gapPx, items: [] });
    else if (row) days.at(-1)?.items.push({ row, index, gapPx });
    endPx = end;
  }
  return days;
}
