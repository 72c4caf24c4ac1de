import type { MessageInput, PopupView } from '../contract/messages.ts';
import { keyHint } from '../core/api-key.ts';
import type { Draft } from '../core/draft.ts';
import type { Failure } from '../core/failure.ts';
import { needsAPerson } from '../core/outbox/needs-a-person.ts';
import { waits } from '../core/outbox/plan.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { getBlob } from '../platform/blob-store.ts';
import { announceChange } from '../platform/changes.ts';
import {
  type ChangedDraft,
  changeDraft,
  currentDraft,
  editDraft,
  editJobAgain,
  startOver,
} from '../platform/privileged/draft-store.ts';
import { eraseEverything } from '../platform/privileged/erase-everything.ts';
import { readKey, removeKey } from '../platform/privileged/key-store.ts';
import { outboxStore as store } from '../platform/privileged/outbox-store.ts';
import { type PageTarget, pageInTab, pageInWindow } from '../platform/privileged/page-target.ts';
import { takeNotices } from '../platform/privileged/popup-notices.ts';
import { tabBehindPopupWindow } from '../platform/privileged/popup-window.ts';
import { discardQuarantined, quarantinedRows } from '../platform/privileged/quarantine.ts';
import type { Handlers } from '../platform/privileged/route-message.ts';
import type { SelectionReader } from '../platform/privileged/selection-reader.ts';
import { testKey } from '../platform/privileged/test-key.ts';
import type { CaptureFlow } from './capture-flow.ts';
import { jobView, viewOf } from './job-view.ts';
import { applyToJob, armGuard, retryUnreachable, runOutbox, trustKeyAgain } from './outbox/outbox.ts';
import { picked, pickOrSay, pickSubject } from './pick-flow.ts';
import {
  type CaptureKind,
  cancelCapture,
  captureEnd,
  capturePicture,
  captureProgress,
} from './picture-capture.ts';
import { preparePictures } from './prepare-pictures.ts';
import { markPicture, maskSecrets, redactWords } from './redaction-flow.ts';
import { sendDraft } from './send-draft.ts';
import { captureAndShow } from './show-result.ts';
import { sendUnsavedTicket } from './unsaved-ticket.ts';

type OfPage = MessageInput<'capture.visibleArea'>;

const longestAnswerMs = 60_000;

// As much of the history as a page shows.
const listedJobs = 200;

