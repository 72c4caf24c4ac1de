import { type Attachment, attachmentLimit, type Draft, type PageDetails } from '../core/draft.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { announceChange } from '../platform/changes.ts';
import { addToCurrentDraft, changeDraft } from '../platform/privileged/draft-store.ts';

/**
 * Changes the draft that the person looks at while asking (`shownDraftId`); without it, and when that one is on its
 * way already, the current draft, or the next. `begun` is what `untilErased` gave when the gesture was made: once all is
 * erased it fails with `draft-changed`, for the next draft is to hold nothing of what was before.
 */
export async function addEvidence(
  shownDraftId: string | undefined,
  begun: AbortSignal,
  change: (draft: Draft) => Draft,
): Promise<Result<Draft>> {
  const apply = (draft: Draft) => (begun.aborted ? draft : change(draft));
  const shown = shownDraftId === undefined ? null : await changeDraft(shownDraftId, apply);
  if (begun.aborted) return fail({ kind: 'draft-changed' });
  if (!shown || (!shown.ok && shown.failure.kind === 'draft-changed')) return addToCurrentDraft(apply);
  if (!shown.ok) return shown;
  if (shown.value.withdrewJob) announceChange({ about: 'outbox' });
  return ok(shown.value.draft);
}

interface AddedTo {
  /** See `addEvidence`. */
  shownDraftId?: string | undefined;
  begun: AbortSignal;
  /** What their page brings besides. */
  fill?: (draft: Draft) => Draft;
}

/** Adds all of them, or none and says so when there is no room for all. */
export async function addAttachments(
  attachments: readonly Attachment[],
  details: PageDetails,
  { shownDraftId, begun, fill = draft => draft }: AddedTo,
): Promise<Result<Draft>> {
  let isFull = false;
  const added = await addEvidence(shownDraftId, begun, before => {
    isFull = before.attachments.length + attachments.length > attachmentLimit;
    if (isFull) return before;
    const filled = fill(withEvidence(before, details));
    return { ...filled, attachments: [...filled.attachments, ...attachments] };
  });
  announceChange({ about: 'draft' });
  return isFull ? fail({ kind: 'too-many-attachments', limit: attachmentLimit }) : added;
}

/** Puts others in the place of the draft's attachments; where `change` has none to put there, it fails with `not-found`. */
export async function replaceAttachments(
  draftId: string,
  change: (attachments: readonly Attachment[]) => Attachment[] | null,
): Promise<Result<Draft>> {
  let isGone = false;
  const changed = await changeDraft(draftId, before => {
    const attachments = change(before.attachments);
    isGone = attachments === null;
    return attachments ? { ...before, attachments } : before;
  });
  if (!changed.ok) return changed;
  if (changed.value.withdrewJob) announceChange({ about: 'outbox' });
  announceChange({ about: 'draft' });
  return isGone ? fail({ kind: 'not-found' }) : ok(changed.value.draft);
}

/** The draft is about the page of its first evidence; later pages are named in their quotes. */
export function withEvidence(draft: Draft, details: PageDetails): Draft {
  return {
    ...draft,
    page: draft.capturedAt === null ? { ...draft.page, ...details } : { ...details, ...draft.page },
    capturedAt: draft.capturedAt ?? Date.now(),
  };
}
