import { intersection, type Point, type Rect, toPicture, type ViewGeometry } from './geometry.ts';

/** Pages that grow for ever are cut here: CSS px of height, and as many frames. */
export const pageHeightLimitPx = 30_000;
export const sliceLimit = 60;

/** Where a page stands while one frame of it is taken; all in CSS px of the layout viewport. */
export interface SlicePosition {
  view: ViewGeometry;
  /** Where the top left corner of the whole picture lies; far outside of the window once it is scrolled away. */
  origin: Point;
  /** What of the window shows the picture's content: no scroll bars, and no neighbours of a pane. */
  clip: Rect;
  /** The whole picture. A page may grow while it is scrolled. */
  size: { width: number; height: number };
  /** Nothing more comes into view by scrolling on. */
  atEnd: { x: boolean; y: boolean };
  /** The page goes on below, past the limit that was set. */
  isCut: boolean;
}

/** What a frame shows of the whole picture, in whole px of the frame's scale. */
export interface ShownPart {
  /** Where the picture's corner lies in the frame. */
  offset: Point;
  /** What is seen, from the picture's corner. */
  visible: Rect;
  /** The size of the whole picture as it is known now. */
  whole: { width: number; height: number };
}

/** A part of a frame and its place in the whole picture, px; both have the same size. */
export interface Tile {
  from: Rect;
  to: Point;
}

/**
 * The frame in px of the whole picture; null when it shows nothing of it. Every edge is rounded once, from the same
 * sum that the browser rounds when it paints, so that frames fit each other without a gap or a doubled row.
 */
export function shownPart(
  position: SlicePosition,
  bitmap: { width: number; height: number },
): ShownPart | null {
  const { origin, clip, size, view } = position;
  const whole = roundEdges(toPicture({ ...origin, ...size }, bitmap, view));
  const frame = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
  const inFrame = intersection(roundEdges(toPicture(clip, bitmap, view)), frame);
  const seen = inFrame && intersection(inFrame, whole);
  if (!seen) return null;
  return {
    offset: { x: whole.x, y: whole.y },
    visible: { ...seen, x: seen.x - whole.x, y: seen.y - whole.y },
    whole: { width: whole.width, height: whole.height },
  };
}

// Half a pixel comes out of the browser as a hair less or more than half; its own grid is 1/64.
const hair = 1e-3;

function roundEdges({ x, y, width, height }: Rect): Rect {
  const round = (edge: number) => Math.floor(edge + 0.5 + hair);
  const left = round(x);
  const top = round(y);
  return { x: left, y: top, width: round(x + width) - left, height: round(y + height) - top };
}

/** What is taken of the picture already: rows above `top` wholly, and of the band below it the columns left of `left`. */
export interface Covered {
  top: number;
  left: number;
  /** Where the band that is being filled ends; null before its first tile. */
  bandBottom: number | null;
}

export const nothingCovered: Covered = { top: 0, left: 0, bandBottom: null };

/**
 * The new part of a frame, and what is covered with it. Tiles come row by row, do not overlap, and share out what is
 * left in equal heights, so that the last one is not a sliver that would cut a footer in two. Null when the frame
 * does not go on where the last one ended: then the page has moved.
 */
export function nextTile(
  shown: ShownPart,
  atEnd: SlicePosition['atEnd'],
  covered: Covered,
): { tile: Tile; covered: Covered; isDone: boolean } | null {
  const { visible, offset, whole } = shown;
  const right = visible.x + visible.width;
  const bottom =
    covered.bandBottom ?? Math.min(visible.y + visible.height, covered.top + bandHeight(shown, covered.top));
  const isConnected =
    visible.x <= covered.left &&
    visible.y <= covered.top &&
    right > covered.left &&
    bottom > covered.top &&
    bottom <= visible.y + visible.height;
  if (!isConnected) return null;
  const place = { x: covered.left, y: covered.top };
  const tile: Tile = {
    from: {
      x: offset.x + place.x,
      y: offset.y + place.y,
      width: right - place.x,
      height: bottom - place.y,
    },
    to: place,
  };
  if (right < whole.width && !atEnd.x) {
    return { tile, covered: { top: covered.top, left: right, bandBottom: bottom }, isDone: false };
  }
  const isLowest = bottom >= visible.y + visible.height && atEnd.y;
  return {
    tile,
    covered: { top: bottom, left: 0, bandBottom: null },
    isDone: bottom >= whole.height || isLowest,
  };
}

function bandHeight({ visible, whole }: ShownPart, top: number): number {
  const left = whole.height - top;
  return Math.ceil(left / sliceCount(left, visible.height));
}

/** Frames that it takes to show `length` by windows of `step`, in the same unit. A hair of rest takes none. */
export function sliceCount(length: number, step: number): number {
  return Math.max(1, Math.ceil(length / step - hair));
}
