import type { DraftSummary } from '../../src/contract/views.ts';

/** A draft that was put aside, with some of it changed. */
export function makeDraftSummary(changes: Partial<DraftSummary> = {}): DraftSummary {
  return {
    id: 'd'.repeat(32),
    kind: 'ticket',
    title: 'Half a thought',
    pageUrl: 'https://forum.example.com/t/42',
    attachments: 0,
    putAsideAt: Date.UTC(2024, 5, 10, 12),
    ...changes,
  };
}
