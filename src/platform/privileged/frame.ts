import type { PageWords } from '../../core/redaction/page-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { PageTarget } from './page-target.ts';
import { captureVisibleArea } from './screenshot.ts';

// A page that moves under each try (a carousel, a person who scrolls) is not caught.
const tries = 4;

/** One picture of the window, as the browser encoded it, with what was measured before and after and is the same. */
export interface CapturedFrame<Measure> {
  png: Blob;
  measure: Measure;
  /** The words at the places that they have in this picture: they were read before the second measurement. */
  words: PageWords | null;
}

export interface FrameSteps<Measure> {
  measure(): Promise<Result<Measure>>;
  readWords(): Promise<PageWords | null>;
  /** Brings the page back to where it was, for another try. */
  prepare?(): Promise<Result<unknown>>;
}

/**
 * Captures a frame between two measurements of the same document. Where they differ the page has moved meanwhile, and
 * it is tried again, a few times; then it is `page-changed`.
 */
export async function captureFrame<Measure>(
  target: PageTarget,
  { measure, readWords, prepare }: FrameSteps<Measure>,
): Promise<Result<CapturedFrame<Measure>>> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const before = await measure();
    if (!before.ok) return before;
    const picture = await captureVisibleArea(target);
    if (!picture.ok) return picture;
    const words = await readWords();
    const after = await measure();
    if (!after.ok) return after;
    if (JSON.stringify(before.value) === JSON.stringify(after.value)) {
      return ok({ png: picture.value, measure: after.value, words });
    }
    const prepared = await prepare?.();
    if (prepared?.ok === false) return prepared;
  }
  return fail({ kind: 'page-changed' });
}
