import type { PopupView } from '../../src/contract/views.ts';
import type { Draft } from '../../src/core/draft.ts';

/** What the worker tells the popup of a draft with nothing else around it, with some of it changed. */
export function makePopupView(draft: Draft, changes: Partial<Omit<PopupView, 'draft'>> = {}): PopupView {
  return {
    draft,
    job: null,
    notices: [],
    capture: null,
    readSelection: false,
    hasKey: true,
    filed: null,
    draftsAside: 0,
    outbox: { waiting: 0, needsPerson: 0 },
    ...changes,
  };
}
