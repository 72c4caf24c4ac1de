import { useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { openSettings } from '../platform/tabs.ts';
import { Button } from '../ui/components/button.tsx';
import { PageHeader } from '../ui/components/page-header.tsx';
import { useSaid } from '../ui/components/status-line.tsx';
import { DraftsSection } from './drafts-section.tsx';
import { JobsSection } from './jobs-section.tsx';
import { UnopenedList } from './unopened-list.tsx';
import { UnreadableSection } from './unreadable-section.tsx';
import { useBlobIds } from './use-blob-ids.ts';
import { useDrafts } from './use-drafts.ts';
import { useHeaderSize } from './use-header-size.ts';
import { useJobActions } from './use-job-actions.ts';
import { useJobs } from './use-jobs.ts';
import { useOutbox } from './use-outbox.ts';
import { useUndo } from './use-undo.ts';

/** The outbox and the history, newest first, and the drafts that were put aside. */
export function Activity() {
  const [said, say] = useSaid();
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  const outbox = useOutbox(say);
  const { drafts, readDrafts, noteDrafts } = useDrafts();
  const blobIds = useBlobIds(outbox.view);
  // Drawn at once with all that stands above the list, so that the list does not move down a moment later.
  const isReady = outbox.view !== null && drafts !== null && blobIds !== null;
  const jobs = useJobs(outbox, isReady);
  const undo = useUndo({ jobs, say, focusOn: id => setWanted({ id }) });
  const sayOfAction = undo.sayOfAction;
  const actions = useJobActions({
    jobs,
    say: sayOfAction,
    sayUnasked: say,
    noteDrafts,
    onDiscarded: undo.offer,
  });
  useHeaderSize();

  const unreadable = jobs.view?.unreadable ?? [];
  const isEmpty = jobs.all.length + unreadable.length + (drafts?.length ?? 0) === 0;
  const hasMore = unreadable.length + (drafts?.length ?? 0) > 0;
  return (
    <div class="page">
      <PageHeader
        title={text('activityTitle')}
        said={undo.withOffer(said)}
        say={say}
        statusAction={
          undo.isOffered && (
            <Button shortcut="Control+Z" onPress={undo.undo}>
              {text('activityUndo')}
            </Button>
          )
        }
      >
        <Button icon="settings" variant="quiet" onPress={() => void openSettings()}>
          {text('openSettings')}
        </Button>
      </PageHeader>
      <main>
        {jobs.view === null && jobs.failure && (
          <UnopenedList failure={jobs.failure} say={say} readAgain={jobs.readAgain} />
        )}
        {isReady && isEmpty && <p class="empty">{text('activityEmpty')}</p>}
        {isReady && drafts.length > 0 && (
          <DraftsSection drafts={drafts} say={sayOfAction} readDrafts={readDrafts} noteDrafts={noteDrafts} />
        )}
        {isReady && unreadable.length > 0 && (
          <UnreadableSection records={unreadable} say={sayOfAction} readAgain={jobs.readAgain} />
        )}
        {isReady && !isEmpty && (
          <JobsSection
            jobs={jobs}
            blobIds={blobIds}
            actions={actions}
            hasHeading={hasMore}
            wanted={wanted}
            say={sayOfAction}
            onErased={() => Promise.all([jobs.readAgain(), readDrafts()])}
          />
        )}
      </main>
    </div>
  );
}
