import readFieldsFile from '../../content/read-fields.ts?iife';
import type { FieldAnswer, FieldQuestion } from '../../contract/content-entries.ts';
import { parseFieldAnswers } from '../../contract/page-fields.ts';
import type { PageTarget } from './page-target.ts';

// The popup waits for it as it opens; a page that is busy for longer is left alone.
const answerDeadlineMs = 1_000;

/**
 * What a recipe asks of a page, from its top frame: an answer for each question, in their order. Null where no script
 * may run, and when the page does not answer in time or answers anything else.
 */
export async function readPageFields(
  { tabId, documentId }: Pick<PageTarget, 'tabId' | 'documentId'>,
  questions: readonly FieldQuestion[],
): Promise<FieldAnswer[] | null> {
  // Of a page that did not say which document it is, another may have come meanwhile.
  if (documentId === null) return null;
  const target = { tabId, documentIds: [documentId] };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>(resolve => {
    timer = setTimeout(() => resolve(null), answerDeadlineMs);
  });
  try {
    return await Promise.race([ask(target, questions).catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(
  target: chrome.scripting.InjectionTarget,
  questions: readonly FieldQuestion[],
): Promise<FieldAnswer[] | null> {
  await chrome.scripting.executeScript({ target, files: [readFieldsFile], injectImmediately: true });
  const [answered] = await chrome.scripting.executeScript({
    target,
    func: startReading,
    args: [questions],
    injectImmediately: true,
  });
  return parseFieldAnswers(answered?.result, questions.length);
}

/** Runs in the page's isolated world, where the injected file left its entry. */
function startReading(questions: readonly FieldQuestion[]): unknown {
  return globalThis.captureForAssembly?.readFields?.(questions) ?? null;
}
