import readSelectionFile from '../../content/read-selection.ts?iife';
import type { Sender } from '../../contract/caller.ts';
import { type PageSelection, parsePageSelection } from '../../contract/page-selection.ts';
import { pageRestriction } from '../../core/page-restriction.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { newId } from '../new-id.ts';
import type { PageTarget } from './page-target.ts';

// A page that does not answer (busy script, open dialog) must not hold the popup up.
const answerDeadlineMs = 3_000;

interface Expected {
  tabId: number;
  documentId: string | undefined;
  settle: (selection: Result<PageSelection>) => void;
}

export interface SelectionReader {
  /** Injects the reader into the page's top frame and waits for its one answer. */
  read(target: PageTarget): Promise<Result<PageSelection>>;
  /** Takes an answer, if it is one that was asked for: nonce, tab and document must all be the expected ones. */
  deliver(nonce: string, selection: unknown, sender: Sender): Result<null>;
}

/**
 * The nonces live in memory on purpose: they are worth something only while `read` waits, and a worker that
 * was killed meanwhile waits for nothing.
 */
export function createSelectionReader(): SelectionReader {
  const expected = new Map<string, Expected>();

  return {
    async read(target) {
      const nonce = newId();
      const answered = new Promise<Result<PageSelection>>(settle => {
        expected.set(nonce, { tabId: target.tabId, documentId: target.documentId ?? undefined, settle });
        setTimeout(() => settle(fail({ kind: 'no-selection' })), answerDeadlineMs);
      });
      try {
        const injected = inject(target, nonce);
        return await Promise.race([answered, injected.then(result => (result.ok ? answered : result))]);
      } finally {
        expected.delete(nonce);
      }
    },

    deliver(nonce, selection, sender) {
      const waiting = expected.get(nonce);
      const isExpected =
        waiting?.tabId === sender.tab?.id &&
        (waiting?.documentId === undefined || waiting.documentId === sender.documentId);
      if (!waiting || !isExpected) return fail({ kind: 'bad-message' });
      expected.delete(nonce);
      const parsed = parsePageSelection(selection);
      waiting.settle(parsed ? ok(parsed) : fail({ kind: 'no-selection' }));
      return ok(null);
    },
  };
}

async function inject(target: PageTarget, nonce: string): Promise<Result<null>> {
  const where = target.documentId
    ? { tabId: target.tabId, documentIds: [target.documentId] }
    : { tabId: target.tabId };
  try {
    await chrome.scripting.executeScript({ target: where, files: [readSelectionFile] });
    await chrome.scripting.executeScript({ target: where, func: startReading, args: [nonce] });
    return ok(null);
  } catch (cause) {
    return fail({ kind: 'page-refuses-script', restriction: pageRestriction(String(cause), target.url) });
  }
}

/** Runs in the page's isolated world, where the injected file left its entry. */
function startReading(nonce: string): void {
  globalThis.captureForAssembly?.readSelection?.(nonce);
}
