import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { EraseEverything } from '../ui/components/erase-everything.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { FilterBar } from './filter-bar.tsx';
import { itemsText } from './items-text.ts';
import { JobList } from './job-list.tsx';
import { ticketNamesOf } from './job-texts.ts';
import { countStates, filterJobs, isFiltering, noFilter } from './list-filter.ts';
import { useExport } from './use-export.ts';
import type { JobActions } from './use-job-actions.ts';
import type { Jobs } from './use-jobs.ts';

interface JobsSectionProps {
  jobs: Jobs;
  /** Ids of the pictures and files that are stored. */
  blobIds: ReadonlySet<string>;
  actions: JobActions;
  /** Other sections stand above: then its heading is seen. */
  hasHeading: boolean;
  /** The item that is to get the focus, once for each object. */
  wanted: { id: string } | null;
  say: Say;
  onErased: () => Promise<unknown>;
}

/** The items, what of them is listed, and what can be done with all. */
export function JobsSection(props: JobsSectionProps) {
  const { jobs, blobIds, actions, hasHeading, wanted, say, onErased } = props;
  const id = useId();
  const [filter, setFilter] = useState(noFilter);
  const counts = useMemo(() => countStates(jobs.all), [jobs.all]);
  const listed = useMemo(() => filterJobs(jobs.all, filter), [jobs.all, filter]);
  const ticketNames = useMemo(() => ticketNamesOf(jobs.all), [jobs.all]);
  const { isRunning, save } = useExport(say);
  const searchField = useRef<HTMLInputElement>(null);
  function clear() {
    setFilter(noFilter);
    // The button that was pressed goes with what it says.
    searchField.current?.focus();
  }
  const hasJobs = jobs.all.length > 0;
  return (
    <section class="jobs" aria-labelledby={id}>
      <h2 id={id} class={hasHeading ? '' : 'visually-hidden'}>
        {text('activityList')}
      </h2>
      {hasJobs && (
        <FilterBar filter={filter} counts={counts} onFilter={setFilter} searchField={searchField} />
      )}
      <div class="jobs-bar">
        <p class="hint" aria-live="polite">
          {countText(listed.length, jobs, isFiltering(filter))}
        </p>
        <div class="row">
          {hasJobs && (
            <>
              <Button isOff={isRunning} onPress={() => save('json')}>
                {text('activityExportJson')}
              </Button>
              <Button isOff={isRunning} onPress={() => save('csv')}>
                {text('activityExportCsv')}
              </Button>
            </>
          )}
          <EraseEverything say={say} onErased={onErased} />
        </div>
      </div>
      {listed.length > 0 ? (
        <JobList
          jobs={listed}
          actions={actions}
          blobIds={blobIds}
          ticketNames={ticketNames}
          readAgain={jobs.readAgain}
          wanted={wanted}
        />
      ) : (
        hasJobs && (
          <div class="empty">
            <p>{text('activityNothingFound')}</p>
            <Button onPress={clear}>{text('activityClearFilter')}</Button>
          </div>
        )
      )}
    </section>
  );
}

function countText(
  listed: number,
  { all, view, isLoading, historyFailure }: Jobs,
  isFiltered: boolean,
): string {
  if (historyFailure) return text('activityOlderMissing', failureText(historyFailure));
  if (isLoading) return text('activityLoading');
  // What cannot be read may have been sent.
  if (all.length === 0) return view?.unreadable.length ? '' : text('activityEmpty');
  const total = itemsText(all.length);
  return isFiltered ? text('activityCountOf', listed.toLocaleString(), total) : total;
}
