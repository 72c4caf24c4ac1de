import { text } from '../platform/localised-text.ts';
import { openSettings } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { PageHeader } from '../ui/components/page-header.tsx';
import { useSaid } from '../ui/components/status-line.tsx';
import { JobItem } from './job-item.tsx';
import { useJobActions } from './use-job-actions.ts';
import { useJobs } from './use-jobs.ts';

/** The outbox and the history, newest first. */
export function Activity() {
  const [said, say] = useSaid();
  const [jobs, readAgain] = useJobs(say);
  const actions = useJobActions(say, jobs, readAgain);

  return (
    <div class="page">
      <PageHeader title={text('activityTitle')} said={said} say={say}>
        <Button icon="settings" variant="quiet" onPress={() => void openSettings()}>
          {text('openSettings')}
        </Button>
      </PageHeader>
      <main>
        {jobs?.length === 0 && <p class="empty">{text('activityEmpty')}</p>}
        {jobs && jobs.length > 0 && (
          <ul class="jobs" aria-label={text('activityList')}>
            {jobs.map(job => (
              <JobItem key={job.id} job={job} actions={actions} />
            ))}
          </ul>
        )}
      </main>
    </div>
  );
}
