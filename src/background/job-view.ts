import type { JobView } from '../contract/messages.ts';
import { titleLimitCharacters } from '../core/draft-request.ts';
import type { Job } from '../core/outbox/job.ts';
import { type Wait, waits } from '../core/outbox/plan.ts';
import { clip } from '../core/text.ts';
import { outboxStore as store } from '../platform/privileged/outbox-store.ts';

/** The job with what it waits for, as a page shows it. */
export async function viewOf(job: Job): Promise<JobView> {
  if (job.state.name !== 'queued' && job.state.name !== 'waiting') return jobView(job, new Map());
  const { jobs } = await store.pendingJobs();
  return jobView(job, waits(jobs, await store.readPace(), Date.now()));
}

export function jobView(job: Job, waiting: ReadonlyMap<string, Wait>): JobView {
  const { id, draftId, pageUrl, createdAt, attempts, mayHoldEarlierText, state, request } = job;
  const { kind } = request;
  const title = request.kind === 'ticket' ? request.title : clip(request.content, titleLimitCharacters);
  const wait = waiting.get(id) ?? null;
  return { id, draftId, kind, title, pageUrl, createdAt, attempts, mayHoldEarlierText, state, wait };
}
