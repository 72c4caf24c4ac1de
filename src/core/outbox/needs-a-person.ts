import type { Job } from './job.ts';

/** Whether the job stays where it is until the person does something. */
export function needsAPerson({ state }: Pick<Job, 'state'>): boolean {
  return state.name === 'paused' || state.name === 'attention' || state.name === 'unknown';
}
