import { mergeWords } from '../../core/redaction/merge-words.ts';
import type { PageWords } from '../../core/redaction/page-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';

// A page that moves under each try (a carousel, a person who scrolls) is not caught.
const tries = 4;

/** One picture of the window, as the browser encoded it, with what was measured before and after and is the same. */
export interface CapturedFrame<Measure> {
  png: Blob;
  measure: Measure;
  /** At the places that they have in this picture. Cut where the page changed them on every try, or told them once. */
  words: PageWords | null;
  /** The words changed under every try. */
  isLive: boolean;
}

export interface FrameSteps<Measure> {
  capture(): Promise<Result<Blob>>;
  measure(): Promise<Result<Measure>>;
  readWords(): Promise<PageWords | null>;
  /** Brings the page back to where it was, for another try. */
  prepare?(): Promise<Result<unknown>>;
  /** The page's words were seen to change all the time: no try is spent on them. */
  isLive?: boolean;
  /** Nothing more is done with the page. */
  signal?: AbortSignal;
}

/**
 * Captures a frame between two measurements and two readings of the words of the same document. Where they differ the
 * page has changed meanwhile, and it is tried again, a few times. A page that still moves is `page-changed` then; of one
 * whose words still change, both readings are taken, since either may be in the picture.
 */
export async function captureFrame<Measure>(
  steps: FrameSteps<Measure>,
): Promise<Result<CapturedFrame<Measure>>> {
  const { capture, measure, readWords, prepare, signal } = steps;
  // A page that was once too busy to tell its words is not kept waiting for them again before each try.
  let isBusy = false;
  for (let attempt = 1; attempt <= tries; attempt++) {
    const before = await measure();
    if (!before.ok) return before;
    // The browser takes the next picture only after a pause, and this is done in it.
    const wordsBefore: PageWords | null = isBusy ? null : await readWords();
    isBusy ||= wordsBefore === null;
    if (signal?.aborted) break;
    const picture = await capture();
    if (!picture.ok) return picture;
    if (signal?.aborted) break;
    const wordsAfter = await readWords();
    const after = await measure();
    if (!after.ok) return after;
    if (isSame(before.value, after.value)) {
      const both = wordsOfBoth(wordsBefore, wordsAfter);
      if (both.areSure || steps.isLive || attempt === tries) {
        const isLive = !both.areSure;
        return ok({ png: picture.value, measure: after.value, words: both.words, isLive });
      }
    }
    if (signal?.aborted) break;
    const prepared = await prepare?.();
    if (prepared?.ok === false) return prepared;
  }
  return fail({ kind: 'page-changed' });
}

/** `areSure` where another try would not tell more: they are the same, or there is only one, or more than is read. */
function wordsOfBoth(
  before: PageWords | null,
  after: PageWords | null,
): { words: PageWords | null; areSure: boolean } {
  if (before === null && after === null) return { words: null, areSure: true };
  if (before === null || after === null) {
    const known = before ?? after;
    return { words: known && { ...known, isCut: true }, areSure: true };
  }
  if (isSame(before, after)) return { words: after, areSure: true };
  const words = { ...mergeWords([before, after]), isCut: true };
  return { words, areSure: before.isCut || after.isCut };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
