import type { JobView } from '../../src/contract/views.ts';

/** A ticket in the outbox as a page sees it, with some of it changed. */
export function makeJobView(changes: Partial<JobView> = {}): JobView {
  return {
    id: `cap_${'0'.repeat(32)}`,
    draftId: '0'.repeat(32),
    kind: 'ticket',
    order: 1,
    title: 'Export stops',
    excerpt: 'The export stops at 90 %.',
    customer: '',
    company: '',
    target: '',
    files: [],
    pageUrl: 'https://forum.example.com/t/42',
    pageTitle: '',
    createdAt: Date.UTC(2024, 5, 10, 18, 34),
    attempts: 0,
    mayHoldEarlierText: false,
    state: { name: 'queued', since: 0, isUrgent: false },
    wait: null,
    ...changes,
  };
}
