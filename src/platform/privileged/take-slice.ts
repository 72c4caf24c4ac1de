import { type Point, type Rect, toPicture } from '../../core/image/geometry.ts';
import { pngSize } from '../../core/image/png-size.ts';
import {
  type Covered,
  nextTile,
  type ShownPart,
  type SlicePosition,
  shownPart,
  type Tile,
} from '../../core/image/tiling.ts';
import { mapWords } from '../../core/redaction/merge-words.ts';
import type { PageWords } from '../../core/redaction/page-words.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { captureFrame } from './frame.ts';
import type { RemoteScroller } from './page-scroller.ts';

// Browsers scroll by whole device px, to the nearest. A little less than half of one is given, so that where the edges
// of a pane are fractions it is never the one behind the row that comes next.
const scrollSlackPx = 0.49;

/** Where to go for what is not covered yet, CSS px. */
export function goal({ left, top }: Covered, scale: Point): Point {
  return { x: Math.max(0, left - scrollSlackPx) / scale.x, y: Math.max(0, top - scrollSlackPx) / scale.y };
}

/** What one stop on the way gives. */
export interface Slice {
  png: Blob;
  bitmap: { widthPx: number; heightPx: number };
  position: SlicePosition;
  shown: ShownPart;
  /** Its new part; `covered` is what is taken with it. */
  tile: Tile;
  covered: Covered;
  isDone: boolean;
  /** The words of the tile, px of the whole picture. */
  words: PageWords | null;
  /** The words of the page change all the time. */
  isLive: boolean;
}

/** What is done with the page and its window. */
export interface SliceSteps {
  scroller: Pick<RemoteScroller, 'goTo' | 'where'>;
  capture(): Promise<Result<Blob>>;
  readWords(): Promise<PageWords | null>;
}

export interface Stop {
  /** CSS px of the whole picture. */
  at: Point;
  covered: Covered;
  isFirst: boolean;
  isLive: boolean;
}

// A page may jump once while its pictures come in.
const sliceTries = 3;

// A page that answers each question late would else hold one slice up for minutes.
const sliceDeadlineMs = 20_000;

/**
 * Goes to a place of the picture and takes what is new there. One that does not fit is taken again; `page-changed` where
 * it never does, and `page-not-drawn` where it all takes too long.
 */
export async function takeSlice(steps: SliceSteps, stop: Stop): Promise<Result<Slice>> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result<Slice>>(resolve => {
    timer = setTimeout(() => {
      controller.abort();
      resolve(fail({ kind: 'page-not-drawn' }));
    }, sliceDeadlineMs);
  });
  try {
    return await Promise.race([tryToTake(steps, stop, controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function tryToTake(
  { scroller, capture, readWords }: SliceSteps,
  { at, covered, isFirst, isLive }: Stop,
  signal: AbortSignal,
): Promise<Result<Slice>> {
  for (let attempt = 1; attempt <= sliceTries && !signal.aborted; attempt++) {
    // The start has brought the first one into view.
    const went = isFirst && attempt === 1 ? ok(null) : await scroller.goTo(at);
    if (!went.ok) return went;
    const prepare = () => scroller.goTo(at);
    const measure = scroller.where;
    const frame = await captureFrame({ capture, measure, readWords, prepare, isLive, signal });
    if (!frame.ok) return frame;
    const { png, measure: position, words } = frame.value;
    const bitmap = await pngSizeOf(png);
    if (!bitmap) return fail({ kind: 'image-unreadable' });
    const size = { width: bitmap.widthPx, height: bitmap.heightPx };
    const shown = shownPart(position, size);
    const next = shown && nextTile(shown, position.atEnd, covered);
    if (!next) continue;
    const placed =
      words && wordsOfTile(words, rect => toPicture(rect, size, position.view), shown, next.tile);
    return ok({ png, bitmap, position, shown, ...next, words: placed, isLive: frame.value.isLive });
  }
  return fail({ kind: 'page-changed' });
}

/** Words of the window in px of the whole picture: those that stand in this tile at least partly. */
function wordsOfTile(
  words: PageWords,
  inFrame: (place: Rect) => Rect,
  { offset }: ShownPart,
  { from }: Tile,
): PageWords {
  return mapWords(words, place => {
    const rect = inFrame(place);
    return overlaps(rect, from) ? { ...rect, x: rect.x - offset.x, y: rect.y - offset.y } : null;
  });
}

function overlaps(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/** The size of a PNG's picture; null when it is none. */
export async function pngSizeOf(png: Blob): Promise<{ widthPx: number; heightPx: number } | null> {
  return pngSize(new Uint8Array(await png.slice(0, 24).arrayBuffer()));
}
