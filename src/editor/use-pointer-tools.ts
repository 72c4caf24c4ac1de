import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from '../core/image/geometry.ts';
import { isIn, markAt } from '../core/marks/hit-test.ts';
import type { Mark } from '../core/marks/mark.ts';
import { textMark } from '../core/marks/new-mark.ts';
import type { Measure } from '../core/marks/text-layout.ts';
import { clampPoint, type Handle, type RectHandle, rectHandles } from '../core/marks/transform.ts';
import { changeDrag, cropDrag, type Drag, type DragTools, drawDrag, penDrag } from './drags.ts';
import { nextStyle, selectedMark, shownPart } from './editor-state.ts';

export interface PointerTools {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: (event: PointerEvent) => void;
  onDblClick: (event: MouseEvent) => void;
  onMouseDown: (event: MouseEvent) => void;
}

interface PointerToolsOptions extends DragTools {
  stage: RefObject<HTMLElement | null>;
  sheet: RefObject<SVGSVGElement | null>;
  scale: number;
  measure: Measure;
  /** The space bar is held: dragging moves the view. */
  isSpaceHeld: RefObject<boolean>;
  onDrawn: (mark: Mark) => void;
  /** A mark was pressed, or nothing was. */
  onPressed: (mark: Mark | null) => void;
  /** The words of a mark are to be typed. */
  onWrite: (mark: Mark) => void;
}

/** How near to a mark a press still counts, in CSS px. */
const tolerancePx = 6;

