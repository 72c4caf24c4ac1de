import type { PageScroller } from '../../contract/content-entries.ts';
import type { Point } from '../../core/image/geometry.ts';
import { type SlicePosition, sliceCount } from '../../core/image/tiling.ts';
import { isWhollySeen } from './is-wholly-seen.ts';
import { keepPlace } from './kept-place.ts';
import { measureView } from './measure-view.ts';
import { type PictureFrame, pageFrame, subjectFrame } from './picture-frame.ts';
import { createPinnedParts, type PinnedParts } from './pinned-parts.ts';
import { bringToCorner, isAtEnd, wayToCorner } from './scroll-chain.ts';
import { pinchShift } from './scrollers.ts';
import { delay, framesDrawn, picturesLoaded } from './settle.ts';
import { type StillPage, stillPage } from './still-page.ts';

// A worker that was killed calls no more: then the page is put back without it.
const silenceLimitMs = 10_000;
const preScrollLimitMs = 400;
const moveTries = 3;

interface Session {
  frame: PictureFrame;
  heightLimit: number;
  /** What was done to the page; null while nothing was. */
  changes: { still: StillPage; pinned: PinnedParts; putBack: () => void } | null;
}

let session: Session | null = null;
let silence: ReturnType<typeof setTimeout> | undefined;

export const pageScroller: PageScroller = {
  view: () => ({ view: measureView(), scroll: { x: scrollX, y: scrollY } }),

  async start(what, heightLimit) {
    finish();
    const subject = globalThis.captureForAssembly?.subject;
    const frame = what === 'page' ? pageFrame() : subject ? subjectFrame(subject) : null;
    if (!frame) return null;
    const begun: Session = { frame, heightLimit, changes: null };
    session = begun;
    if (isWhollySeen(frame)) {
      await framesDrawn(2);
      const position = positionOf(begun);
      return position && { slices: 1, isUntouched: true, position };
    }
    stayAlive();
    const putBack = keepPlace(frame.subject ?? frame.chain[0]?.element ?? document.documentElement);
    begun.changes = { still: stillPage(), pinned: createPinnedParts(frame), putBack };
    addEventListener('pagehide', finish);
    await preScroll(begun);
    // Ended meanwhile: the page is put back, and must not be scrolled any more.
    if (session !== begun) return null;
    const position = await moveTo(begun, { x: 0, y: 0 });
    if (!position) return null;
    const { clip, size } = position;
    const slices = sliceCount(size.height, clip.height) * sliceCount(size.width, clip.width);
    return { slices, isUntouched: false, position };
  },

  async goTo(at) {
    return session && moveTo(session, at);
  },

  where() {
    if (!session) return null;
    stayAlive();
    session.changes?.still.stillAgain();
    return positionOf(session);
  },

  finish,
};

function finish(): void {
  clearTimeout(silence);
  removeEventListener('pagehide', finish);
  const changes = session?.changes;
  session = null;
  if (!changes) return;
  changes.pinned.restore();
  pinchShift.moveTo({ x: 0, y: 0 });
  // While nothing is smooth and nothing snaps, so that it goes at once to the very place.
  changes.putBack();
  changes.still.restore();
}

function stayAlive(): void {
  clearTimeout(silence);
  if (session?.changes) silence = setTimeout(finish, silenceLimitMs);
}

/** Scrolls once through all of it, so that pictures that load when they are near have begun to. */
async function preScroll(begun: Session): Promise<void> {
  const { frame, heightLimit } = begun;
  const endsAt = performance.now() + preScrollLimitMs;
  const height = Math.min(frame.place()?.height ?? 0, heightLimit);
  const step = Math.max(200, frame.clip()?.height ?? 0);
  for (let y = step; session === begun && y < height && performance.now() < endsAt; y += step) {
    bringToCorner(frame, { x: 0, y });
    await framesDrawn(1);
  }
}

async function moveTo(moved: Session, at: Point): Promise<SlicePosition | null> {
  stayAlive();
  const { frame, changes } = moved;
  if (changes) {
    for (let attempt = 1; attempt <= moveTries; attempt++) {
      bringToCorner(frame, at);
      const before = wayToCorner(frame, at);
      await settle(moved, at);
      if (session !== moved) return null;
      const after = wayToCorner(frame, at);
      const hasMoved = !before || !after || Math.hypot(before.x - after.x, before.y - after.y) > 0.5;
      if (!hasMoved) break;
    }
  }
  stayAlive();
  return positionOf(moved);
}

async function settle(moved: Session, at: Point): Promise<void> {
  const { changes, frame } = moved;
  const arrange = () =>
    changes?.pinned.arrange({ isFirst: at.y <= 0, isLast: positionOf(moved)?.atEnd.y === true });
  arrange();
  await framesDrawn(2);
  await picturesLoaded();
  if (session !== moved) return;
  changes?.still.stillAgain();
  // What came with the scrolling: a header that appears, pictures that pushed the end away.
  changes?.pinned.find(at.y <= 0);
  if (arrange()) await framesDrawn(2);
  if (frame.clip() === null) await delay(50);
}

function positionOf({ frame, heightLimit }: Session): SlicePosition | null {
  const place = frame.place();
  const clip = frame.clip();
  if (!place || !clip) return null;
  const { x, y, width } = place;
  const atEnd = isAtEnd(frame);
  // Where a page ends is known to the pixel when its end is seen, and to a whole CSS px before.
  const seenHeight = clip.y + clip.height - y;
  const isExact = atEnd.y && !frame.isPicked && Math.abs(seenHeight - place.height) < 2;
  const fullHeight = isExact ? seenHeight : place.height;
  const isCut = fullHeight > heightLimit + 0.5;
  const height = isCut ? heightLimit : fullHeight;
  atEnd.y ||= seenHeight >= height;
  return { view: measureView(), origin: { x, y }, clip, size: { width, height }, atEnd, isCut };
}
