import { pictureWay, sentPicture } from '../core/draft.ts';
import { undecidedSecrets } from '../core/redaction/undecided-secrets.ts';
import { text } from '../platform/localised-text.ts';
import { send } from '../platform/send.ts';
import { readRedactionRules } from '../platform/settings-store.ts';
import type { DraftChanges } from './draft-changes.ts';
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
  async function submit() {
    if (!isArmed() || !store.session) return;
    await allAdded();
    if (!(await store.session.flush())) return;
    const { kind, attachments } = store.session.shown();
    const isReady = attachments.every(
      other => other.kind !== 'image' || sentPicture(other, pictureWay(kind, other)) !== null,
    );
    if (!isReady) store.set({ word: text('statusPreparing') });
    const sent = await send('draft.send', { draftId: store.draftId() });
    if (sent.ok) {
      store.set({ job: sent.value, problems: [], failures: [], word: '' });
      // What became of it before it was shown here has been announced already.
      void looks.look();
      // Held open until the outbox rests, so that the worker lives while this popup does.
      await send('outbox.run', {});
    } else if (sent.failure.kind === 'draft-incomplete') {
      store.set({ problems: sent.failure.problems, word: '' });
    } else if (sent.failure.kind === 'unmasked-secrets') {
      const rules = await readRedactionRules();
      store.set({ unmasked: undecidedSecrets(store.session.shown(), rules), word: '' });
    } else store.report(sent.failure);
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
