import { useState } from 'preact/hooks';
import type { JobView } from '../contract/messages.ts';
import type { JobStateName } from '../core/outbox/job.ts';
import { mayTakeLong } from '../core/outbox/plan.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { NextTry } from '../ui/components/next-try.tsx';
import { instantText } from '../ui/instant-text.ts';
import { reasonOf, shownState, stateWord } from './job-texts.ts';
import type { JobActions } from './use-job-actions.ts';

const canBeSentNow: readonly JobStateName[] = ['waiting', 'paused', 'attention', 'unknown'];
const canBeEdited: readonly JobStateName[] = ['waiting', 'paused', 'attention'];

interface JobItemProps {
  job: JobView;
  /** Epoch ms. */
  now: number;
  actions: JobActions;
}

/** One item with what can be done with it. Each button is named with the item, for whoever hears it alone. */
export function JobItem({ job, now, actions }: JobItemProps) {
  const [isAsking, setAsking] = useState(false);
  const { state, title, createdAt } = job;
  const ticketNumber = state.name === 'sent' ? state.ticketNumber : null;
  const { words, nextTryAt } = reasonOf(job);
  const isHeldBack = state.name === 'queued' && mayTakeLong(job.wait);

  const button = (key: TextKey, onPress: () => void, variant?: 'quiet') => (
    <Button label={text('actionOfItem', text(key), title)} variant={variant} onPress={onPress}>
      {text(key)}
    </Button>
  );

  return (
    <li class="job">
      <div class="job-title">
        <p>
          {ticketNumber !== null && <span class="job-number">{ticketNumber}</span>} {title}
        </p>
        <span class={`state state-${shownState(state)}`}>{stateWord(state)}</span>
      </div>
      <p class="job-facts hint">
        <span>{text(job.kind === 'ticket' ? 'activityKindTicket' : 'activityKindReply')}</span>
        <time dateTime={new Date(createdAt).toISOString()}>{instantText(createdAt)}</time>
        {job.pageUrl && <PageAddress url={job.pageUrl} />}
      </p>
      {(words !== '' || nextTryAt !== null) && (
        <p class="job-reason">
          {words}
          <NextTry at={nextTryAt} now={now} />
        </p>
      )}
      <div class="row">
        {(canBeSentNow.includes(state.name) || isHeldBack) &&
          button('actionSendNow', () => actions.sendNow(job))}
        {(canBeEdited.includes(state.name) || isHeldBack) && button('actionEdit', () => actions.edit(job))}
        {ticketNumber !== null && button('copyNumber', () => actions.copyNumber(ticketNumber))}
        {state.name === 'sent' && job.kind === 'ticket' && button('actionReply', () => actions.reply(job))}
        {state.name !== 'sending' && button('actionDiscard', () => setAsking(true), 'quiet')}
      </div>
      {isAsking && (
        <ConfirmDialog
          question={text(state.name === 'sent' ? 'activityDiscardSent' : 'activityDiscardUnsent', title)}
          action={text('actionDiscard')}
          onConfirm={() => actions.discard(job)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

/** Where it was captured; a link when it is a page of the web. */
function PageAddress({ url }: { url: string }) {
  const shown = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  if (shown === url) return <span class="job-page">{shown}</span>;
  return (
    <a class="job-page" href={url} target="_blank" rel="noreferrer">
      {shown}
    </a>
  );
}
