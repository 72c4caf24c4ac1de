import type { DraftProblem, Failure, PageRestriction } from '../core/failure.ts';
import { text } from '../platform/localised-text.ts';

/** What happened and what to do next, in the person's language. Exhaustive: a new kind does not compile without. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case 'no-key':
      return text('failNoKey');
    case 'key-refused':
      return text('failKeyRefused', failure.status, failure.detail);
    case 'host-access-missing':
      return text('failHostAccess');
    case 'offline':
      return text('failOffline');
    case 'unreachable':
      return text('failUnreachable');
    case 'timed-out':
      return text('failTimedOut');
    case 'interrupted':
      return text('failInterrupted');
    case 'interrupted-often':
      return text('failInterruptedOften');
    case 'too-many-requests':
      return text('failTooMany');
    case 'server-error':
      return text('failServer', failure.status, failure.detail);
    case 'unreadable-answer':
      return text('failUnreadable', failure.status);
    case 'rejected':
      return text('failRejected', failure.status, failure.detail);
    case 'attachment-missing':
      return text('failAttachmentMissing');
    case 'attachment-altered':
      return text('failAttachmentAltered');
    case 'page-refuses-script':
      return text('failScript', restrictionText(failure.restriction));
    case 'page-refuses-pixels':
      return text('failPixels', restrictionText(failure.restriction));
    case 'page-changed':
      return text('failPageChanged');
    case 'page-not-drawn':
      return text('failPageNotDrawn');
    case 'no-page':
      return text('failNoPage');
    case 'no-selection':
      return text('failNoSelection');
    case 'image-unreadable':
      return text('failImageUnreadable');
    case 'image-too-large':
      return text('failImageTooLarge');
    case 'image-not-found':
      return text('failImageNotFound');
    case 'file-too-large':
      return text('failFileTooLarge', failure.name, Math.floor(failure.limitBytes / 1_000_000));
    case 'file-empty':
      return text('failFileEmpty', failure.name);
    case 'file-unreadable':
      return text('failFileUnreadable', failure.name);
    case 'page-disturbs':
      return text('failPageDisturbs');
    case 'capture-running':
      return text('failCaptureRunning');
    case 'capture-cancelled':
      return text('failCaptureCancelled');
    case 'redaction-failed':
      return text('failRedaction');
    case 'picture-not-prepared':
      return text('failPictureNotPrepared');
    case 'unmasked-secrets':
      return text('failUnmasked');
    case 'draft-incomplete':
      return failure.problems.map(problemText).join(' ');
    case 'draft-changed':
      return text('failDraftChanged');
    case 'draft-too-long':
      return text('failDraftTooLong');
    case 'lookup-replaced':
      return text('failLookupReplaced');
    case 'busy':
      return text('failBusy');
    case 'too-many-attachments':
      return text('failTooManyAttachments', failure.limit);
    case 'outbox-full':
      return text('failOutboxFull', failure.limit);
    case 'storage-full':
      return text('failStorageFull');
    case 'storage-unavailable':
      return text('failStorage');
    case 'storage-newer':
      return text('failStorageNewer');
    case 'not-found':
      return text('failNotFound');
    case 'bad-message':
      return text('failBadMessage');
    case 'unexpected':
      return text('failUnexpected', failure.detail);
    default:
      failure satisfies never;
      // A later version stored it, and this one does not know its kind.
      return text('failUnexpected', (failure as Failure).kind);
  }
}

export function problemText(problem: DraftProblem): string {
  switch (problem) {
    case 'nothing-to-send':
      return text('problemNothing');
    case 'customer-email-invalid':
      return text('problemEmail');
    case 'customer-email-missing':
      return text('problemEmailMissing');
    case 'message-missing':
      return text('problemMessage');
    case 'agent-missing':
      return text('problemAgent');
    case 'target-missing':
      return text('problemTarget');
    case 'target-is-ticket-number':
      return text('problemTargetNumber');
    case 'target-unclear':
      return text('problemTargetUnclear');
    case 'target-discarded':
      return text('problemTargetDiscarded');
    case 'target-is-draft':
      return text('problemTargetIsDraft');
    case 'company-not-chosen':
      return text('problemCompany');
    case 'files-not-accepted':
      return text('problemFiles');
  }
}

function restrictionText(restriction: PageRestriction): string {
  switch (restriction) {
    case 'browser-page':
      return text('restrictBrowserPage');
    case 'web-store':
      return text('restrictWebStore');
    case 'error-page':
      return text('restrictErrorPage');
    case 'blank-page':
      return text('restrictBlankPage');
    case 'file-access-off':
      return text('restrictFile');
    case 'policy':
      return text('restrictPolicy');
    case 'needs-gesture':
      return text('restrictGesture');
    case 'other':
      return text('restrictOther');
  }
}
