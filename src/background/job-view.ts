import type { JobView } from '../contract/views.ts';
import type { PageDetailName } from '../core/draft.ts';
import { titleLimitCharacters } from '../core/draft-request.ts';
import { filesOfRequest, type Job, type TicketRequest } from '../core/outbox/job.ts';
import { waits } from '../core/outbox/plan.ts';
import type { Wait } from '../core/outbox/wait.ts';
import { clip } from '../core/text.ts';
import { outboxStore as store } from '../platform/privileged/outbox-store.ts';

/** As much of a text as a search goes through. */
const excerptLimitCharacters = 400;
const pageTitleLimitCharacters = 120;

/** The job with what it waits for, as a page shows it. */
export async function viewOf(job: Job): Promise<JobView> {
  return jobView(job, await waitsOf([job]));
}

/** The same for many, with one look at the outbox. */
export async function viewsOf(jobs: readonly Job[]): Promise<JobView[]> {
  const waiting = await waitsOf(jobs);
  return jobs.map(job => jobView(job, waiting));
}

/** What each of them waits for. The outbox is read only when one goes by itself: most of a history is at rest. */
async function waitsOf(jobs: readonly Job[]): Promise<ReadonlyMap<string, Wait>> {
  if (!jobs.some(goesByItself)) return new Map();
  const pending = await store.pendingJobs();
  return waits(pending.jobs, await store.readPace(), Date.now());
}

function goesByItself({ state }: Job): boolean {
  return state.name === 'queued' || state.name === 'waiting';
}

function pageTitleOf({ additionalProperties }: TicketRequest): string {
  const detail: PageDetailName = 'page_title';
  return String(additionalProperties[detail] ?? '');
}

export function jobView(job: Job, waiting: ReadonlyMap<string, Wait>): JobView {
  const { id, draftId, order, pageUrl, createdAt, attempts, mayHoldEarlierText, state, request } = job;
  const wait = waiting.get(id) ?? null;
  const known = { id, draftId, order, pageUrl, createdAt, attempts, mayHoldEarlierText, state, wait };
  const files = filesOfRequest(request).map(({ blobId, name, type }) => ({ blobId, name, type }));
  if (request.kind === 'reply') {
    const { content, target } = request;
    const title = clip(content, titleLimitCharacters);
    const excerpt = clip(content, excerptLimitCharacters);
    return {
      ...known,
      kind: 'reply',
      title,
      excerpt,
      customer: '',
      company: '',
      target: target.value,
      pageTitle: '',
      files,
    };
  }
  const { title, query, customer, company } = request;
  return {
    ...known,
    kind: 'ticket',
    title,
    excerpt: clip(query, excerptLimitCharacters),
    customer: customer === null ? '' : [customer.name, customer.email].filter(Boolean).join(' '),
    company: company === null ? '' : company.name || company.value,
    target: '',
    pageTitle: clip(pageTitleOf(request), pageTitleLimitCharacters),
    files,
  };
}
