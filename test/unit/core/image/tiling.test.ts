import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  nextTile,
  nothingCovered,
  type SlicePosition,
  shownPart,
  sliceCount,
  type Tile,
} from '../../../../src/core/image/tiling.ts';

/** A page of whole device px behind a window, as a browser shows it: it scrolls by whole device px. */
interface Page {
  /** Device px for a CSS px. */
  scale: number;
  /** The window and what of it shows the content, device px. */
  window: { width: number; height: number };
  clip: { x: number; y: number; width: number; height: number };
  /** Where the content begins in the window at scroll position 0, and how large it is: device px, any fraction. */
  start: { x: number; y: number };
  content: { width: number; height: number };
}

const pages: fc.Arbitrary<Page> = fc
  .record({
    scale: fc.oneof(
      fc.constantFrom(0.5, 0.67, 0.8375, 1, 1.25, 1.5, 2, 2.5, 3, 9),
      fc.double({ min: 0.3, max: 9, noNaN: true }),
    ),
    window: fc.record({
      width: fc.integer({ min: 300, max: 900 }),
      height: fc.integer({ min: 200, max: 700 }),
    }),
    inset: fc.record({
      left: fc.integer({ min: 0, max: 6_400 }),
      top: fc.integer({ min: 0, max: 6_400 }),
      right: fc.integer({ min: 0, max: 3_200 }),
      bottom: fc.integer({ min: 0, max: 3_200 }),
    }),
    content: fc.record({
      width: fc.integer({ min: 64, max: 2_500 * 64 }),
      height: fc.integer({ min: 64, max: 4_000 * 64 }),
    }),
  })
  .map(({ scale, window, inset, content }) => {
    // Browsers lay out in 64ths of a px.
    const at = { x: inset.left / 64, y: inset.top / 64 };
    return {
      scale,
      window,
      clip: {
        ...at,
        width: window.width - at.x - inset.right / 64,
        height: window.height - at.y - inset.bottom / 64,
      },
      start: at,
      content: { width: content.width / 64, height: content.height / 64 },
    };
  });

/** Scrolls a page as the worker does, and answers the tiles. Fails when it does not come to an end. */
function tilesOf(page: Page): {
  tiles: Tile[];
  scrolled: { x: number; y: number }[];
  whole: { width: number; height: number };
} {
  const { scale, window, clip, start, content } = page;
  const css = (length: number) => length / scale;
  const most = {
    x: Math.max(0, Math.ceil(start.x + content.width - clip.x - clip.width)),
    y: Math.max(0, Math.ceil(start.y + content.height - clip.y - clip.height)),
  };
  const tiles: Tile[] = [];
  const scrolled: { x: number; y: number }[] = [];
  let covered = nothingCovered;
  for (let step = 0; step < 2_000; step++) {
    const goal = (done: number, axis: 'x' | 'y') =>
      Math.min(most[axis], Math.max(0, Math.round(start[axis] - clip[axis] + Math.max(0, done - 0.49))));
    const scroll = { x: goal(covered.left, 'x'), y: goal(covered.top, 'y') };
    const origin = { x: start.x - scroll.x, y: start.y - scroll.y };
    const position: SlicePosition = {
      view: { width: css(window.width), height: css(window.height), pinch: { x: 0, y: 0, scale: 1 } },
      origin: { x: css(origin.x), y: css(origin.y) },
      clip: { x: css(clip.x), y: css(clip.y), width: css(clip.width), height: css(clip.height) },
      size: { width: css(content.width), height: css(content.height) },
      atEnd: { x: scroll.x >= most.x, y: scroll.y >= most.y },
      isCut: false,
    };
    const shown = shownPart(position, window);
    const next = shown && nextTile(shown, position.atEnd, covered);
    if (!shown || !next)
      throw new Error(`nothing new at ${JSON.stringify({ step, covered, position, shown })}`);
    tiles.push(next.tile);
    scrolled.push(scroll);
    covered = next.covered;
    if (next.isDone) return { tiles, scrolled, whole: { width: shown.whole.width, height: covered.top } };
  }
  throw new Error('no end');
}

