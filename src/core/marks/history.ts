import type { Rect } from '../image/geometry.ts';
import { type Mark, markLimit, type PictureMarks } from './mark.ts';
import { restack } from './order.ts';

/** Steps that can be undone; the oldest is forgotten first. */
export const undoLimit = 500;

/** What is on a picture now, and what was on it before. States share their marks, so a step costs little. */
export interface MarksHistory {
  readonly present: PictureMarks;
  /** The oldest first. */
  readonly past: readonly PictureMarks[];
  /** What was undone, the next to be done again first. */
  readonly future: readonly PictureMarks[];
  /** The gesture that made the latest step; null when that step is finished. */
  readonly gesture: string | null;
}

/**
 * One edit. Edits with the same `gesture` that follow each other are one step to undo: a drag, a held arrow key. All
 * marks of one `add` are one step too.
 */
export type MarksAction = Change | { name: 'undo' } | { name: 'redo' };

type Change =
  | { name: 'add'; marks: readonly Mark[] }
  | { name: 'change'; mark: Mark; gesture?: string }
  | { name: 'delete'; id: string }
  | { name: 'raise' | 'lower'; id: string; gesture?: string }
  | { name: 'crop'; crop: Rect | null; gesture?: string };

export function startHistory(present: PictureMarks): MarksHistory {
  return { present, past: [], future: [], gesture: null };
}

/** The history after an edit; the same object when the edit changes nothing. */
export function edit(history: MarksHistory, action: MarksAction): MarksHistory {
  if (action.name === 'undo') return undo(history);
  if (action.name === 'redo') return redo(history);
  const present = apply(history.present, action);
  if (present === history.present) return history;
  const gesture = ('gesture' in action && action.gesture) || null;
  const goesOn = gesture !== null && gesture === history.gesture;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-undoLimit);
  return { present, past, future: [], gesture };
}

function undo({ present, past, future }: MarksHistory): MarksHistory {
  const before = past.at(-1);
  if (!before) return { present, past, future, gesture: null };
  return { present: before, past: past.slice(0, -1), future: [present, ...future], gesture: null };
}

function redo({ present, past, future }: MarksHistory): MarksHistory {
  const [next, ...later] = future;
  if (!next) return { present, past, future, gesture: null };
  return { present: next, past: [...past, present], future: later, gesture: null };
}

function apply(picture: PictureMarks, action: Change): PictureMarks {
  const { marks } = picture;
  const withMarks = (changed: readonly Mark[]) =>
    changed === marks ? picture : { ...picture, marks: changed };
  switch (action.name) {
    case 'add': {
      const known = new Set(marks.map(({ id }) => id));
      // An id that comes a second time is known by then.
      const added = action.marks.filter(({ id }) => !known.has(id) && known.add(id));
      const room = Math.max(0, markLimit - marks.length);
      return withMarks(added.length === 0 || room === 0 ? marks : [...marks, ...added.slice(0, room)]);
    }
    case 'change': {
      const before = marks.find(({ id }) => id === action.mark.id);
      if (!before || isSame(before, action.mark)) return picture;
      return withMarks(marks.map(mark => (mark === before ? action.mark : mark)));
    }
    case 'delete':
      return marks.some(({ id }) => id === action.id)
        ? withMarks(marks.filter(({ id }) => id !== action.id))
        : picture;
    case 'raise':
      return withMarks(restack(marks, action.id, 1));
    case 'lower':
      return withMarks(restack(marks, action.id, -1));
    case 'crop':
      return isSame(picture.crop, action.crop) ? picture : { ...picture, crop: action.crop };
  }
}

/** By value; marks are plain data whose fields are always made in the same order. */
function isSame(a: Mark | Rect | null, b: Mark | Rect | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