/** What mouse, pen and finger do on the picture. Moves are put together: one step for each drawn frame. */
export function usePointerTools(options: PointerToolsOptions): PointerTools & { cancelDrag: () => boolean } {
  const latest = useRef(options);
  latest.current = options;
  const running = useRef<{ drag: Drag; pointerId: number } | null>(null);
  const pending = useRef<{ points: Point[]; isStraight: boolean; frame: number } | null>(null);

  function place(event: MouseEvent): Point {
    const { sheet, scale, state } = latest.current;
    const box = sheet.current?.getBoundingClientRect();
    const view = shownPart(state);
    const tenth = (value: number) => Math.round(value * 10) / 10;
    return {
      x: tenth(view.x + (event.clientX - (box?.left ?? 0)) / scale),
      y: tenth(view.y + (event.clientY - (box?.top ?? 0)) / scale),
    };
  }

  function flush() {
    const moves = pending.current;
    pending.current = null;
    if (!moves) return;
    cancelAnimationFrame(moves.frame);
    running.current?.drag.move(moves.points, moves.isStraight);
  }

  function cancelDrag(): boolean {
    const drag = running.current?.drag;
    if (pending.current) cancelAnimationFrame(pending.current.frame);
    pending.current = null;
    running.current = null;
    drag?.cancel();
    return drag !== undefined;
  }

  useEffect(() => () => void (pending.current && cancelAnimationFrame(pending.current.frame)), []);

  return {
    cancelDrag,
    onPointerDown(event) {
      // A second finger is a pinch: what the first began was not meant.
      if (running.current) return void cancelDrag();
      if (document.activeElement instanceof HTMLTextAreaElement) {
        if (event.target !== document.activeElement) document.activeElement.blur();
        return;
      }
      if (!isOnPage(event, latest.current.stage.current)) return;
      const drag = begin(event, place(event), latest.current);
      if (!drag) return;
      running.current = { drag, pointerId: event.pointerId };
      latest.current.stage.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove(event) {
      if (running.current?.pointerId !== event.pointerId) return;
      const all = event.getCoalescedEvents();
      const points = (all.length === 0 ? [event] : all).map(place);
      if (pending.current) {
        pending.current.points.push(...points);
        pending.current.isStraight = event.shiftKey;
      } else {
        pending.current = { points, isStraight: event.shiftKey, frame: requestAnimationFrame(flush) };
      }
    },
    onPointerUp(event) {
      if (running.current?.pointerId !== event.pointerId) return;
      flush();
      const { drag } = running.current;
      running.current = null;
      drag.end();
    },
    onPointerCancel(event) {
      if (running.current?.pointerId === event.pointerId) cancelDrag();
    },
    onDblClick(event) {
      if (event.target instanceof HTMLTextAreaElement) return;
      const { state, measure, scale, onWrite } = latest.current;
      const mark = markAt(state.history.present.marks, place(event), tolerancePx / scale, measure);
      if (mark) onWrite(mark);
    },
    // The focus goes where the tools put it, and not to whatever shape is under the pointer.
    onMouseDown(event) {
      if (!(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
    },
  };
}

/** Not on a scroll bar, which is the stage's own. */
function isOnPage({ clientX, clientY }: MouseEvent, stage: HTMLElement | null): boolean {
  const box = stage?.getBoundingClientRect();
  return !stage || !box || (clientX - box.left < stage.clientWidth && clientY - box.top < stage.clientHeight);
}

function begin(event: PointerEvent, from: Point, options: PointerToolsOptions): Drag | null {
  const { state, scale, measure, stage, onPressed, onDrawn, onWrite, newId } = options;
  const isMain = event.button === 0;
  if (event.button === 1 || (isMain && options.isSpaceHeld.current)) return panDrag(event, stage.current);
  if (!isMain) return null;
  const handle = handleUnder(event.target);
  const { tool, picture } = state;
  if (tool === 'crop') {
    const start = state.cropping;
    const isWhole = start?.width === picture.width && start.height === picture.height;
    const kind = isRectHandle(handle) ? handle : start && !isWhole && isIn(from, start) ? 'move' : 'new';
    return cropDrag(kind, from, options);
  }
  const selected = selectedMark(state);
  if (handle && selected) return changeDrag(selected, handle, from, options);
  if (tool === 'select') {
    const mark = markAt(state.history.present.marks, from, tolerancePx / scale, measure);
    onPressed(mark);
    if (mark) return changeDrag(mark, null, from, options);
    // A finger scrolls by itself.
    return event.pointerType === 'mouse' ? panDrag(event, stage.current) : null;
  }
  if (tool === 'pen') return penDrag(from, options, 1 / scale, onDrawn);
  const style = nextStyle(state, tool);
  if (tool === 'text')
    return clickDrag(() => onWrite(textMark(newId(), clampPoint(from, picture), '', style, picture)));
  if (tool === 'step') {
    return clickDrag(() => {
      const step: Mark = { id: newId(), tool, at: clampPoint(from, picture), text: '', style };
      options.act({ name: 'edit', edit: { name: 'add', marks: [step] }, select: step.id });
      onDrawn(step);
    });
  }
  return drawDrag(tool, from, options, onDrawn);
}

function clickDrag(end: () => void): Drag {
  return { move() {}, end, cancel() {} };
}

/** Moves the view with the pointer; by the screen's px, since the picture moves along. */
function panDrag(event: PointerEvent, stage: HTMLElement | null): Drag {
  const start = { x: stage?.scrollLeft ?? 0, y: stage?.scrollTop ?? 0 };
  const onMove = (moved: PointerEvent) => {
    if (moved.pointerId !== event.pointerId) return;
    stage?.scrollTo(start.x - (moved.clientX - event.clientX), start.y - (moved.clientY - event.clientY));
  };
  stage?.addEventListener('pointermove', onMove);
  const end = () => stage?.removeEventListener('pointermove', onMove);
  return { move() {}, end, cancel: end };
}

function handleUnder(target: EventTarget | null): Handle | null {
  const held = target instanceof Element ? target.closest('[data-handle]') : null;
  const name = held?.getAttribute('data-handle') ?? null;
  return name === 'from' || name === 'to' || isRectHandle(name) ? name : null;
}

function isRectHandle(name: string | null): name is RectHandle {
  return rectHandles.some(handle => handle === name);
}