function overlap(one: Tile, other: Tile): boolean {
  return (
    one.to.x < other.to.x + other.from.width &&
    other.to.x < one.to.x + one.from.width &&
    one.to.y < other.to.y + other.from.height &&
    other.to.y < one.to.y + one.from.height
  );
}

test('tiles cover the whole picture once: no gap, no overlap', () => {
  fc.assert(
    fc.property(pages, page => {
      const { tiles, whole } = tilesOf(page);
      expect(tiles.reduce((sum, { from }) => sum + from.width * from.height, 0)).toBe(
        whole.width * whole.height,
      );
      const overlaps = tiles.some((one, index) => tiles.slice(0, index).some(other => overlap(one, other)));
      expect(overlaps).toBe(false);
      expect(Math.abs(whole.width - page.content.width)).toBeLessThanOrEqual(1);
      expect(Math.abs(whole.height - page.content.height)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );
});

test('the same row of the content lands on the same row of the picture, whichever tile it is in', () => {
  fc.assert(
    fc.property(pages, page => {
      const { tiles, scrolled } = tilesOf(page);
      const shifts = tiles.map(({ from, to }, index) => ({
        x: to.x - from.x - (scrolled[index]?.x ?? 0),
        y: to.y - from.y - (scrolled[index]?.y ?? 0),
      }));
      for (const shift of shifts) expect(shift).toEqual(shifts[0]);
    }),
    { numRuns: 500 },
  );
});

test('tiles lie inside of the frame', () => {
  fc.assert(
    fc.property(pages, page => {
      for (const { from } of tilesOf(page).tiles) {
        expect(from.x >= 0 && from.y >= 0 && from.width > 0 && from.height > 0).toBe(true);
        expect(from.x + from.width).toBeLessThanOrEqual(page.window.width);
        expect(from.y + from.height).toBeLessThanOrEqual(page.window.height);
      }
    }),
  );
});

test('no frame more is taken than the page needs, and the last one is no sliver', () => {
  const page: Page = {
    scale: 1,
    window: { width: 1_000, height: 800 },
    clip: { x: 0, y: 0, width: 1_000, height: 800 },
    start: { x: 0, y: 0 },
    content: { width: 1_000, height: 15_010 },
  };
  const heights = tilesOf(page).tiles.map(({ from }) => from.height);
  expect(heights).toHaveLength(19);
  expect(Math.min(...heights)).toBeGreaterThan(780);
  expect(sliceCount(1_600, 800)).toBe(2);
  expect(sliceCount(1_600.0001, 800)).toBe(2);
  expect(sliceCount(10, 800)).toBe(1);
});

test('a frame that does not go on where the last one ended is refused', () => {
  const shown = {
    offset: { x: 0, y: -500 },
    visible: { x: 0, y: 500, width: 100, height: 80 },
    whole: { width: 100, height: 1_000 },
  };
  const atEnd = { x: true, y: false };
  expect(nextTile(shown, atEnd, { top: 499, left: 0, bandBottom: null })).toBeNull();
  expect(nextTile(shown, atEnd, { top: 580, left: 0, bandBottom: null })).toBeNull();
  expect(nextTile(shown, atEnd, { top: 500, left: 0, bandBottom: null })?.tile.to).toEqual({ x: 0, y: 500 });
});

test('what cannot be scrolled to is the end, even where the page claims to be longer', () => {
  const shown = {
    offset: { x: 0, y: 0 },
    visible: { x: 0, y: 0, width: 100, height: 80 },
    whole: { width: 100, height: 81 },
  };
  expect(nextTile({ ...shown }, { x: true, y: true }, { top: 41, left: 0, bandBottom: null })).toMatchObject({
    isDone: true,
    covered: { top: 80 },
  });
});
