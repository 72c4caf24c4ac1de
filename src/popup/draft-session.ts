import type { MessageInput } from '../contract/messages.ts';
import type { Draft, DraftEdits } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { mergeText } from '../core/merge-text.ts';
import type { Result } from '../core/result.ts';

type Save = (input: MessageInput<'draft.edit'>) => Promise<Result<Draft>>;

/**
 * The draft as the popup shows it: what is stored, with what was typed since on top. Saves by itself, at every
 * key, also while an earlier save is out: Chromium ends a popup without an event in it, so what waits for a timer
 * or for an answer is lost. A save that fails keeps the typed words and says why.
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

/** `save` must deliver in the order of its calls: each starts from the words of the one before. */
export function createDraftSession(
  initial: Draft,
  save: Save,
  onChange: () => void,
  onFailure: (failure: Failure) => void,
): DraftSession {
  let stored = initial;
  let unsaved: DraftEdits = {};
  /** The saves that are on their way, oldest first. */
  let out: DraftEdits[] = [];
  /** What was stored of the saves that are answered, while others are out: `stored` follows with the last of them. */
  let answered: DraftEdits = {};
  /** The newest copy that came while a save was out: whether it holds the saved words is known with the last answer. */
  let cameMeanwhile: Draft | null = null;
  let lastAnswer: Promise<boolean> = Promise.resolve(true);

  const sent = (): DraftEdits => Object.assign({}, answered, ...out);

  function takeOver(next: Draft, baseBody: string): void {
    if (next.id !== stored.id) {
      unsaved = {};
      out = [];
      answered = {};
      cameMeanwhile = null;
      lastAnswer = Promise.resolve(true);
    } else {
      // A copy that was read before the last change and arrives after it.
      if (next.revision <= stored.revision) return;
      if (unsaved.body !== undefined) {
        unsaved = { ...unsaved, body: mergeText(baseBody, unsaved.body, next.body) };
      }
    }
    stored = next;
  }

  function keepNewest(next: Draft): void {
    if (next.revision > (cameMeanwhile?.revision ?? 0)) cameMeanwhile = next;
  }

  function sendUnsaved(): void {
    if (Object.keys(unsaved).length === 0) return;
    const edits = unsaved;
    const draftId = stored.id;
    const baseBody = sent().body ?? stored.body;
    unsaved = {};
    out.push(edits);
    const answer = save({ draftId, edits, baseBody });
    lastAnswer = lastAnswer.then(async () => {
      const result = await answer;
      // Another draft is shown by now: what became of the words of that one is no part of it.
      if (stored.id !== draftId) return result.ok;
      settle(edits, result);
      return result.ok && Object.keys(unsaved).length === 0;
    });
  }

  function settle(edits: DraftEdits, result: Result<Draft>): void {
    out = out.filter(other => other !== edits);
    if (result.ok) {
      answered = { ...answered, ...edits };
      keepNewest(result.value);
    } else {
      const lost = Object.entries(edits).filter(([field]) => !out.some(later => Object.hasOwn(later, field)));
      unsaved = { ...Object.fromEntries(lost), ...unsaved };
    }
    if (out.length === 0) {
      const came = cameMeanwhile;
      const baseBody = answered.body ?? stored.body;
      cameMeanwhile = null;
      answered = {};
      if (came) takeOver(came, baseBody);
    }
    if (!result.ok) onFailure(result.failure);
    onChange();
  }

  const session: DraftSession = {
    shown: () => ({ ...stored, ...sent(), ...unsaved }),
    edit(edits) {
      unsaved = { ...unsaved, ...edits };
      sendUnsaved();
      onChange();
    },
    async flush() {
      const draftId = stored.id;
      const isStored = await lastAnswer;
      if (isStored || stored.id !== draftId) return isStored;
      // What has failed is tried once more.
      sendUnsaved();
      return lastAnswer;
    },
    adopt(next) {
      if (out.length > 0 && next.id === stored.id) return keepNewest(next);
      takeOver(next, stored.body);
      onChange();
    },
  };
  return session;
}
