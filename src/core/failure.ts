/** What is missing or wrong in a draft; each has a sentence beside its field. */
export type DraftProblem =
  | 'nothing-to-send'
  | 'customer-email-invalid'
  | 'customer-email-missing'
  | 'message-missing'
  | 'agent-missing'
  | 'target-missing'
  | 'target-is-ticket-number'
  | 'target-unclear'
  | 'target-discarded'
  | 'target-is-draft'
  | 'company-not-chosen'
  | 'files-not-accepted';

/** Why a page's script or pixels cannot be had. Each has a sentence of its own in the UI. */
export type PageRestriction =
  | 'browser-page'
  | 'web-store'
  | 'error-page'
  | 'blank-page'
  | 'file-access-off'
  | 'policy'
  | 'needs-gesture'
  | 'other';

/**
 * Every expected trouble in the product, as data that survives JSON, storage and messages.
 * A new kind does not compile until it has a user's sentence (ui/failure-text.ts).
 */
export type Failure =
  // Delivery
  | { kind: 'no-key' }
  | { kind: 'key-refused'; status: number; detail: string }
  | { kind: 'host-access-missing' }
  | { kind: 'offline' }
  | { kind: 'unreachable' }
  | { kind: 'timed-out' }
  | { kind: 'interrupted' }
  | { kind: 'interrupted-often' }
  | { kind: 'too-many-requests'; retryAfterMs: number | null }
  | { kind: 'server-error'; status: number; detail: string }
  | { kind: 'unreadable-answer'; status: number }
  | { kind: 'rejected'; status: number; detail: string }
  | { kind: 'attachment-missing' }
  | { kind: 'attachment-altered' }
  // Capture
  | { kind: 'page-refuses-script'; restriction: PageRestriction }
  | { kind: 'page-refuses-pixels'; restriction: PageRestriction }
  | { kind: 'page-changed' }
  | { kind: 'page-not-drawn' }
  | { kind: 'no-page' }
  | { kind: 'no-selection' }
  | { kind: 'image-unreadable' }
  | { kind: 'image-too-large' }
  | { kind: 'image-not-found' }
  | { kind: 'file-too-large'; name: string; limitBytes: number }
  | { kind: 'file-empty'; name: string }
  | { kind: 'file-unreadable'; name: string }
  | { kind: 'page-disturbs' }
  | { kind: 'capture-running' }
  | { kind: 'capture-cancelled' }
  | { kind: 'redaction-failed' }
  // Draft and storage
  | { kind: 'picture-not-prepared' }
  | { kind: 'unmasked-secrets' }
  | { kind: 'draft-incomplete'; problems: DraftProblem[] }
  | { kind: 'draft-changed' }
  | { kind: 'too-many-attachments'; limit: number }
  | { kind: 'outbox-full'; limit: number }
  | { kind: 'storage-full' }
  | { kind: 'storage-unavailable' }
  | { kind: 'storage-newer' }
  | { kind: 'draft-too-long' }
  | { kind: 'lookup-replaced' }
  | { kind: 'busy' }
  | { kind: 'not-found' }
  // The extension itself
  | { kind: 'bad-message' }
  | { kind: 'unexpected'; detail: string };

export type FailureKind = Failure['kind'];
