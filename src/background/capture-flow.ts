import type { PageSelection } from '../contract/page-selection.ts';
import {
  type Attachment,
  appendToBody,
  attachmentLimit,
  type Draft,
  isUntouched,
  type PageDetails,
} from '../core/draft.ts';
import { replyFileLimitBytes, ticketPngLimitBytes } from '../core/image/fit-plan.ts';
import { cleanPageUrl } from '../core/page-link.ts';
import { selectionLimitCharacters } from '../core/quote/selection-tree.ts';
import { plainQuote, quoteMarkdown } from '../core/quote.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limitText } from '../core/text.ts';
import { putBlob } from '../platform/blob-store.ts';
import { announceChange } from '../platform/changes.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { addToCurrentDraft, changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import { decodeImage, fitImage } from '../platform/privileged/fit-image.ts';
import { pageDetails } from '../platform/privileged/page-details.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import { captureVisibleArea } from '../platform/privileged/screenshot.ts';
import type { SelectionReader } from '../platform/privileged/selection-reader.ts';

/**
 * Evidence on its way from a page into a draft. Each function answers the draft as it then is. `shownDraftId` is
 * the draft that the person looks at while asking; without it, and when that one is on its way already, the
 * evidence goes into the current draft or starts the next.
 */
export interface CaptureFlow {
  /** Names the page in a draft that holds nothing yet; for any other draft the page is not even looked at. */
  notePage(findPage: () => Promise<Result<PageTarget>>): Promise<void>;
  quoteSelection(page: PageTarget, options: QuoteOptions): Promise<Result<Draft>>;
  addVisibleArea(page: PageTarget, shownDraftId?: string): Promise<Result<Draft>>;
  /** Adds a picture that the person picked or pasted. */
  addImage(blob: Blob, name: string, shownDraftId: string): Promise<Result<Draft>>;
  /** Adds a public picture by its address; Assembly loads it by itself, we never do. */
  addImageUrl(page: PageTarget, url: string): Promise<Result<Draft>>;
}

interface QuoteOptions {
  /** Adds nothing when this selection was quoted by itself before: reopening the popup must not repeat it. */
  onlyIfNew: boolean;
  kind?: Draft['kind'];
  shownDraftId?: string;
  /** What the menu knows of the selection; used where no script may read it (PDF, other sites' frames). */
  selectionText?: string | undefined;
}

export function createCaptureFlow(selectionReader: SelectionReader): CaptureFlow {
  return {
    async notePage(findPage) {
      const { draft } = await currentDraft();
      if (!isUntouched(draft)) return;
      const page = await findPage();
      if (!page.ok) return;
      const details = await pageDetails(page.value);
      await changeDraft(draft.id, current =>
        isUntouched(current) ? { ...current, page: details } : current,
      );
    },

    async quoteSelection(page, options) {
      const read = await selectionReader.read(page);
      const quote = quoteOf(page, read, options.selectionText);
      if (!quote.ok) return quote;
      const details = await pageDetails(page);
      const seen = await fingerprint(`${page.url}\n${quote.value}`);
      const added = await addEvidence(options.shownDraftId, before => {
        const after =
          options.kind && options.kind !== before.kind ? { ...before, kind: options.kind } : before;
        const wasQuoted = before.seenSelections.includes(seen);
        if (before.body.includes(quote.value) || (wasQuoted && options.onlyIfNew)) return after;
        return {
          ...withEvidence(after, details),
          body: appendToBody(after.body, quote.value),
          seenSelections: [...after.seenSelections.filter(other => other !== seen), seen],
        };
      });
      announceChange({ about: 'draft' });
      return added;
    },

    async addVisibleArea(page, shownDraftId) {
      const screenshot = await captureVisibleArea(page);
      if (!screenshot.ok) return screenshot;
      const attachment = await storeImage(screenshot.value, text('visibleAreaName'));
      if (!attachment.ok) return attachment;
      return addAttachment(attachment.value, await pageDetails(page), shownDraftId);
    },

    async addImage(blob, name, shownDraftId) {
      const attachment = await storeImage(blob, name);
      return attachment.ok ? addAttachment(attachment.value, {}, shownDraftId) : attachment;
    },

    async addImageUrl(page, url) {
      if (!isPublicAddress(url)) return fail({ kind: 'image-not-public' });
      return addAttachment({ kind: 'image-url', id: newId(), url }, await pageDetails(page));
    },
  };
}

