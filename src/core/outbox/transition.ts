import type { Failure } from '../failure.ts';
import { backoffMs, longestBackoffMs, postponeMs } from './backoff.ts';
import type { Outcome } from './classify.ts';
import type { Job, JobStateName } from './job.ts';
import { isTicketGone, type TicketGone } from './own-ticket.ts';

/** What can happen to a job. `jitter` is in [0, 1). */
export type JobEvent =
  /** The run `runId` of the outbox is about to send it; stored before the fetch. */
  | { name: 'start'; runId: string }
  /** What came of the try that the run `runId` started; of any other try it means nothing. */
  | { name: 'settle'; runId: string; outcome: Outcome; jitter: number }
  /**
   * The run `liveRunId` looked at it: in `sending` by another run, its answer will never come. `browserEnded` says that
   * the whole browser was started anew since, or the extension updated.
   */
  | { name: 'run-lost'; liveRunId: string; browserEnded: boolean; jitter: number }
  /** The ticket of this outbox that it replies to was taken out before it was sent: Assembly could only refuse it. */
  | { name: 'ticket-gone'; problem: TicketGone }
  /** That ticket is in the outbox again. */
  | { name: 'ticket-back' }
  /** The person pressed "Send now" or "Send again". */
  | { name: 'send-now' }
  /** Assembly may be within reach again: no wait that was for that reason is sat out. */
  | { name: 'network-back' }
  /** The clock may have been set: a wait that is longer than any we give is over. */
  | { name: 'clock-set' }
  /** Nothing can be sent for now, by no job. */
  | { name: 'queue-paused'; failure: Failure }
  /** What held up the queue is over. */
  | { name: 'queue-resumed' };

/** In which states an event means something. `sent` is in none of them: it is terminal. */
const happensIn: Readonly<Record<JobEvent['name'], readonly JobStateName[]>> = {
  start: ['queued', 'waiting'],
  settle: ['sending'],
  'run-lost': ['sending'],
  'ticket-gone': ['queued', 'waiting'],
  'ticket-back': ['attention'],
  'send-now': ['queued', 'waiting', 'paused', 'attention', 'unknown'],
  'network-back': ['waiting'],
  'clock-set': ['waiting'],
  'queue-paused': ['queued', 'waiting'],
  'queue-resumed': ['paused'],
};

/** A 403 may be a proxy's, for the words of this job alone: then others come first when the queue goes on. */
function isOfItsWords(failure: Failure): boolean {
  return failure.kind === 'key-refused' && failure.status === 403;
}

function isForItsTicket(failure: Failure): boolean {
  return failure.kind === 'draft-incomplete' && failure.problems.some(isTicketGone);
}

const isAboutTheNetwork: Partial<Record<Failure['kind'], true>> = { offline: true, unreachable: true };

/**
 * A job in whose tries the worker died so often may be what kills it: it is not tried again unasked. Deaths with the
 * whole browser do not count, for people close it whenever they like.
 */
const deathLimit = 3;

/** A failed try. `settled` is the job with what the failure says of it. */
function wait(settled: Job, failure: Failure, retryAfterMs: number | null, now: number, jitter: number): Job {
  const failuresInRow = settled.failuresInRow + 1;
  const until = now + backoffMs(failuresInRow, retryAfterMs, jitter);
  return { ...settled, failuresInRow, state: { name: 'waiting', until, failure } };
}

function settle(job: Job, outcome: Outcome, now: number, jitter: number): Job {
  const answered: Job = { ...job, failuresInRow: 0, deathsInRow: 0 };
  switch (outcome.verdict) {
    case 'sent': {
      const { ticketNumber, historyId } = outcome;
      return { ...answered, state: { name: 'sent', at: now, ticketNumber, historyId } };
    }
    case 'retry': {
      const { failure, retryAfterMs, mayHaveArrived } = outcome;
      const failed = { ...job, deathsInRow: 0, mayHaveArrived: job.mayHaveArrived || mayHaveArrived };
      return wait(failed, failure, retryAfterMs, now, jitter);
    }
    case 'postpone': {
      const attempts = Math.max(0, job.attempts - 1);
      const until = now + postponeMs;
      return {
        ...job,
        deathsInRow: 0,
        attempts,
        state: { name: 'waiting', until, failure: outcome.failure },
      };
    }
    case 'pause-queue':
      return {
        ...answered,
        failuresInRow: isOfItsWords(outcome.failure) ? job.failuresInRow + 1 : 0,
        state: { name: 'paused', failure: outcome.failure },
      };
    case 'attention':
      return { ...answered, state: { name: 'attention', failure: outcome.failure } };
    case 'unknown':
      // Only a reply parks there; a ticket is safe to repeat under its id.
      if (job.request.kind === 'ticket') {
        return wait({ ...job, deathsInRow: 0, mayHaveArrived: true }, outcome.failure, null, now, jitter);
      }
      return { ...answered, mayHaveArrived: true, state: { name: 'unknown', failure: outcome.failure } };
  }
}

/** The worker died in a try, so nobody knows how far it got. */
function interrupted(job: Job, browserEnded: boolean, now: number, jitter: number): Job {
  const deathsInRow = browserEnded ? job.deathsInRow : job.deathsInRow + 1;
  const lost: Job = { ...job, mayHaveArrived: true, deathsInRow };
  const failure: Failure = { kind: 'interrupted' };
  if (job.request.kind === 'reply') return { ...lost, failuresInRow: 0, state: { name: 'unknown', failure } };
  if (lost.deathsInRow >= deathLimit) {
    return { ...lost, deathsInRow: 0, state: { name: 'attention', failure: { kind: 'interrupted-often' } } };
  }
  return wait(lost, failure, null, now, jitter);
}

/**
 * The job after the event: the only way to change a job's state. `now` is epoch ms. An event that means nothing in
 * the job's state gives back the same object, so late and repeated events are harmless and `next === job` says
 * that there is nothing to store.
 */
export function transition(job: Job, event: JobEvent, now: number): Job {
  const { state } = job;
  if (!happensIn[event.name].includes(state.name)) return job;
  switch (event.name) {
    case 'start':
      return {
        ...job,
        attempts: job.attempts + 1,
        state: { name: 'sending', since: now, runId: event.runId },
      };
    case 'settle':
      if (state.name === 'sending' && state.runId !== event.runId) return job;
      return settle(job, event.outcome, now, event.jitter);
    case 'run-lost':
      if (state.name === 'sending' && state.runId === event.liveRunId) return job;
      return interrupted(job, event.browserEnded, now, event.jitter);
    case 'ticket-gone':
      return {
        ...job,
        state: { name: 'attention', failure: { kind: 'draft-incomplete', problems: [event.problem] } },
      };
    case 'ticket-back':
      if (state.name !== 'attention' || !isForItsTicket(state.failure)) return job;
      return { ...job, state: { name: 'queued', since: now, isUrgent: false } };
    case 'send-now':
      // failuresInRow stays: if the server is still down, the next wait is as long as the last one.
      return { ...job, state: { name: 'queued', since: now, isUrgent: true } };
    case 'network-back':
      if (state.name !== 'waiting' || !isAboutTheNetwork[state.failure.kind]) return job;
      return { ...job, state: { ...state, until: now } };
    case 'clock-set':
      if (state.name !== 'waiting' || state.until <= now + longestBackoffMs) return job;
      return { ...job, state: { ...state, until: now } };
    case 'queue-resumed':
      return { ...job, state: { name: 'queued', since: now, isUrgent: false } };
    case 'queue-paused':
      return { ...job, state: { name: 'paused', failure: event.failure } };
  }
}
