import type { DiscardedView, JobView } from '../contract/views.ts';
import { isUntouched } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { announceChange } from '../platform/changes.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { editedText } from './edited-text.ts';
import { useAlone } from './use-alone.ts';
import type { NoteDrafts } from './use-drafts.ts';
import type { Jobs } from './use-jobs.ts';
import { useOutcomes } from './use-outcomes.ts';

export interface JobActions {
  sendNow(job: JobView): void;
  edit(job: JobView): void;
  copyNumber(ticketNumber: string): void;
  reply(job: JobView): void;
  discard(job: JobView): void;
}

interface JobActionsOptions {
  jobs: Jobs;
  /** Says what came of what the person did. */
  say: Say;
  /** Says what came without the person. */
  sayUnasked: Say;
  noteDrafts: NoteDrafts;
  onDiscarded: (job: JobView, discarded: DiscardedView) => void;
}

/** What the buttons of an item do; the status line says what came of it. */
export function useJobActions(options: JobActionsOptions): JobActions {
  const { jobs, say, sayUnasked, noteDrafts, onDiscarded } = options;
  const alone = useAlone();
  const follow = useOutcomes(jobs.all, sayUnasked);
  const fail = (failure: Failure) => say(failureText(failure), 'alarm');
  const failOn = (job: JobView, failure: Failure) => {
    if (failure.kind === 'not-found') jobs.learn(job.id, null);
    fail(failure);
  };

  async function sendNow(job: JobView) {
    say(text('statusSending'));
    const sent = await send('job.sendNow', { jobId: job.id });
    if (!sent.ok) return failOn(job, sent.failure);
    // A list that was asked for before the press still shows what the item needed then.
    await jobs.readAgain();
    follow(job.id);
    // Held open until the outbox rests, so that the worker lives while this page does.
    void send('outbox.run', {});
  }

  async function edit(job: JobView) {
    const wasPutAside = noteDrafts();
    const edited = await send('job.edit', { jobId: job.id });
    if (edited.ok) jobs.learn(job.id, null);
    await jobs.readAgain();
    if (!edited.ok) return failOn(job, edited.failure);
    await sayOpened(editedText(edited.value), wasPutAside);
  }

  /** Makes a reply of a draft that holds nothing; the one that does is under Drafts then. */
  async function reply(job: JobView) {
    if (job.state.name !== 'sent') return;
    const wasPutAside = noteDrafts();
    const view = await send('draft.read', { windowId: null });
    if (!view.ok) return fail(view.failure);
    let { draft } = view.value;
    do {
      const started = await send('draft.startOver', { draftId: draft.id });
      if (!started.ok) return fail(started.failure);
      draft = started.value;
      // Another one that has become current meanwhile is not written on: it is put aside as well.
    } while (!isUntouched(draft));
    const edited = await send('draft.edit', {
      draftId: draft.id,
      edits: { kind: 'reply', replyTarget: job.state.ticketNumber ?? job.id },
      baseBody: draft.body,
    });
    if (!edited.ok) return fail(edited.failure);
    announceChange({ about: 'draft' });
    await sayOpened(text('activityReplyOpened'), wasPutAside);
  }

  async function sayOpened(words: string, wasPutAside: () => Promise<boolean>) {
    say((await wasPutAside()) ? `${words} ${text('activityOtherAside')}` : words);
  }

  async function copyNumber(ticketNumber: string) {
    await navigator.clipboard.writeText(ticketNumber);
    say(text('activityCopied', ticketNumber));
  }

  async function discard(job: JobView) {
    const discarded = await send('job.discard', { jobId: job.id });
    if (discarded.ok) jobs.learn(job.id, null);
    await jobs.readAgain();
    if (discarded.ok) onDiscarded(job, discarded.value);
    else failOn(job, discarded.failure);
  }

  return {
    sendNow: job => alone(job.id, () => sendNow(job)),
    edit: job => alone(job.id, () => edit(job)),
    copyNumber: ticketNumber => void copyNumber(ticketNumber),
    reply: job => alone(job.id, () => reply(job)),
    discard: job => alone(job.id, () => discard(job)),
  };
}
