import { useId } from 'preact/hooks';
import type { JobView } from '../contract/views.ts';
import type { JobStateName } from '../core/outbox/job.ts';
import { mayTakeLong } from '../core/outbox/wait.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { NextTry } from '../ui/components/next-try.tsx';
import { PageAddress } from '../ui/components/page-address.tsx';
import { JobFiles } from './job-files.tsx';
import { jobName, kindWord, reasonOf, shownState, stateWord } from './job-texts.ts';
import type { JobActions } from './use-job-actions.ts';

const canBeSentNow: readonly JobStateName[] = ['waiting', 'paused', 'attention', 'unknown'];
const canBeEdited: readonly JobStateName[] = ['waiting', 'paused', 'attention'];

interface JobItemProps {
  /** For the element, whose height is measured, and its place among the rows. */
  row: (element: HTMLElement | null) => void;
  index: number;
  /** The room above it that rows would take which are not drawn. */
  gapPx: number;
  /** Its place in its list, from 1, and how many are there: most of them are not drawn. */
  place: { position: number; size: number };
  isTabStop: boolean;
  job: JobView;
  /** Epoch ms. */
  now: number;
  /** Ids of the pictures and files that are stored. */
  blobIds: ReadonlySet<string>;
  /** The ticket that a reply is for, as a person knows it. */
  ticketName: string;
  actions: JobActions;
}

/** One item with what can be done with it. Each button is named with the item, for whoever hears it alone. */
export function JobItem(props: JobItemProps) {
  const { row, index, gapPx, place, isTabStop, job, now, blobIds, ticketName, actions } = props;
  const id = useId();
  const { words, nextTryAt } = reasonOf(job);
  return (
    <li
      ref={row}
      class="job"
      style={gapPx > 0 ? { marginBlockStart: `${gapPx}px` } : undefined}
      data-index={index}
      data-id={job.id}
      tabIndex={isTabStop ? 0 : -1}
      aria-labelledby={`${id}-title ${id}-state`}
      aria-posinset={place.position}
      aria-setsize={place.size}
    >
      <div class="job-title">
        <p id={`${id}-title`}>
          <JobTitle job={job} />
        </p>
        <span id={`${id}-state`} class={`state state-${shownState(job.state)}`}>
          {stateWord(job.state)}
        </span>
      </div>
      <JobFacts job={job} ticketName={ticketName} />
      {(words !== '' || nextTryAt !== null) && (
        <p class="job-reason">
          {words}
          <NextTry at={nextTryAt} now={now} />
        </p>
      )}
      <JobFiles files={job.files} blobIds={blobIds} />
      <JobButtons job={job} actions={actions} />
    </li>
  );
}

function JobTitle({ job: { state, title } }: { job: JobView }) {
  const ticketNumber = state.name === 'sent' ? state.ticketNumber : null;
  return (
    <>
      {ticketNumber !== null && <span class="job-number">{ticketNumber}</span>}{' '}
      {title || <span class="job-removed">{text('activityTextRemoved')}</span>}
    </>
  );
}

/** What it is, when and from where, and whom it is about. */
function JobFacts({ job, ticketName }: Pick<JobItemProps, 'job' | 'ticketName'>) {
  const { kind, createdAt, pageUrl, customer, company } = job;
  const instant = new Date(createdAt);
  return (
    <p class="job-facts hint">
      <span>{ticketName === '' ? kindWord(kind) : text('activityReplyTo', ticketName)}</span>
      <time
        dateTime={instant.toISOString()}
        title={instant.toLocaleString([], { dateStyle: 'full', timeStyle: 'medium' })}
      >
        {instant.toLocaleTimeString([], { timeStyle: 'short' })}
      </time>
      {customer !== '' && <span>{customer}</span>}
      {company !== '' && <span>{company}</span>}
      {pageUrl && <PageAddress url={pageUrl} />}
    </p>
  );
}

function JobButtons({ job, actions }: Pick<JobItemProps, 'job' | 'actions'>) {
  const { state, kind, wait } = job;
  const ticketNumber = state.name === 'sent' ? state.ticketNumber : null;
  const isHeldBack = state.name === 'queued' && mayTakeLong(wait);
  const button = (key: TextKey, onPress: () => void, variant?: 'quiet') => (
    <Button label={text('actionOfItem', text(key), jobName(job))} variant={variant} onPress={onPress}>
      {text(key)}
    </Button>
  );
  return (
    <div class="row">
      {(canBeSentNow.includes(state.name) || isHeldBack) &&
        button('actionSendNow', () => actions.sendNow(job))}
      {(canBeEdited.includes(state.name) || isHeldBack) && button('actionEdit', () => actions.edit(job))}
      {ticketNumber !== null && button('copyNumber', () => actions.copyNumber(ticketNumber))}
      {state.name === 'sent' && kind === 'ticket' && button('actionReply', () => actions.reply(job))}
      {state.name !== 'sending' && button('actionDiscard', () => actions.discard(job), 'quiet')}
    </div>
  );
}
