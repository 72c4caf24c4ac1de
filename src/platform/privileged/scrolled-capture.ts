import type { PageView } from '../../contract/scroll-answers.ts';
import { pictureScale, toPicture, type ViewGeometry } from '../../core/image/geometry.ts';
import { partHeightLimit } from '../../core/image/split-rows.ts';
import {
  type Covered,
  nothingCovered,
  pageHeightLimitPx,
  type ShownPart,
  sliceLimit,
  type Tile,
} from '../../core/image/tiling.ts';
import { cropWords, mapWords, mergeKnownWords } from '../../core/redaction/merge-words.ts';
import type { PageWords } from '../../core/redaction/page-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { captureFrame } from './frame.ts';
import { createMosaic, type Mosaic } from './mosaic.ts';
import { openPageScroller, type RemoteScroller } from './page-scroller.ts';
import type { PageTarget } from './page-target.ts';
import { captureVisibleArea } from './screenshot.ts';
import { goal, pngSizeOf, type Slice, takeSlice } from './take-slice.ts';

export interface CapturedPicture {
  png: Blob;
  widthPx: number;
  heightPx: number;
  /** With places in px of this picture; null where the page's words cannot be read. */
  words: PageWords | null;
}

export interface Captured {
  /** From the top down; several where a tall page was cut at quiet rows. */
  pictures: CapturedPicture[];
  /** The page goes on: so many CSS px of its height were taken. */
  cutAtPx: number | null;
}

export interface CaptureOptions {
  signal: AbortSignal;
  /** Frames taken, and how many it takes as far as is known. */
  onProgress(done: number, total: number): void;
  /** Reads the words that the window shows now (CSS px of the layout viewport); null where it cannot. */
  readWords(target: PageTarget): Promise<PageWords | null>;
  /** How many pictures a tall page may become at most. */
  maxPictures: number;
}

// What is in view needs no script: a page that is too busy to answer is taken all the same, without its words.
const viewAnswerMs = 1_500;

/** The visible area, as the browser's own bytes. Where no script runs, without words. */
export async function captureView(target: PageTarget, options: CaptureOptions): Promise<Result<Captured>> {
  const { signal, readWords } = options;
  if (signal.aborted) return fail({ kind: 'capture-cancelled' });
  const scroller = await openPageScroller(target, viewAnswerMs);
  if (!scroller.ok || !(await scroller.value.view()).ok) {
    const picture = await captureVisibleArea(target);
    if (signal.aborted) return fail({ kind: 'capture-cancelled' });
    return picture.ok ? wholeFrame(picture.value, null, null) : picture;
  }
  const frame = await captureFrame<PageView>({
    capture: () => captureVisibleArea(target),
    measure: scroller.value.view,
    readWords: () => readWords(target),
  });
  if (signal.aborted) return fail({ kind: 'capture-cancelled' });
  return frame.ok ? wholeFrame(frame.value.png, frame.value.words, frame.value.measure.view) : frame;
}

/** The page from its top to its end, in the width that is seen. */
export function capturePage(target: PageTarget, options: CaptureOptions): Promise<Result<Captured>> {
  return captureScrolled(target, 'page', options);
}

/** What was picked in the page (`captureForAssembly.subject`), scrolled to see all of it where it must be. */
export function captureSubject(target: PageTarget, options: CaptureOptions): Promise<Result<Captured>> {
  return captureScrolled(target, 'subject', options);
}

async function captureScrolled(
  target: PageTarget,
  what: 'page' | 'subject',
  options: CaptureOptions,
): Promise<Result<Captured>> {
  if (options.signal.aborted) return fail({ kind: 'capture-cancelled' });
  const scroller = await openPageScroller(target);
  if (!scroller.ok) return scroller;
  const { finish } = scroller.value;
  // The page is put back at once, and not only after the slice that is under way.
  const stop = () => void finish();
  options.signal.addEventListener('abort', stop);
  try {
    const captured = await captureSlices(target, scroller.value, what, options);
    return options.signal.aborted ? fail({ kind: 'capture-cancelled' }) : captured;
  } finally {
    options.signal.removeEventListener('abort', stop);
    await finish();
  }
}

