import type { DraftSummary } from '../contract/views.ts';
import { ticketTitle } from '../core/draft-request.ts';
import type { DraftAside } from '../platform/privileged/drafts-aside.ts';

/** What the list of drafts shows of one. */
export function summaryOf(draft: DraftAside): DraftSummary {
  const { id, kind, page, attachments, putAsideAt } = draft;
  return {
    id,
    kind,
    // Its page is told beside the title, and is none.
    title: ticketTitle({ ...draft, page: {} }, ''),
    pageUrl: page.page_url ?? null,
    attachments: attachments.length,
    putAsideAt,
  };
}
