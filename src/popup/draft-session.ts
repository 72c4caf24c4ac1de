import type { MessageInput } from '../contract/messages.ts';
import type { Draft, DraftEdits } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { mergeText } from '../core/merge-text.ts';
import type { Result } from '../core/result.ts';

type Save = (input: MessageInput<'draft.edit'>) => Promise<Result<Draft>>;

/**
 * The draft as the popup shows it: what is stored, with what was typed since on top. Saves by itself, at every
 * key: Chromium ends a popup without an event in it, so what waits for a timer is lost. A save that fails keeps
 * the typed words and says why.
 */
export interface DraftSession {
  /** Stored draft with unsaved edits. */
  shown(): Draft;
  edit(edits: DraftEdits): void;
  /** Saves what is unsaved, now. True when all of it is stored. */
  flush(): Promise<boolean>;
  /** Takes over the stored draft after somebody else changed it, keeping what is typed and unsaved. */
  adopt(stored: Draft): void;
}

export function createDraftSession(
  initial: Draft,
  save: Save,
  onChange: () => void,
  onFailure: (failure: Failure) => void,
): DraftSession {
  let stored = initial;
  let unsaved: DraftEdits = {};
  let saving: DraftEdits = {};
  let isSaving = false;
  /** The newest copy that came while a save was out: whether it holds the saved words is known with the answer. */
  let cameMeanwhile: Draft | null = null;
  let lastSave: Promise<boolean> = Promise.resolve(true);

  function takeOver(next: Draft, baseBody: string): void {
    if (next.id !== stored.id) {
      unsaved = {};
      saving = {};
    } else {
      // A copy that was read before the last change and arrives after it.
      if (next.revision <= stored.revision) return;
      if (unsaved.body !== undefined) {
        unsaved = { ...unsaved, body: mergeText(baseBody, unsaved.body, next.body) };
      }
    }
    stored = next;
  }

  async function saveOnce(): Promise<boolean> {
    if (Object.keys(unsaved).length === 0) return true;
    saving = unsaved;
    unsaved = {};
    const draftId = stored.id;
    isSaving = true;
    const result = await save({ draftId, edits: saving, baseBody: stored.body });
    isSaving = false;
    const other = cameMeanwhile;
    cameMeanwhile = null;
    // Another draft is shown by now: what became of the words of that one is no part of it.
    if (stored.id !== draftId) return result.ok;
    const savedBody = saving.body ?? stored.body;
    if (result.ok) {
      saving = {};
      takeOver(other && other.revision > result.value.revision ? other : result.value, savedBody);
    } else {
      unsaved = { ...saving, ...unsaved };
      saving = {};
      if (other) takeOver(other, stored.body);
      onFailure(result.failure);
    }
    onChange();
    return result.ok;
  }

  const session: DraftSession = {
    shown: () => ({ ...stored, ...saving, ...unsaved }),
    edit(edits) {
      unsaved = { ...unsaved, ...edits };
      onChange();
      void session.flush();
    },
    flush() {
      // One save at a time, in order: a later one must not be overtaken by an earlier.
      lastSave = lastSave.then(saveOnce);
      return lastSave;
    },
    adopt(next) {
      if (isSaving && next.id === stored.id) {
        if (next.revision > (cameMeanwhile?.revision ?? 0)) cameMeanwhile = next;
        return;
      }
      takeOver(next, stored.body);
      onChange();
    },
  };
  return session;
}