/**
 * Stores a picture with the version of it that fits a ticket. The original stays for replies, which take it at
 * full size.
 */
async function storeImage(blob: Blob, name: string): Promise<Result<Attachment>> {
  const bitmap = await decodeImage(blob);
  if (!bitmap.ok) return bitmap;
  try {
    const { width: widthPx, height: heightPx } = bitmap.value;
    const original = await fitImage(blob, bitmap.value, replyFileLimitBytes);
    if (!original.ok) return original;
    const fitted = await fitImage(original.value.blob, bitmap.value, ticketPngLimitBytes);
    if (!fitted.ok) return fitted;
    const blobId = await putBlob(original.value.blob);
    const isUnchanged = fitted.value.blob === original.value.blob;
    return ok({
      kind: 'image',
      id: newId(),
      blobId,
      ticketBlobId: isUnchanged ? blobId : await putBlob(fitted.value.blob),
      name,
      widthPx,
      heightPx,
      sizeBytes: original.value.blob.size,
      ticketScale: isUnchanged ? original.value.scale : fitted.value.scale,
    });
  } finally {
    bitmap.value.close();
  }
}

async function addAttachment(
  attachment: Attachment,
  details: PageDetails,
  shownDraftId?: string,
): Promise<Result<Draft>> {
  let isFull = false;
  const added = await addEvidence(shownDraftId, before => {
    isFull = before.attachments.length >= attachmentLimit;
    if (isFull) return before;
    return { ...withEvidence(before, details), attachments: [...before.attachments, attachment] };
  });
  announceChange({ about: 'draft' });
  return isFull ? fail({ kind: 'too-many-attachments', limit: attachmentLimit }) : added;
}

async function addEvidence(
  shownDraftId: string | undefined,
  apply: (draft: Draft) => Draft,
): Promise<Result<Draft>> {
  const shown = shownDraftId === undefined ? null : await changeDraft(shownDraftId, apply);
  if (!shown || (!shown.ok && shown.failure.kind === 'draft-changed')) return addToCurrentDraft(apply);
  if (!shown.ok) return shown;
  if (shown.value.withdrewJob) announceChange({ about: 'outbox' });
  return ok(shown.value.draft);
}

/** The draft is about the page of its first evidence; later pages are named in their quotes. */
function withEvidence(draft: Draft, details: PageDetails): Draft {
  return {
    ...draft,
    page: draft.capturedAt === null ? { ...draft.page, ...details } : { ...details, ...draft.page },
    capturedAt: draft.capturedAt ?? Date.now(),
  };
}

function quoteOf(
  page: PageTarget,
  read: Result<PageSelection>,
  selectionText: string | undefined,
): Result<string> {
  const source = { title: page.title, url: page.url ?? '' };
  // A picture without words is a selection too: then there is a tree and no text.
  if (read.ok && (read.value.text.trim() !== '' || read.value.tree !== null)) {
    return ok(quoteMarkdown({ selection: read.value, page: source, cutNote: cutNote(read.value.cut) }));
  }
  if (selectionText !== undefined && selectionText.trim() !== '') {
    const { text: kept, cut } = limitText(selectionText, selectionLimitCharacters);
    return ok(plainQuote(kept, source, cutNote(cut)));
  }
  return read.ok ? fail({ kind: 'no-selection' }) : read;
}

function cutNote(cut: PageSelection['cut']): string | null {
  return cut && text('quoteCut', cut.keptCharacters, cut.totalCharacters);
}

/** Whether another server can load the address as it stands: https, and nothing secret in it to clean away. */
function isPublicAddress(url: string): boolean {
  return url.startsWith('https://') && cleanPageUrl(url) === url;
}

async function fingerprint(words: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  return new Uint8Array(digest).toHex();
}
