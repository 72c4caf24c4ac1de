import type { PopupView } from '../../contract/views.ts';
import type { Failure } from '../../core/failure.ts';
import { needsAPerson } from '../../core/outbox/needs-a-person.ts';
import { ok } from '../../core/result.ts';
import { announceChange } from '../../platform/changes.ts';
import { changeDraft, currentDraft, editDraft, startOver } from '../../platform/privileged/draft-store.ts';
import {
  countDraftsAside,
  discardDraft,
  draftsAside,
  openDraft,
} from '../../platform/privileged/drafts-aside.ts';
import { readKey } from '../../platform/privileged/key-store.ts';
import { outboxStore as store } from '../../platform/privileged/outbox-store.ts';
import { leaveSendFailure, takeNotices, takeSendFailure } from '../../platform/privileged/popup-notices.ts';
import { isPopupOpen } from '../../platform/privileged/popup-window.ts';
import type { Handlers } from '../../platform/privileged/route-message.ts';
import type { CaptureFlow } from '../capture-flow.ts';
import { summaryOf } from '../draft-summary.ts';
import { filedTicket } from '../filed-ticket.ts';
import { viewOf } from '../job-view.ts';
import { armGuard, runOutbox } from '../outbox/outbox.ts';
import { captureProgress } from '../picture-capture.ts';
import { maskSecrets, redactWords } from '../redaction-flow.ts';
import { sendDraft } from '../send-draft.ts';
import { applyTemplateTo, undoRecipeIn } from '../template-flow.ts';
import { sendUnsavedTicket } from '../unsaved-ticket.ts';
import { announced, pageBehind, redrawn, shownAgain } from './answers.ts';

/** The current draft, as the popup shows and changes it, and those that were put aside. */
export function draftHandlers(flow: CaptureFlow) {
  async function popupView(windowId: number | null, notices: Failure[]): Promise<PopupView> {
    if (windowId !== null) await flow.notePage(() => pageBehind(windowId));
    const { draft, job } = await currentDraft();
    const hasKey = (await readKey()) !== null;
    const { jobs, quarantined } = await store.pendingJobs();
    const others = jobs.filter(({ id }) => id !== job?.id);
    const parked = others.filter(needsAPerson).length;
    const outbox = { needsPerson: parked + quarantined, waiting: others.length - parked };
    return {
      draft,
      job: job && (await viewOf(job)),
      notices,
      readSelection: false,
      hasKey,
      outbox,
      capture: captureProgress(),
      filed: job ? null : await filedTicket(draft),
      draftsAside: await countDraftsAside(),
    };
  }

  return {
    'popup.open': async ({ windowId }) => {
      const notices = await takeNotices();
      const shown = await popupView(windowId, notices ?? []);
      const view = { ...shown, notices: [...shown.notices, ...(await takeSendFailure(shown.draft.id))] };
      // A draft that came back from the outbox is not added to unasked.
      return ok({ ...view, readSelection: notices === null && view.job === null });
    },

    'draft.read': async ({ windowId }) => ok(await popupView(windowId, [])),
    'draft.edit': async ({ draftId, edits, baseBody }) =>
      shownAgain(await editDraft(draftId, edits, baseBody)),
    'draft.applyTemplate': async ({ draftId, templateId }) =>
      shownAgain(await applyTemplateTo(draftId, templateId)),
    'draft.undoRecipe': async ({ draftId }) => shownAgain(await undoRecipeIn(draftId)),
    'draft.startOver': async ({ draftId }) => announced(ok(await startOver(draftId))),
    'draft.mask': async ({ draftId, keys }) => shownAgain(await maskSecrets(draftId, keys)),
    'draft.keep': async ({ draftId, keys }) =>
      shownAgain(
        await changeDraft(draftId, before => ({
          ...before,
          keptSecrets: [...new Set([...before.keptSecrets, ...keys])],
        })),
      ),
    'draft.redactWords': async ({ draftId, words }) => redrawn(await redactWords(draftId, words)),
    'draft.send': async ({ draftId }) => {
      const job = await sendDraft(draftId);
      if (!job.ok) {
        if (!(await isPopupOpen())) await leaveSendFailure(draftId, job.failure);
        return job;
      }
      // checkpoint: enqueue.after-commit
      await armGuard();
      // checkpoint: enqueue.before-ack
      announceChange({ about: 'outbox' });
      void runOutbox();
      return ok(await viewOf(job.value));
    },

    'drafts.list': async () => ok((await draftsAside()).map(summaryOf)),
    'drafts.open': async ({ draftId }) => announced(await openDraft(draftId, Date.now())),
    'drafts.discard': async ({ draftId }) => announced(await discardDraft(draftId)),

    'unsaved.send': sendUnsavedTicket,
  } satisfies Partial<Handlers>;
}
