import type { Point } from '../../core/image/geometry.ts';
import { createBoxView } from './box-view.ts';
import { canScroll, documentScroller, paneAt, scrollContent } from './content-space.ts';
import { firstShown, stepFrom, type Way } from './element-walk.ts';
import { elementWords } from './element-words.ts';
import { type Overlay, say } from './overlay.ts';
import { boxOf, elementAt } from './page-tree.ts';
import type { Picker, PickerContext } from './picker.ts';
import { words } from './words.ts';

const ways = new Map<string, Way>([
  ['ArrowUp', 'parent'],
  ['ArrowDown', 'child'],
  ['ArrowLeft', 'before'],
  ['ArrowRight', 'after'],
]);
// A hand on the table shakes the mouse; that must not undo a choice made by keys.
const shakePx = 4;

export function createElementPicker(overlay: Overlay, context: PickerContext): Picker & { stop(): void } {
  const { host, hint } = overlay;
  const view = createBoxView(overlay);
  let current: Element | null = null;
  let pointer: Point | null = null;
  let pressed: { at: Point; element: Element | null } | null = null;
  let keyedAt: Point | null = null;
  let frame = 0;

  function draw(): void {
    if (current && !current.isConnected) current = null;
    if (!current) {
      view.draw(null, '');
      return;
    }
    const { x, y, width, height } = boxOf(current);
    const size = [Math.round(width), Math.round(height)] as const;
    view.draw({ x, y, width, height }, words('pickElementSize', elementWords(current), ...size));
  }

  function choose(element: Element | null): void {
    const isOther = element !== current;
    current = element;
    draw();
    if (!element || !isOther) return;
    const { width, height } = boxOf(element);
    view.speak(words('pickElementSpoken', elementWords(element), Math.round(width), Math.round(height)));
  }

  /** Once a frame, however often the pointer reports. */
  function follow(): void {
    frame = 0;
    if (pointer && !keyedAt) choose(elementAt(pointer, host));
  }

  function walk(way: Way): void {
    const start = current ?? firstShown(document.body ?? document.documentElement, host);
    if (!start) return;
    const next = current ? stepFrom(current, way, host) : start;
    keyedAt = pointer ?? { x: -1, y: -1 };
    reveal(next);
    choose(next);
  }

  function reveal(element: Element): void {
    const { top, bottom, left, right } = boxOf(element);
    const isSeen = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    if (isSeen) return;
    const scrollers = [paneOf(element), documentScroller()];
    for (const scroller of scrollers) if (scroller) context.noteScroll(scroller);
    Element.prototype.scrollIntoView.call(element, {
      block: 'nearest',
      inline: 'nearest',
      behavior: 'instant',
    });
  }

  function paneOf(element: Element): Element | null {
    const { x, y, width, height } = boxOf(element);
    return paneAt({ x: x + width / 2, y: y + height / 2 }, host);
  }

  say(hint, words('pickElementHint'));
  draw();
  return {
    press(at, _on, event) {
      keyedAt = null;
      const element = elementAt(at, host);
      // A mouse has shown by hovering what it would take. A finger shows first, and takes by a second tap.
      pressed = { at, element: event.pointerType === 'mouse' || element === current ? element : null };
      choose(element);
    },
    move(at, event) {
      pointer = at;
      if (keyedAt && Math.hypot(at.x - keyedAt.x, at.y - keyedAt.y) > shakePx) keyedAt = null;
      if (event.pointerType === 'mouse' && frame === 0) frame = requestAnimationFrame(follow);
    },
    release(at, isCancelled) {
      const isClick = pressed && Math.hypot(at.x - pressed.at.x, at.y - pressed.at.y) <= shakePx * 2;
      const element = pressed?.element;
      pressed = null;
      if (isCancelled || !isClick || !element || elementAt(at, host) !== element) return;
      choose(element);
      context.take();
    },
    wheel(at, by) {
      const target = [paneAt(at, host), documentScroller()].find(
        candidate => candidate !== null && canScroll(candidate, by),
      );
      if (!target) return;
      context.forgetScroll(target);
      scrollContent(target, by);
    },
    key(event) {
      const way = ways.get(event.key);
      if (way) walk(way);
      else if (event.key === 'Tab') walk(event.shiftKey ? 'previous' : 'next');
      else if (event.key === 'Enter') context.take();
    },
    shift() {
      if (frame === 0) frame = requestAnimationFrame(follow);
      draw();
    },
    subject: () => (current?.isConnected ? { kind: 'element', element: current } : null),
    stop() {
      cancelAnimationFrame(frame);
      view.stop();
    },
  };
}
