import { appendToBody, type Draft, type DraftEdits, isUntouched } from '../core/draft.ts';
import type { Result } from '../core/result.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import type { PopupStore } from './popup-state.ts';

/** Asks the worker for a change of a draft, by its id. */
export type AskForChange = (draftId: string) => Promise<Result<Draft>>;

/** The changes of the draft, by the person's keys and by the worker. */
export interface DraftChanges {
  edit(edits: DraftEdits): void;
  /** Asks for a change of the draft that is shown, with what is typed stored first, and says `word` when it is done. */
  change(ask: AskForChange, word?: string): Promise<boolean>;
  /** The same for another draft in the place of the one that is shown, whose words have to be stored then. */
  leave(ask: AskForChange, word: string): Promise<boolean>;
  startOver(): void;
  /** Masks what was found, or says that it may leave; by the keys of `DraftSecret`. */
  mask(keys: string[]): Promise<boolean>;
  keep(keys: string[]): Promise<boolean>;
  /** Puts what was typed while nothing was stored into the draft, below what it holds, and says `word`. */
  takeOver(title: string, body: string, word: string): void;
}

export function createDraftChanges(store: PopupStore): DraftChanges {
  function edit(edits: DraftEdits) {
    store.session?.edit(edits);
    if (store.around.word !== '' || store.around.problems.length > 0) store.set({ word: '', problems: [] });
  }

  async function change(ask: AskForChange, word = '') {
    await store.session?.flush();
    const draftId = store.draftId();
    const changed = await ask(draftId);
    if (changed.ok) {
      // The person went on to another draft meanwhile: this one is not to take its place.
      if (![draftId, changed.value.id].includes(store.draftId())) return false;
      store.session?.adopt(changed.value);
      store.set({ word, problems: [] });
    } else store.report(changed.failure);
    return changed.ok;
  }

  /** With the draft that is left go its words that are not stored; a draft that is gone has nowhere to store them. */
  async function leave(ask: AskForChange, word: string) {
    const isStored = await store.session?.flush();
    if (isStored === false && store.unsavedBecause?.kind !== 'draft-changed') return false;
    store.set({ job: null, problems: [], failures: [] });
    return change(ask, word);
  }

  function startOver() {
    const shown = store.session?.shown();
    const isKept = shown !== undefined && !isUntouched(shown);
    const isOfJob = shown !== undefined && store.around.job?.draftId === shown.id;
    const kept = text(isOfJob ? 'statusKeptInActivity' : 'statusPutAside');
    void leave(draftId => send('draft.startOver', { draftId }), isKept ? kept : text('statusStartedOver'));
  }

  function takeOver(title: string, body: string, word: string) {
    const draft = store.session?.shown();
    if (!draft) return;
    const hasRoomForTitle = draft.kind === 'ticket' && draft.title.trim() === '';
    const words = [hasRoomForTitle ? '' : title, body].filter(part => part.trim() !== '').join('\n\n');
    if (words !== '') store.session?.edit({ body: appendToBody(draft.body, words) });
    if (hasRoomForTitle && title.trim() !== '') store.session?.edit({ title });
    store.set({ word });
  }

  return {
    edit,
    change,
    leave,
    startOver,
    mask: keys => change(draftId => send('draft.mask', { draftId, keys }), text('statusMasked')),
    keep: keys => change(draftId => send('draft.keep', { draftId, keys })),
    takeOver,
  };
}
