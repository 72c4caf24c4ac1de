import type { PageSelection } from '../contract/page-selection.ts';
import { type Draft, isUntouched } from '../core/draft.ts';
import { asKind } from '../core/draft-kind.ts';
import { selectionLimitCharacters } from '../core/quote/selection-tree.ts';
import { plainQuote, quoteMarkdown } from '../core/quote.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { limitText } from '../core/text.ts';
import { announceChange } from '../platform/changes.ts';
import { text } from '../platform/localised-text.ts';
import { changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import { pageDetails } from '../platform/privileged/page-details.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import type { SelectionReader } from '../platform/privileged/selection-reader.ts';
import { untilErased } from './erasing.ts';
import { addEvidence, withEvidence } from './evidence.ts';
import { broughtByPage } from './template-flow.ts';

/**
 * The words of a page on their way into a draft (its pictures: picture-capture.ts; files: attachment-flow.ts). Each function answers the draft as it then is. `shownDraftId` is
 * the draft that the person looks at while asking; without it, and when that one is on its way already, the
 * evidence goes into the current draft or starts the next.
 */
export interface CaptureFlow {
  /** Names the page in a draft that holds nothing yet; for any other draft the page is not even looked at. */
  notePage(findPage: () => Promise<Result<PageTarget>>): Promise<void>;
  quoteSelection(page: PageTarget, options: QuoteOptions): Promise<Result<Draft>>;
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
      const { draft, job } = await currentDraft();
      // A template alone can be sent: then there is a job, which a change would take back.
      if (!isUntouched(draft) || job) return;
      const page = await findPage();
      if (!page.ok) return;
      const details = await pageDetails(page.value);
      const brought = await broughtByPage(page.value);
      await changeDraft(draft.id, current => {
        if (!isUntouched(current)) return current;
        const noted = brought.fill({ ...current, page: details });
        // The popup looks often, and mostly over the page that is noted already.
        return JSON.stringify(noted) === JSON.stringify(current) ? current : noted;
      });
    },

    async quoteSelection(page, options) {
      const begun = untilErased();
      const read = await selectionReader.read(page);
      const quote = quoteOf(page, read, options.selectionText);
      if (!quote.ok) return quote;
      const details = await pageDetails(page);
      const brought = await broughtByPage(page, options.kind);
      const seen = await fingerprint(`${page.url}\n${quote.value}`);
      const added = await addEvidence(options.shownDraftId, begun, before => {
        const after = options.kind && options.kind !== before.kind ? asKind(before, options.kind) : before;
        const wasQuoted = before.seenSelections.includes(seen);
        if (before.body.includes(quote.value) || (wasQuoted && options.onlyIfNew)) return after;
        return {
          ...brought.quote(brought.fill(withEvidence(after, details)), quote.value),
          seenSelections: [...after.seenSelections.filter(other => other !== seen), seen],
        };
      });
      announceChange({ about: 'draft' });
      return added;
    },
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

async function fingerprint(words: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words));
  return new Uint8Array(digest).toHex();
}
