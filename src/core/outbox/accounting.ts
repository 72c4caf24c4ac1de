import type { Job, JobStateName } from './job.ts';

/** How many jobs are in each state. The counts add up to the number of jobs: nothing drops out unseen. */
export function accounting(jobs: readonly Job[]): Record<JobStateName, number> {
  const counts = { queued: 0, sending: 0, waiting: 0, paused: 0, attention: 0, unknown: 0, sent: 0 };
  for (const { state } of jobs) counts[state.name] += 1;
  return counts;
}
