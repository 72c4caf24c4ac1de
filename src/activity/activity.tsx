import { useState } from 'preact/hooks';
import type { JobView } from '../contract/messages.ts';
import { text } from '../platform/localised-text.ts';
import { openSettings } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { PageHeader } from '../ui/components/page-header.tsx';
import { Section } from '../ui/components/section.tsx';
import { useSaid } from '../ui/components/status-line.tsx';
import { Unopened } from '../ui/components/unopened.tsx';
import { useNextTries } from '../ui/hooks/use-next-tries.ts';
import { instantText } from '../ui/instant-text.ts';
import { JobItem } from './job-item.tsx';
import { reasonOf } from './job-texts.ts';
import { UnreadableSection } from './unreadable-section.tsx';
import { type JobActions, useJobActions } from './use-job-actions.ts';
import { useOutbox } from './use-outbox.ts';

/** The outbox and the history, newest first. */
export function Activity() {
  const [said, say] = useSaid();
  const { view, failure, readAgain } = useOutbox(say);
  const [isTrying, setTrying] = useState(false);
  const { jobs, unreadable } = view ?? { jobs: [], unreadable: [] };
  const actions = useJobActions(say, jobs, readAgain);

  async function tryAgain() {
    setTrying(true);
    say(text('loading'));
    const trouble = await readAgain();
    setTrying(false);
    say(trouble ? text('stillUnopened', instantText(Date.now(), 'medium')) : text('openedAgain'));
  }

  const list = jobs.length > 0 && <JobList jobs={jobs} actions={actions} readAgain={readAgain} />;
  return (
    <div class="page">
      <PageHeader title={text('activityTitle')} said={said} say={say}>
        <Button icon="settings" variant="quiet" onPress={() => void openSettings()}>
          {text('openSettings')}
        </Button>
      </PageHeader>
      <main>
        {!view && failure && (
          <Unopened failure={failure} isTrying={isTrying} onTryAgain={() => void tryAgain()} />
        )}
        {view && jobs.length + unreadable.length === 0 && <p class="empty">{text('activityEmpty')}</p>}
        {unreadable.length > 0 && <UnreadableSection records={unreadable} say={say} readAgain={readAgain} />}
        {list && unreadable.length > 0 ? <Section heading={text('activityList')}>{list}</Section> : list}
      </main>
    </div>
  );
}

interface JobListProps {
  jobs: JobView[];
  actions: JobActions;
  readAgain: () => Promise<unknown>;
}

function JobList({ jobs, actions, readAgain }: JobListProps) {
  const nextTries = jobs.map(job => reasonOf(job).nextTryAt).filter(at => at !== null);
  const now = useNextTries(nextTries, () => void readAgain());
  return (
    <ul class="jobs" aria-label={text('activityList')}>
      {jobs.map(job => (
        <JobItem key={job.id} job={job} now={now} actions={actions} />
      ))}
    </ul>
  );
}
