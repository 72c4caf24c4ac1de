import { type Attachment, type Draft, type PageDetails, pageDetailNames } from './draft.ts';
import type { Job, ReplyRequest, TicketRequest } from './outbox/job.ts';

/**
 * A draft of what a job would send, under the id of the job's own draft, which is gone. `fresh` is an empty draft,
 * `attachments` are the job's pictures and files, as far as they are still there. Sent as it is, it makes the
 * same request. What a request does not hold is lost: what was switched off, what was let through or masked (it is
 * asked anew), marks as something that can be changed, and what a template or recipe had filled in as theirs.
 */
export function draftFromRequest(job: Job, fresh: Draft, attachments: Attachment[]): Draft {
  const { draftId, draftRevision, createdAt, passages, request } = job;
  return {
    ...fresh,
    id: draftId,
    ...(request.kind === 'ticket' ? ticketFields(request, job, fresh) : replyFields(request, job)),
    attachments,
    seenSelections: passages,
    createdAt,
    // Sent again it is of the same time, as any draft that was captured.
    capturedAt: Date.parse(request.originalTimestamp),
    // Newer than any copy that a page still shows.
    revision: draftRevision,
  };
}

function replyFields({ content, target }: ReplyRequest, { pageUrl }: Job): Partial<Draft> {
  return {
    kind: 'reply',
    body: content,
    replyTarget: target.value,
    page: pageUrl === null ? {} : { page_url: pageUrl },
  };
}

function ticketFields(
  { title, query, customer, company, additionalProperties }: TicketRequest,
  { pageUrl }: Job,
  fresh: Draft,
): Partial<Draft> {
  const { category = '', extension_version: _, ...others } = additionalProperties;
  const sent: PageDetails = {};
  for (const name of pageDetailNames) if (name in others) sent[name] = String(others[name]);
  const isAddressKept = pageUrl !== null && sent.page_url === undefined;
  const omittedDetails = fresh.omittedDetails.filter(name => sent[name] === undefined && name !== 'page_url');
  return {
    kind: 'ticket',
    title,
    body: query,
    category: String(category),
    customerEmail: customer?.email ?? '',
    customerName: customer?.name ?? '',
    companyText: company === null ? '' : company.name || company.value,
    company,
    page: isAddressKept ? { ...sent, page_url: pageUrl } : sent,
    // The address was not sent: it must not be now.
    omittedDetails: sent.page_url === undefined ? [...omittedDetails, 'page_url'] : omittedDetails,
    properties: Object.entries(others)
      .filter(([name]) => !(name in sent))
      .map(([name, value]) => ({ name, value: String(value), isSent: true })),
  };
}
