import type { Failure } from '../failure.ts';
import { backoffMs, postponeMs } from './backoff.ts';
import type { Outcome } from './classify.ts';
import type { Job, JobStateName } from './job.ts';

/** What can happen to a job. */
export type JobEvent =
  /** The run `runId` of the outbox is about to send it; stored before the fetch. */
  | { name: 'start'; runId: string }
  | { name: 'settle'; outcome: Outcome }
  /** The run `liveRunId` looked at it: in `sending` by another run, its answer will never come. */
  | { name: 'run-lost'; liveRunId: string }
  /** The person pressed "Send now" or "Send again". */
  | { name: 'send-now' }
  /** Nothing can be sent for now, by no job. */
  | { name: 'queue-paused'; failure: Failure }
  /** What held up the queue is over. */
  | { name: 'queue-resumed' };

/** In which states an event means something. `sent` is in none of them: it is terminal. */
const happensIn: Readonly<Record<JobEvent['name'], readonly JobStateName[]>> = {
  start: ['queued', 'waiting'],
  settle: ['sending'],
  'run-lost': ['sending'],
  'send-now': ['waiting', 'paused', 'attention', 'unknown'],
  'queue-paused': ['queued', 'waiting'],
  'queue-resumed': ['paused'],
};

function wait(
  job: Job,
  failure: Failure,
  retryAfterMs: number | null,
  now: number,
  random: () => number,
): Job {
  const failuresInRow = job.failuresInRow + 1;
  const delayMs = backoffMs({ kind: job.request.kind, failuresInRow, retryAfterMs }, random);
  return { ...job, failuresInRow, state: { name: 'waiting', until: now + delayMs, failure } };
}

function settle(job: Job, outcome: Outcome, now: number, random: () => number): Job {
  switch (outcome.verdict) {
    case 'sent': {
      const { ticketNumber, historyId } = outcome;
      return { ...job, failuresInRow: 0, state: { name: 'sent', at: now, ticketNumber, historyId } };
    }
    case 'retry':
      return wait(job, outcome.failure, outcome.retryAfterMs, now, random);
    case 'postpone': {
      const attempts = Math.max(0, job.attempts - 1);
      return {
        ...job,
        attempts,
        state: { name: 'waiting', until: now + postponeMs, failure: outcome.failure },
      };
    }
    case 'pause-queue':
      return { ...job, failuresInRow: 0, state: { name: 'paused', failure: outcome.failure } };
    case 'attention':
      return { ...job, failuresInRow: 0, state: { name: 'attention', failure: outcome.failure } };
    case 'unknown':
      // Only a reply parks there; a ticket is safe to repeat under its id.
      if (job.request.kind === 'ticket') return wait(job, outcome.failure, null, now, random);
      return { ...job, failuresInRow: 0, state: { name: 'unknown', failure: outcome.failure } };
  }
}

/**
 * The job after the event: the only way to change a job's state. `now` is epoch ms, `random` gives
 * numbers in [0, 1). An event that means nothing in the job's state gives back the same object, so late
 * and repeated events are harmless and `next === job` says that there is nothing to store.
 */
export function transition(job: Job, event: JobEvent, now: number, random: () => number): Job {
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
      return settle(job, event.outcome, now, random);
    case 'run-lost':
      if (state.name === 'sending' && state.runId === event.liveRunId) return job;
      // It counts as a failure in a row, so a job that kills its worker each time backs off.
      return settle(job, { verdict: 'unknown', failure: { kind: 'interrupted' } }, now, random);
    case 'queue-resumed':
    case 'send-now':
      // failuresInRow stays: if the server is still down, the next wait is as long as the last one.
      return { ...job, state: { name: 'queued' } };
    case 'queue-paused':
      return { ...job, state: { name: 'paused', failure: event.failure } };
  }
}
