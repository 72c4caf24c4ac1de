import { pictureWay, sentPicture } from '../core/draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { readRedactionRules } from '../platform/settings-store.ts';
import type { DraftChanges } from './draft-changes.ts';
import type { DraftSession } from './draft-session.ts';
import { isArmed } from './is-armed.ts';
import type { Looks } from './looks.ts';
import type { PopupStore } from './popup-state.ts';

/** From the press of Send to the job in the outbox. */
export interface Submission {
  submit(): Promise<void>;
  /** The answer to what is unmasked: what to do with it before the draft is sent; null sends nothing. */
  answerUnmasked(answer: 'mask' | 'keep' | null): Promise<void>;
}

export function createSubmission(
  store: PopupStore,
  changes: DraftChanges,
  looks: Looks,
  /** Resolves when the captures and files that were asked for so far are in the draft. */
  allAdded: () => Promise<unknown>,
): Submission {
  /** A press of Send is worked on: a further one means the same draft, and not the one that comes after it. */
  let isOut = false;

  async function submit() {
    if (isOut || !isArmed() || !store.session) return;
    isOut = true;
    const isSent = await sendShown(store.session).finally(() => {
      isOut = false;
    });
    // Held open until the outbox rests, so that the worker lives while this popup does.
    if (isSent) await send('outbox.run', {});
  }

  async function sendShown(session: DraftSession): Promise<boolean> {
    const draftId = store.draftId();
    await allAdded();
    if (!(await session.flush()) || store.draftId() !== draftId) return false;
    const { kind, attachments } = session.shown();
    const isReady = attachments.every(
      other => other.kind !== 'image' || sentPicture(other, pictureWay(kind, other)) !== null,
    );
    if (!isReady) store.set({ word: text('statusPreparing') });
    const sent = await send('draft.send', { draftId });
    if (sent.ok) {
      store.set({ job: sent.value, problems: [], failures: [], word: '' });
      // What became of it before it was shown here has been announced already.
      void looks.look();
    } else if (sent.failure.kind === 'draft-incomplete') {
      store.set({ problems: sent.failure.problems, word: '' });
    } else if (sent.failure.kind === 'unmasked-secrets') {
      const found = undecidedSecrets(session.shown(), await readRedactionRules());
      // It may have been taken out while the answer was on its way: then there is nothing to ask about.
      if (found.length > 0) store.set({ unmasked: found, word: '' });
      else store.report(sent.failure);
    } else store.report(sent.failure);
    return sent.ok;
  }

  async function answerUnmasked(answer: 'mask' | 'keep' | null) {
    const keys = [...new Set(store.around.unmasked?.map(({ key }) => key))];
    store.set({ unmasked: null });
    if (answer === null) return;
    const decided = answer === 'mask' ? changes.mask(keys) : changes.keep(keys);
    if (await decided) await submit();
  }

  return { submit, answerUnmasked };
}
