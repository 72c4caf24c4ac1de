import { type Point, roundRect } from '../core/image/geometry.ts';
import type { Mark } from '../core/marks/mark.ts';
import { drawnMark } from '../core/marks/new-mark.ts';
import { withPenPoint } from '../core/marks/pen-points.ts';
import {
  clampPoint,
  type Handle,
  moveMark,
  type RectHandle,
  resizeMark,
  resizeRect,
} from '../core/marks/transform.ts';
import { type EditorAction, type EditorState, nextStyle } from './editor-state.ts';

/** What one hold of the pointer does, from press to release. Points are in px of the picture. */
export interface Drag {
  /** All points since the last call; `isStraight`: Shift is held. */
  move(points: readonly Point[], isStraight: boolean): void;
  end(): void;
  /** Takes back what was done so far. */
  cancel(): void;
}

export interface DragTools {
  state: EditorState;
  act: (action: EditorAction) => void;
  /** A new id, and a name for a gesture. */
  newId: () => string;
}

/** Shorter than this (picture px at 100 %) is a click, which draws nothing. */
const leastDragPx = 3;

const cropLeastPx = 8;

/** Draws a mark by its tool; ended at once it leaves nothing. */
export function drawDrag(
  tool: Exclude<Mark['tool'], 'text' | 'step' | 'pen'>,
  from: Point,
  { state, act, newId }: DragTools,
  onDrawn: (mark: Mark) => void,
): Drag {
  const id = newId();
  const style = nextStyle(state, tool);
  let drawn: Mark | null = null;
  return {
    move(points, isStraight) {
      const to = points.at(-1);
      if (!to) return;
      const isLong = Math.hypot(to.x - from.x, to.y - from.y) >= leastDragPx;
      drawn = isLong ? drawnMark(id, tool, from, to, isStraight, style, state.picture) : null;
      act({ name: 'sketch', mark: drawn });
    },
    end() {
      if (!drawn) return act({ name: 'sketch', mark: null });
      act({ name: 'keep-sketch' });
      onDrawn(drawn);
    },
    cancel: () => act({ name: 'sketch', mark: null }),
  };
}

/** Draws by hand; a press without a move leaves a dot. */
export function penDrag(
  from: Point,
  { state, act, newId }: DragTools,
  leastPx: number,
  onDrawn: (mark: Mark) => void,
): Drag {
  const id = newId();
  const style = nextStyle(state, 'pen');
  let points = withPenPoint([], clampPoint(from, state.picture), 0);
  const drawn = (): Mark => ({ id, tool: 'pen', points: [...points], style });
  act({ name: 'sketch', mark: drawn() });
  return {
    move(added) {
      for (const point of added) points = withPenPoint(points, clampPoint(point, state.picture), leastPx);
      act({ name: 'sketch', mark: drawn() });
    },
    end() {
      act({ name: 'keep-sketch' });
      onDrawn(drawn());
    },
    cancel: () => act({ name: 'sketch', mark: null }),
  };
}

/** Moves a mark, or sizes it by a handle. All of it is one step to undo. */
export function changeDrag(
  mark: Mark,
  handle: Handle | null,
  from: Point,
  { state, act, newId }: DragTools,
): Drag {
  const gesture = newId();
  let hasChanged = false;
  return {
    move(points) {
      const to = points.at(-1);
      if (!to) return;
      const delta = { x: Math.round(to.x - from.x), y: Math.round(to.y - from.y) };
      if (!hasChanged && delta.x === 0 && delta.y === 0) return;
      hasChanged = true;
      const changed =
        handle === null
          ? moveMark(mark, delta, state.picture)
          : resizeMark(mark, handle, delta, state.picture);
      act({ name: 'edit', edit: { name: 'change', mark: changed, gesture } });
    },
    end() {},
    cancel() {
      if (hasChanged) act({ name: 'edit', edit: { name: 'change', mark, gesture } });
    },
  };
}

/** Draws a new crop, moves the present one, or sizes it by a handle. */
export function cropDrag(handle: RectHandle | 'move' | 'new', from: Point, { state, act }: DragTools): Drag {
  const { picture } = state;
  const start = state.cropping ?? { x: 0, y: 0, ...picture };
  return {
    move(points) {
      const to = points.at(-1);
      if (!to) return;
      const delta = { x: to.x - from.x, y: to.y - from.y };
      if (handle === 'new') {
        const [a, b] = [clampPoint(from, picture), clampPoint(to, picture)];
        const drawn = {
          x: Math.min(a.x, b.x),
          y: Math.min(a.y, b.y),
          width: Math.abs(a.x - b.x),
          height: Math.abs(a.y - b.y),
        };
        if (Math.min(drawn.width, drawn.height) < cropLeastPx) return;
        act({ name: 'crop', rect: roundRect(drawn) });
      } else if (handle === 'move') {
        const x = Math.min(Math.max(0, start.x + delta.x), picture.width - start.width);
        const y = Math.min(Math.max(0, start.y + delta.y), picture.height - start.height);
        act({ name: 'crop', rect: roundRect({ ...start, x, y }) });
      } else {
        act({ name: 'crop', rect: roundRect(resizeRect(start, handle, delta, picture, cropLeastPx)) });
      }
    },
    end() {},
    cancel: () => act({ name: 'crop', rect: start }),
  };
}
