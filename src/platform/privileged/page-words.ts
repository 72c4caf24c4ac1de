import readWordsFile from '../../content/read-words.ts?iife';
import { parsePageWords } from '../../contract/page-words.ts';
import type { PageWords } from '../../core/redaction/page-words.ts';
import { inTime, LateAnswer } from './in-time.ts';
import type { PageTarget } from './page-target.ts';

// A capture waits for the words. A page that is busy for a moment is asked once more, and has more time then; one that
// does not answer even so is captured without them.
const answerDeadlineMs = 1_000;
const lastDeadlineMs = 3_000;

/**
 * The words that the page shows now, in CSS px of its layout viewport. Null where no script may run, and when the page
 * does not answer in time or answers anything else: nothing is known then of what it shows.
 */
export async function readPageWords(target: PageTarget): Promise<PageWords | null> {
  const where = target.documentId
    ? { tabId: target.tabId, documentIds: [target.documentId] }
    : { tabId: target.tabId };
  const first = await readInTime(where, answerDeadlineMs);
  if (first !== 'late') return first;
  const second = await readInTime(where, lastDeadlineMs);
  return second === 'late' ? null : second;
}

async function readInTime(
  where: chrome.scripting.InjectionTarget,
  deadlineMs: number,
): Promise<PageWords | null | 'late'> {
  try {
    return await inTime(read(where), deadlineMs);
  } catch (cause) {
    return cause instanceof LateAnswer ? 'late' : null;
  }
}

async function read(where: chrome.scripting.InjectionTarget): Promise<PageWords | null> {
  await chrome.scripting.executeScript({ target: where, files: [readWordsFile], injectImmediately: true });
  const [answered] = await chrome.scripting.executeScript({
    target: where,
    func: startReading,
    injectImmediately: true,
  });
  return parsePageWords(answered?.result);
}

/** Runs in the page's isolated world, where the injected file left its entry. */
function startReading(): unknown {
  return globalThis.captureForAssembly?.readWords?.() ?? null;
}
