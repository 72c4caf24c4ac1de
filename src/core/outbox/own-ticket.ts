import type { DraftProblem } from '../failure.ts';
import type { Job, JobStateName } from './job.ts';

/** How long after its delivery a ticket of ours may still be invisible to replies. */
const freshMs = 600_000;

/** The ticket of this outbox that `reply` answers by its `source_specific_id`; null when there is none. */
export function ownTicket(reply: Job, jobs: readonly Job[]): Job | null {
  const { request } = reply;
  if (request.kind !== 'reply' || request.target.parameter !== 'source_specific_id') return null;
  const { value } = request.target;
  return jobs.find(job => job.id === value && job.request.kind === 'ticket') ?? null;
}

/** True when `reply` answers a ticket that this outbox delivered less than ten minutes ago; `now` is epoch ms. */
export function isOwnFreshTicket(reply: Job, jobs: readonly Job[], now: number): boolean {
  const state = ownTicket(reply, jobs)?.state;
  return state?.name === 'sent' && Math.abs(now - state.at) < freshMs;
}

/** Replies in these states have not left, or were refused; one that may have been sent waits for nothing any more. */
const hasNotLeft: readonly JobStateName[] = ['queued', 'waiting', 'paused', 'attention'];

/** The replies of this outbox that wait for `ticket`, as the only one that they can be for. */
export function repliesWaitingFor(ticket: Job, jobs: readonly Job[]): Job[] {
  return jobs.filter(job => hasNotLeft.includes(job.state.name) && ownTicket(job, [ticket]) !== null);
}

/** Why nothing can be delivered to a ticket of this profile: it was taken out of the outbox before it was sent. */
export type TicketGone = Extract<DraftProblem, 'target-discarded' | 'target-is-draft'>;

export function isTicketGone(problem: DraftProblem): problem is TicketGone {
  return problem === 'target-discarded' || problem === 'target-is-draft';
}
