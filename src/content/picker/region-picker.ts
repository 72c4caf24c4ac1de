import type { Point, Rect } from '../../core/image/geometry.ts';
import {
  arrowStep,
  contains,
  edgeScroll,
  type Grip,
  middleOf,
  moveRect,
  offsetRect,
  rectBetween,
  resizeRect,
  shortestSidePx,
} from '../../core/picker/region.ts';
import { type BoxView, createBoxView } from './box-view.ts';
import {
  type ContentSpace,
  canScroll,
  documentScroller,
  paneAt,
  scrollContent,
  spaceOf,
  windowView,
} from './content-space.ts';
import { type Overlay, say } from './overlay.ts';
import { boxOf } from './page-tree.ts';
import type { Picker, PickerContext } from './picker.ts';
import { words } from './words.ts';

/** A drag: what it does, and from where. `from` and `rect` are in the content that is scrolled. */
type Drag =
  | { does: 'draw'; from: Point; before: Rect | null }
  | { does: 'move' | 'resize'; grip: Grip; from: Point; rect: Rect };

const noGrip: Grip = { x: 0, y: 0 };

/**
 * The rectangle is kept in the coordinates of what is scrolled: of the document, until a drag has to scroll a pane;
 * then of that pane, and inside it.
 */
export function createRegionPicker(overlay: Overlay, context: PickerContext): Picker & { stop(): void } {
  const { area, box, gripElements, take, leave, hint, root } = overlay;
  const view: BoxView = createBoxView(overlay);
  let scroller = documentScroller();
  let rect: Rect | null = null;
  let drag: Drag | null = null;
  /** The pane in which the drag began; it scrolls where the document cannot. */
  let pane: Element | null = null;
  let pointer: Point = { x: 0, y: 0 };
  let frame = 0;

  const space = (): ContentSpace => spaceOf(scroller);
  const toContent = ({ x, y }: Point, { origin }: ContentSpace): Point => ({
    x: x - origin.x,
    y: y - origin.y,
  });

  function draw(): void {
    const { origin } = space();
    const shown = rect && offsetRect(rect, origin);
    view.draw(shown, rect ? words('pickSize', Math.round(rect.width), Math.round(rect.height)) : '');
    say(hint, words(rect ? 'pickRegionAdjust' : 'pickRegionHint'));
    if (!rect) return;
    const spokenSize = words('pickSizeSpoken', Math.round(rect.width), Math.round(rect.height));
    for (const grip of gripElements.keys()) {
      if (!grip.role) continue;
      grip.ariaValueNow = String(Math.round(rect.width));
      grip.ariaValueText = spokenSize;
    }
  }

  function speak(): void {
    if (!rect) return;
    const { x, y } = offsetRect(rect, space().origin);
    const { width, height } = rect;
    view.speak(words('pickRegionSpoken', ...[width, height, x, y].map(Math.round)));
  }

  function dragTo(at: Point): void {
    if (!drag) return;
    const here = space();
    const to = toContent(at, here);
    const by = { x: to.x - drag.from.x, y: to.y - drag.from.y };
    if (drag.does === 'draw') rect = rectBetween(drag.from, to, here.bounds);
    else if (drag.does === 'move') rect = moveRect(drag.rect, by, here.bounds);
    else rect = resizeRect(drag.rect, drag.grip, by, here.bounds);
    draw();
  }

  /** Scrolls what should be scrolled for this rectangle; false when nothing can. */
  function scrollFor(by: Point): boolean {
    const isDocument = scroller === documentScroller();
    const mayTurnToPane = isDocument && pane?.isConnected && canScroll(pane, by);
    if (mayTurnToPane && pane && (reachesEdge(pane, by) || !canScroll(scroller, by))) turnTo(pane);
    if (!canScroll(scroller, by)) return false;
    context.noteScroll(scroller);
    scrollContent(scroller, by);
    return true;
  }

  /** From now on the rectangle belongs to the pane's content. */
  function turnTo(next: Element): void {
    const from = space().origin;
    scroller = next;
    pane = null;
    const { origin, bounds } = space();
    const shift = { x: from.x - origin.x, y: from.y - origin.y };
    const inPane = (old: Rect): Rect => {
      const { x, y, width, height } = offsetRect(old, shift);
      return rectBetween({ x, y }, { x: x + width, y: y + height }, bounds);
    };
    rect = rect && inPane(rect);
    if (!drag) return;
    drag.from = { x: drag.from.x + shift.x, y: drag.from.y + shift.y };
    if (drag.does !== 'draw') drag.rect = inPane(drag.rect);
  }

  function scrollAtEdge(): void {
    frame = 0;
    if (!drag) return;
    const by = edgeScroll(pointer, windowView());
    if ((by.x === 0 && by.y === 0) || !scrollFor(by)) return;
    dragTo(pointer);
    frame = requestAnimationFrame(scrollAtEdge);
  }

  function stopDrag(): void {
    drag = null;
    cancelAnimationFrame(frame);
    frame = 0;
    view.setDragging(false);
  }

  function keyStep(step: Point): void {
    if (!rect) {
      startInTheMiddle();
      return;
    }
    const focused = root.activeElement;
    const grip = focused instanceof HTMLElement ? gripElements.get(focused) : undefined;
    revealStep(rect, grip, step);
    const { bounds } = space();
    rect = grip ? resizeRect(rect, grip, step, bounds) : moveRect(rect, step, bounds);
    draw();
    speak();
  }

  /** Scrolls before a key would bring an edge out of the window. */
  function revealStep(before: Rect, grip: Grip | undefined, step: Point): void {
    const shown = offsetRect(before, space().origin);
    const seen = windowView();
    const edge = (low: number, length: number, held: number, by: number) =>
      held === 0 ? (by > 0 ? low + length : low) : held > 0 ? low + length : low;
    const { x: heldX, y: heldY } = grip ?? noGrip;
    const x = edge(shown.x, shown.width, heldX, step.x) + step.x;
    const y = edge(shown.y, shown.height, heldY, step.y) + step.y;
    const isOut =
      (step.x < 0 && x < 0) ||
      (step.x > 0 && x > seen.width) ||
      (step.y < 0 && y < 0) ||
      (step.y > 0 && y > seen.height);
    if (!isOut) return;
    pane ??= paneAt({ x: clampTo(x, seen.width), y: clampTo(y, seen.height) }, overlay.host);
    scrollFor(step);
  }

  function startInTheMiddle(): void {
    scroller = documentScroller();
    const { origin } = space();
    const { offsetLeft = 0, offsetTop = 0, width = innerWidth, height = innerHeight } = visualViewport ?? {};
    rect = middleOf({ x: offsetLeft - origin.x, y: offsetTop - origin.y, width, height });
    draw();
    speak();
  }

  function walkFocus(isBackwards: boolean): void {
    const stops: HTMLElement[] = rect
      ? [area, ...[...gripElements.keys()].filter(({ tabIndex }) => tabIndex === 0), leave, take]
      : [area, leave];
    const focused = root.activeElement;
    const at = focused instanceof HTMLElement ? stops.indexOf(focused) : 0;
    stops.at((at + (isBackwards ? -1 : 1)) % stops.length)?.focus({ preventScroll: true });
  }

  draw();
  return {
    press(at, on) {
      const here = space();
      const from = toContent(at, here);
      pointer = at;
      const grip = on instanceof HTMLElement ? gripElements.get(on) : undefined;
      if (rect && grip) drag = { does: 'resize', grip, from, rect };
      else if (rect && on === box) drag = { does: 'move', grip: noGrip, from, rect };
      else {
        const before = rect && offsetRect(rect, here.origin);
        pane = paneAt(at, overlay.host);
        scroller = documentScroller();
        const documentSpace = space();
        rect = before && offsetRect(before, negative(documentSpace.origin));
        drag = { does: 'draw', from: toContent(at, documentSpace), before };
      }
      view.setDragging(true);
      area.focus({ preventScroll: true });
      draw();
    },
    move(at) {
      if (!drag) return;
      pointer = at;
      dragTo(at);
      if (frame === 0) frame = requestAnimationFrame(scrollAtEdge);
    },
    release(_at, isCancelled) {
      const ended = drag;
      stopDrag();
      // A click without a drag is a slip: what was drawn before stays.
      const isTooSmall = rect !== null && Math.min(rect.width, rect.height) < shortestSidePx;
      if (ended?.does === 'draw' && (isTooSmall || isCancelled)) {
        rect = ended.before && offsetRect(ended.before, negative(space().origin));
      }
      draw();
      speak();
    },
    wheel(at, by) {
      const target = [scroller, paneAt(at, overlay.host), documentScroller()].find(
        candidate => candidate !== null && canScroll(candidate, by),
      );
      if (!target) return;
      context.forgetScroll(target);
      scrollContent(target, by);
      if (drag) dragTo(pointer);
    },
    key(event) {
      const step = arrowStep(event.key, event.shiftKey);
      if (step) keyStep(step);
      else if (event.key === 'Tab') walkFocus(event.shiftKey);
      else if (event.key === 'Enter' && rect) context.take();
      else if (event.key === 'Enter') startInTheMiddle();
    },
    shift: draw,
    subject() {
      if (!rect || drag) return null;
      const shown = offsetRect(rect, space().origin);
      // What is seen whole needs no scrolling, whoever scrolled it here.
      if (scroller === documentScroller() || !contains(windowView(), shown)) {
        return { kind: 'area', scroller, rect };
      }
      const page = documentScroller();
      return { kind: 'area', scroller: page, rect: offsetRect(shown, negative(spaceOf(page).origin)) };
    },
    stop() {
      stopDrag();
      view.stop();
    },
  };
}

/** Whether the pane goes on at the edge of the window towards which a drag pulls. */
function reachesEdge(pane: Element, by: Point): boolean {
  const { left, top, right, bottom } = boxOf(pane);
  const seen = windowView();
  return (
    (by.x < 0 && left <= 1) ||
    (by.x > 0 && right >= seen.width - 1) ||
    (by.y < 0 && top <= 1) ||
    (by.y > 0 && bottom >= seen.height - 1)
  );
}

function negative({ x, y }: Point): Point {
  return { x: -x, y: -y };
}

function clampTo(value: number, length: number): number {
  return Math.min(Math.max(value, 1), length - 1);
}
