import { useEffect, useRef } from 'preact/hooks';
import type { JobView } from '../contract/messages.ts';
import { isUntouched } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { announceChange } from '../platform/changes.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import type { Say } from '../ui/components/status-line.tsx';
import { failureText } from '../ui/failure-text.ts';
import { outcomeText } from './job-texts.ts';

export interface JobActions {
  sendNow(job: JobView): void;
  edit(job: JobView): void;
  copyNumber(ticketNumber: string): void;
  reply(job: JobView): void;
  discard(job: JobView): void;
}

/** What the buttons of an item do; the status line says what came of it. */
export function useJobActions(say: Say, jobs: JobView[], readAgain: () => Promise<unknown>): JobActions {
  const followed = useRef(new Set<string>());
  const fail = (failure: Failure) => say(failureText(failure), 'alarm');

  useEffect(() => {
    for (const job of jobs) {
      if (isAboutToGo(job)) continue;
      if (followed.current.delete(job.id)) {
        const isAsWanted = job.state.name === 'sent' || job.state.name === 'queued';
        say(outcomeText(job), isAsWanted ? 'notice' : 'alarm');
      }
    }
  }, [jobs]);

  async function sendNow(job: JobView) {
    say(text('statusSending'));
    const sent = await send('job.sendNow', { jobId: job.id });
    if (!sent.ok) return fail(sent.failure);
    followed.current.add(job.id);
    await readAgain();
    // Held open until the outbox rests, so that the worker lives while this page does.
    await send('outbox.run', {});
  }

  async function edit(job: JobView) {
    const edited = await send('job.edit', { jobId: job.id });
    await readAgain();
    if (edited.ok) say(text('activityEditOpened'));
    else fail(edited.failure);
  }

  async function copyNumber(ticketNumber: string) {
    await navigator.clipboard.writeText(ticketNumber);
    say(text('activityCopied', ticketNumber));
  }

  /** Turns the current draft into a reply, if nothing stands in it that would be missed. */
  async function reply(job: JobView) {
    if (job.state.name !== 'sent') return;
    const view = await send('draft.read', { windowId: null });
    if (!view.ok) return fail(view.failure);
    const { draft } = view.value;
    if (!isUntouched(draft)) return fail({ kind: 'draft-in-use' });
    const edited = await send('draft.edit', {
      draftId: draft.id,
      edits: { kind: 'reply', replyTarget: job.state.ticketNumber ?? job.id },
      baseBody: draft.body,
    });
    if (!edited.ok) return fail(edited.failure);
    announceChange({ about: 'draft' });
    say(text('activityReplyOpened'));
  }

  async function discard(job: JobView) {
    const discarded = await send('job.discard', { jobId: job.id });
    await readAgain();
    if (discarded.ok) say(text('activityDiscarded', job.title));
    else fail(discarded.failure);
  }

  return {
    sendNow: job => void sendNow(job),
    edit: job => void edit(job),
    copyNumber: ticketNumber => void copyNumber(ticketNumber),
    reply: job => void reply(job),
    discard: job => void discard(job),
  };
}

/** Whether it is sent now or in a moment, so that what comes of it is worth waiting for. */
function isAboutToGo({ state, wait }: JobView): boolean {
  if (state.name !== 'queued') return state.name === 'sending';
  return wait === null || wait.reason === 'none' || wait.reason === 'slot';
}
