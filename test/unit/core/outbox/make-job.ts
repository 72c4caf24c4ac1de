import type { Job, JobState } from '../../../../src/core/outbox/job.ts';

type Changes = Partial<Omit<Job, 'request' | 'state'>> & { state?: JobState };

const queued: JobState = { name: 'queued', since: 1_000, isUrgent: false };

function job(changes: Changes): Omit<Job, 'request'> {
  return {
    version: 3,
    id: 'cap_1',
    draftId: 'draft-1',
    draftRevision: 1,
    createdAt: 1_000,
    order: 1,
    attempts: 0,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived: false,
    mayHoldEarlierText: false,
    pageUrl: null,
    passages: [],
    keepsFiles: false,
    ...changes,
    state: changes.state ?? queued,
  };
}

export function makeTicket(changes: Changes = {}): Job {
  return {
    ...job(changes),
    request: {
      kind: 'ticket',
      title: 'Title',
      query: 'Text',
      customer: null,
      company: null,
      additionalProperties: {},
      originalTimestamp: '2026-01-02T03:04:05Z',
      images: [],
      imageUrls: [],
    },
  };
}

/** A ticket of the customer with this e-mail address. */
export function makeTicketOf(email: string, changes: Changes = {}): Job {
  const ticket = makeTicket(changes);
  if (ticket.request.kind !== 'ticket') throw new Error('not a ticket');
  return { ...ticket, request: { ...ticket.request, customer: { email, name: '' } } };
}

/** The same job with one picture. */
export function withFiles(job: Job): Job {
  const files = [{ blobId: 'b', name: 'a.png', type: 'image/png' }];
  const { request } = job;
  if (request.kind === 'ticket') return { ...job, request: { ...request, images: files } };
  return { ...job, request: { ...request, files } };
}

/** A reply to the ticket whose `source_specific_id` is `target`. */
export function makeReply(target: string, changes: Changes = {}): Job {
  return {
    ...job(changes),
    request: {
      kind: 'reply',
      target: { parameter: 'source_specific_id', value: target },
      content: 'Text',
      agent: { email: 'agent@example.com', name: 'Agent' },
      originalTimestamp: '2026-01-02T03:04:05Z',
      files: [],
      imageUrls: [],
    },
  };
}

export const states = {
  queued,
  sending: { name: 'sending', since: 500, runId: 'run-a' },
  waiting: { name: 'waiting', until: 5_000, failure: { kind: 'unreachable' } },
  paused: { name: 'paused', failure: { kind: 'key-refused', status: 401, detail: 'Invalid API key' } },
  attention: { name: 'attention', failure: { kind: 'rejected', status: 400, detail: 'missing title' } },
  unknown: { name: 'unknown', failure: { kind: 'timed-out' } },
  sent: { name: 'sent', at: 900, ticketNumber: 'ASM-1', historyId: null },
} as const satisfies Record<string, JobState>;
