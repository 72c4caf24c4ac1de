import type { DiscardedView, JobView } from '../contract/views.ts';
import { text } from '../platform/localised-text.ts';
import { jobName } from './job-texts.ts';

/** What was discarded, and what became of the replies that waited for it. */
export function discardedText(job: JobView, { repliesGone, repliesLeft }: DiscardedView): string {
  const name = jobName(job);
  const words =
    repliesGone === 0
      ? text('activityDiscarded', name)
      : repliesGone === 1
        ? text('activityDiscardedWithReply', name)
        : text('activityDiscardedWithReplies', name, repliesGone);
  if (repliesLeft === 0) return words;
  const left = repliesLeft === 1 ? text('activityReplyStays') : text('activityRepliesStay', repliesLeft);
  return `${words}. ${left}`;
}

/** What Undo brought back. */
export function undoneText(job: JobView, { repliesGone }: DiscardedView): string {
  const name = jobName(job);
  if (repliesGone === 0) return text('activityUndone', name);
  return repliesGone === 1
    ? text('activityUndoneWithReply', name)
    : text('activityUndoneWithReplies', name, repliesGone);
}
