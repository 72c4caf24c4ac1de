import { fail, ok, type Result } from '../../core/result.ts';
import type { PageTarget } from './page-target.ts';
import { captureVisibleArea } from './screenshot.ts';

// A page that moves under each try (a carousel, a person who scrolls) is not caught.
const tries = 4;

/** One picture of the window, as the browser encoded it, with what was measured before and after and is the same. */
export interface CapturedFrame<Measure> {
  png: Blob;
  measure: Measure;
}

/**
 * Captures a frame between two measurements of the same document. Where they differ the page has moved meanwhile:
 * `prepare` brings it back, and it is tried again, a few times; then it is `page-changed`.
 */
export async function captureFrame<Measure>(
  target: PageTarget,
  measure: () => Promise<Result<Measure>>,
  prepare: () => Promise<Result<unknown>> = async () => ok(null),
): Promise<Result<CapturedFrame<Measure>>> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const before = await measure();
    if (!before.ok) return before;
    const picture = await captureVisibleArea(target);
    if (!picture.ok) return picture;
    const after = await measure();
    if (!after.ok) return after;
    if (JSON.stringify(before.value) === JSON.stringify(after.value)) {
      return ok({ png: picture.value, measure: after.value });
    }
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
  }
  return fail({ kind: 'page-changed' });
}
