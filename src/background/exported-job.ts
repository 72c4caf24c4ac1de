import type { ExportedJob } from '../contract/views.ts';
import { filesOfRequest, type Job } from '../core/outbox/job.ts';

/** All that is kept of an item, for a file of the person's own. Instants are ISO 8601 in UTC. */
export function exportedJob({ id, createdAt, attempts, pageUrl, state, request }: Job): ExportedJob {
  const sent = state.name === 'sent' ? state : null;
  const known = {
    kind: request.kind,
    source_specific_id: id,
    ticket_number: sent?.ticketNumber ?? null,
    history_id: sent?.historyId ?? null,
    state: state.name,
    created_at: isoInstant(createdAt),
    sent_at: sent && isoInstant(sent.at),
    tries: attempts,
    page_url: pageUrl ?? '',
    files: [...filesOfRequest(request).map(({ name }) => name), ...request.imageUrls],
  };
  if (request.kind === 'reply') {
    return {
      ...known,
      title: '',
      text: request.content,
      reply_to: request.target.value,
      customer_email: '',
      customer_name: '',
      company: '',
      properties: {},
    };
  }
  const { title, query, customer, company, additionalProperties } = request;
  return {
    ...known,
    title,
    text: query,
    reply_to: '',
    customer_email: customer?.email ?? '',
    customer_name: customer?.name ?? '',
    company: company === null ? '' : company.name || company.value,
    properties: additionalProperties,
  };
}

/** A clock may have been anything; what no calendar has is left out. */
function isoInstant(instantMs: number): string {
  const instant = new Date(instantMs);
  return Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
}