async function captureSlices(
  target: PageTarget,
  scroller: RemoteScroller,
  what: 'page' | 'subject',
  options: CaptureOptions,
): Promise<Result<Captured>> {
  const { signal, onProgress, maxPictures } = options;
  const steps = {
    scroller,
    capture: () => captureVisibleArea(target),
    readWords: () => options.readWords(target),
  };
  const plan = await scroller.start(what, pageHeightLimitPx);
  onProgress(0, plan.ok ? plan.value.slices : 1);
  if (!plan.ok) return plan;

  const mosaic = createMosaic(maxPictures);
  const words: (PageWords | null)[] = [];
  let covered = nothingCovered;
  let first: { bitmap: Slice['bitmap']; view: ViewGeometry } | null = null;
  let scale = { x: 1, y: 1 };
  let isLive = false;
  let total = plan.value.slices;
  // The last drawn slice: drawing goes on while the next one is scrolled to and waited for.
  let drawn: Promise<Result<null>> = Promise.resolve(ok(null));

  for (let done = 0; ; done++) {
    if (signal.aborted) return fail({ kind: 'capture-cancelled' });
    if (done > 0) onProgress(done, Math.max(total, done + 1));
    const stop = { at: goal(covered, scale), covered, isFirst: done === 0, isLive };
    const slice = await takeSlice(steps, stop);
    if (signal.aborted) return fail({ kind: 'capture-cancelled' });
    if (!slice.ok) return slice;
    const { png, position, shown, tile, bitmap } = slice.value;
    // Zoomed, resized or taken to another screen meanwhile: it does not fit what is there already.
    first ??= { bitmap, view: position.view };
    if (JSON.stringify(first) !== JSON.stringify({ bitmap, view: position.view })) {
      return fail({ kind: 'page-changed' });
    }
    words.push(slice.value.words);
    isLive ||= slice.value.isLive;
    covered = slice.value.covered;
    scale = pictureScale({ width: bitmap.widthPx, height: bitmap.heightPx }, position.view);

    const limit = maxPictures * partHeightLimit(shown.whole.width);
    const whole = { ...shown.whole, height: Math.min(shown.whole.height, limit) };
    const isLast = slice.value.isDone || done + 1 >= sliceLimit || covered.top >= limit;
    if (isLast && done === 0 && isWholeBitmap(tile, bitmap)) {
      onProgress(1, 1);
      const bounds = { x: 0, y: 0, width: bitmap.widthPx, height: bitmap.heightPx };
      const seen = slice.value.words && cropWords(slice.value.words, bounds);
      const cutAtPx = position.isCut ? position.size.height : null;
      return ok({ pictures: [{ png, ...bitmap, words: seen }], cutAtPx });
    }
    const before = await drawn;
    if (!before.ok) return before;
    drawn = mosaic.add(png, tile, whole);
    total = done + 1 + remainingSlices(shown, covered);
    if (!isLast) continue;

    const heightPx = Math.min(covered.top, limit);
    const isCut = position.isCut || !slice.value.isDone || heightPx < covered.top;
    onProgress(done + 1, done + 1);
    const last = await drawn;
    if (!last.ok) return last;
    // The page is free again while its picture is put together.
    await scroller.finish();
    return finishPicture(mosaic, heightPx, words, isCut ? Math.round(heightPx / scale.y) : null, signal);
  }
}

async function finishPicture(
  mosaic: Mosaic,
  heightPx: number,
  words: readonly (PageWords | null)[],
  cutAtPx: number | null,
  signal: AbortSignal,
): Promise<Result<Captured>> {
  const parts = await mosaic.finish(heightPx);
  if (signal.aborted) return fail({ kind: 'capture-cancelled' });
  if (!parts.ok) return parts;
  const known = mergeKnownWords(words);
  const pictures = parts.value.map(({ png, top, widthPx, heightPx: height }) => ({
    png,
    widthPx,
    heightPx: height,
    words: known && cropWords(known, { x: 0, y: top, width: widthPx, height }),
  }));
  return ok({ pictures, cutAtPx });
}

function remainingSlices({ whole, visible }: ShownPart, covered: Covered): number {
  const columns = Math.ceil(whole.width / visible.width);
  const bands = Math.ceil(Math.max(0, whole.height - covered.top) / visible.height);
  return Math.max(0, columns * bands - Math.round(covered.left / visible.width));
}

function isWholeBitmap({ from }: Tile, bitmap: { widthPx: number; heightPx: number }): boolean {
  return from.x === 0 && from.y === 0 && from.width === bitmap.widthPx && from.height === bitmap.heightPx;
}

async function wholeFrame(
  png: Blob,
  words: PageWords | null,
  view: ViewGeometry | null,
): Promise<Result<Captured>> {
  const size = await pngSizeOf(png);
  if (!size) return fail({ kind: 'image-unreadable' });
  const bounds = { x: 0, y: 0, width: size.widthPx, height: size.heightPx };
  const placed = words && view && mapWords(words, place => toPicture(place, bounds, view));
  return ok({
    pictures: [{ png, ...size, words: placed ? cropWords(placed, bounds) : null }],
    cutAtPx: null,
  });
}