/** What the extension's pages may ask for, each message in a few lines; the work is done elsewhere. */
export function createHandlers(flow: CaptureFlow, selectionReader: SelectionReader): Handlers {
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
    };
  }

  return {
    'popup.open': async ({ windowId }) => {
      const notices = await takeNotices();
      const view = await popupView(windowId, notices ?? []);
      // A draft that came back from the outbox is not added to unasked.
      return ok({ ...view, readSelection: notices === null && view.job === null });
    },

    'draft.read': async ({ windowId }) => ok(await popupView(windowId, [])),
    'draft.edit': async ({ draftId, edits, baseBody }) =>
      shownAgain(await editDraft(draftId, edits, baseBody)),
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
      if (!job.ok) return job;
      // checkpoint: enqueue.after-commit
      await armGuard();
      // checkpoint: enqueue.before-ack
      announceChange({ about: 'outbox' });
      void runOutbox();
      return ok(await viewOf(job.value));
    },

    'capture.selection': async ({ windowId, draftId, onlyIfNew }) => {
      const page = await pageBehind(windowId);
      return captureView(
        page.ok ? await flow.quoteSelection(page.value, { onlyIfNew, shownDraftId: draftId }) : page,
      );
    },
    'capture.visibleArea': async input => takePicture('visible-area', input),
    'capture.fullPage': async input => takePicture('full-page', input),
    'capture.pick': async ({ windowId, draftId, kind, delaySeconds }) => {
      const page = await pageBehind(windowId);
      if (!page.ok) return page;
      const { tabId } = page.value;
      const place = { windowId, tabId };
      const options = { delaySeconds, shownDraftId: draftId };
      if (delaySeconds === 0) return pickSubject(place, kind, options);
      void pickOrSay(place, kind, options);
      return ok(null);
    },
    'capture.cancel': async () => {
      cancelCapture();
      return ok(null);
    },
    'pick.deliver': picked,

    'attachment.addImage': async ({ draftId, blobId, name }) => {
      const blob = await getBlob(blobId);
      return blob ? flow.addImage(blob, name, draftId) : fail({ kind: 'attachment-missing' });
    },
    'attachment.mark': async ({ draftId, attachmentId, marks }) =>
      redrawn(await markPicture(draftId, attachmentId, marks)),
    'attachment.sendFull': async ({ draftId, attachmentId, sendsFull }) => {
      const changed = await changeDraft(draftId, before => ({
        ...before,
        attachments: before.attachments.map(attachment =>
          attachment.kind === 'image' && attachment.id === attachmentId
            ? { ...attachment, sendsFull }
            : attachment,
        ),
      }));
      void preparePictures(draftId).catch(() => {});
      return shownAgain(changed);
    },
    'attachment.remove': async ({ draftId, attachmentId }) =>
      shownAgain(
        await changeDraft(draftId, before => ({
          ...before,
          attachments: before.attachments.filter(attachment => attachment.id !== attachmentId),
        })),
      ),

    'unsaved.send': sendUnsavedTicket,

    'outbox.list': async () => {
      const recent = await store.recentJobs(listedJobs);
      const { jobs } = await store.pendingJobs();
      // What is not delivered is listed however old it is.
      const older = jobs.filter(job => !recent.some(({ id }) => id === job.id)).reverse();
      const waiting = waits(jobs, await store.readPace(), Date.now());
      const unreadable = (await quarantinedRows()).map(({ id, foundAt, store: from }) => ({
        id,
        foundAt,
        kind: from === 'jobs' ? ('item' as const) : ('draft' as const),
      }));
      return ok({ jobs: [...recent, ...older].map(job => jobView(job, waiting)), unreadable });
    },
    'outbox.run': async () => {
      // Chrome ends an event after five minutes, and a run may take longer.
      const enough = new Promise<void>(resolve => setTimeout(resolve, longestAnswerMs));
      await Promise.race([runOutbox(), enough]);
      return ok(null);
    },
    'outbox.networkIsBack': async () => {
      void retryUnreachable();
      return ok(null);
    },
    'job.read': async ({ jobId }) => {
      const job = await store.readJob(jobId);
      return job ? ok(await viewOf(job)) : fail({ kind: 'not-found' });
    },
    'job.sendNow': async ({ jobId }) => {
      const job = await applyToJob(jobId, { name: 'send-now' });
      if (!job) return fail({ kind: 'not-found' });
      await armGuard();
      void trustKeyAgain();
      return ok(await viewOf(job));
    },
    'job.edit': async ({ jobId }) => {
      const job = await store.readJob(jobId);
      const draft = announced(job ? await editJobAgain(job) : fail({ kind: 'not-found' }));
      void runOutbox();
      return draft;
    },
    'job.discard': async ({ jobId }) => {
      const discarded = announced(await store.discardJob(jobId));
      void runOutbox();
      return discarded;
    },

    'unreadable.read': async ({ id }) => {
      const row = (await quarantinedRows()).find(found => found.id === id);
      return row ? ok({ json: JSON.stringify(row.record, null, 2) }) : fail({ kind: 'not-found' });
    },
    'unreadable.discard': async ({ id }) => {
      const discarded = announced(await discardQuarantined(id));
      void runOutbox();
      return discarded;
    },

    'key.describe': async () => {
      const key = await readKey();
      return ok({ present: key !== null, hint: keyHint(key?.value ?? '') });
    },
    'key.test': async () => {
      const key = await readKey();
      if (key === null) return fail({ kind: 'no-key' });
      const tested = await testKey(key.value);
      // Assembly may have taken a refused key back; what waited for that goes on.
      if (tested.ok) void trustKeyAgain();
      return tested;
    },
    'key.remove': async () => {
      await removeKey();
      return ok(null);
    },

    'data.eraseEverything': async () => {
      cancelCapture();
      await captureEnd();
      await eraseEverything();
      void runOutbox();
      for (const about of ['draft', 'outbox', 'settings'] as const) announceChange({ about });
      return ok(null);
    },

    'selection.deliver': async ({ nonce, selection }, sender) =>
      selectionReader.deliver(nonce, selection, sender),
  };
}

async function pageBehind(windowId: number): Promise<Result<PageTarget>> {
  const tabId = await tabBehindPopupWindow(windowId);
  return tabId === null ? pageInWindow(windowId) : pageInTab(tabId);
}

async function takePicture(kind: CaptureKind, { windowId, draftId, delaySeconds }: OfPage) {
  const page = await pageBehind(windowId);
  if (!page.ok) return captureView(page);
  if (delaySeconds === 0)
    return captureView(await capturePicture(kind, page.value, { shownDraftId: draftId }));
  const { tabId } = page.value;
  const options = { shownDraftId: draftId, delaySeconds };
  void captureAndShow({ windowId, tabId }, target => capturePicture(kind, target, options));
  return captureView(ok((await currentDraft()).draft));
}

async function captureView(captured: Result<Draft>) {
  if (captured.ok) return ok({ draft: captured.value, failure: null });
  const { draft } = await currentDraft();
  return ok({ draft, failure: captured.failure });
}

/** The same for a change that another page than the popup made: the popup looks again. */
function redrawn(changed: Result<ChangedDraft>): Result<Draft> {
  if (changed.ok) announceChange({ about: 'draft' });
  return shownAgain(changed);
}

/** The changed draft; when that took a job out of the outbox, whoever shows the outbox looks again. */
function shownAgain(changed: Result<ChangedDraft>): Result<Draft> {
  if (!changed.ok) return changed;
  if (changed.value.withdrewJob) {
    announceChange({ about: 'outbox' });
    void runOutbox();
  }
  return ok(changed.value.draft);
}

function announced<T>(result: Result<T>): Result<T> {
  if (result.ok) {
    announceChange({ about: 'draft' });
    announceChange({ about: 'outbox' });
  }
  return result;
}
