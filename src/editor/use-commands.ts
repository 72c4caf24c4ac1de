import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Point, Rect } from '../core/image/geometry.ts';
import { growMark } from '../core/marks/grow-mark.ts';
import { type Mark, markLimit } from '../core/marks/mark.ts';
import { defaultMark } from '../core/marks/new-mark.ts';
import { moveMark, resizeRect } from '../core/marks/transform.ts';
import { type TextKey, text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import type { Say } from '../ui/components/status-line.tsx';
import {
  type EditorAction,
  type EditorState,
  nextStyle,
  selectedMark,
  shownPart,
  type Tool,
} from './editor-state.ts';
import { kindName } from './mark-names.ts';
import { toolName } from './tools.ts';
import { visiblePart } from './visible-part.ts';

/** What buttons and keys do. Each says in the status what happened. */
export interface Commands {
  /** With `fromPicture` the focus is on the picture, and goes on to what the tool works with. */
  chooseTool(tool: Tool, fromPicture?: boolean): void;
  /** Puts a mark of the chosen tool into the middle of what is seen. */
  addInTheMiddle(): void;
  drawn(mark: Mark): void;
  write(mark: Mark): void;
  typed(words: string): void;
  undo(): void;
  redo(): void;
  deleteSelected(): void;
  duplicateSelected(): void;
  restackSelected(name: 'raise' | 'lower'): void;
  /** Moves what is selected, or the crop, by picture px; held keys are one step to undo. */
  nudge(delta: Point): void;
  /** The same with its size. */
  grow(delta: Point): void;
  takeCrop(): void;
  leaveCrop(): void;
  uncrop(): void;
}

interface CommandOptions {
  state: EditorState;
  act: (action: EditorAction) => void;
  say: Say;
  stage: RefObject<HTMLElement | null>;
  sheet: RefObject<SVGSVGElement | null>;
  /** Gives the focus to a mark, or to what stands for all of them, once it is drawn. */
  focusNext: (target: { markId: string } | 'stage' | 'crop' | 'step-words') => void;
}

/** Keys that follow each other sooner than this are one step to undo. */
const burstMs = 800;
const cropLeastPx = 8;
const duplicateShiftPx = 16;

export function useCommands(options: CommandOptions): Commands {
  const { state, act, say, focusNext } = options;
  const burst = useRef({ what: '', endsAt: 0, gesture: '' });
  const selected = selectedMark(state);
  const { past, future, present } = state.history;

  /** One gesture for keys of one kind on one mark, until they pause. */
  function gestureOf(what: string): string {
    const now = Date.now();
    const goesOn = burst.current.what === what && now < burst.current.endsAt;
    const gesture = goesOn ? burst.current.gesture : newId();
    burst.current = { what, endsAt: now + burstMs, gesture };
    return gesture;
  }

  function add(mark: Mark, words: string) {
    if (present.marks.length >= markLimit) return say(text('statusTooManyMarks', markLimit), 'alarm');
    act({ name: 'edit', edit: { name: 'add', marks: [mark] }, select: mark.id });
    focusNext({ markId: mark.id });
    say(words);
  }

  function crop(rect: Rect) {
    act({ name: 'crop', rect });
    say(text('statusCropSize', Math.round(rect.width), Math.round(rect.height)));
  }

  const commands: Commands = {
    chooseTool(tool, fromPicture = false) {
      act({ name: 'tool', tool });
      if (fromPicture && tool !== 'select') focusNext(tool === 'crop' ? 'crop' : 'stage');
      say(text(hintOf(tool), toolName(tool)));
    },
    addInTheMiddle() {
      if (state.tool === 'select' || state.tool === 'crop') return;
      const style = nextStyle(state, state.tool);
      const mark = defaultMark(
        newId(),
        state.tool,
        visiblePart(shownPart(state), options.stage.current, options.sheet.current),
        style,
        state.picture,
      );
      if (mark.tool === 'text') return commands.write(mark);
      add(mark, text('statusAddedByKey', kindName(mark)));
    },
    drawn(mark) {
      focusNext({ markId: mark.id });
      say(
        present.marks.length >= markLimit
          ? text('statusTooManyMarks', markLimit)
          : text('statusAdded', kindName(mark)),
      );
    },
    write(mark) {
      if (mark.tool === 'text') act({ name: 'type', mark });
      else if (mark.tool === 'step') {
        act({ name: 'select', id: mark.id });
        focusNext('step-words');
      }
    },
    typed(words) {
      const { typed } = state;
      act({ name: 'stop-typing', text: words });
      if (!typed || words.trim() === '') return focusNext('stage');
      focusNext({ markId: typed.id });
      say(text('statusTyped'));
    },
    undo() {
      if (past.length === 0) return say(text('statusNothingToUndo'));
      act({ name: 'edit', edit: { name: 'undo' } });
      say(text('statusUndone'));
    },
    redo() {
      if (future.length === 0) return say(text('statusNothingToRedo'));
      act({ name: 'edit', edit: { name: 'redo' } });
      say(text('statusRedone'));
    },
    deleteSelected() {
      if (!selected) return;
      const at = present.marks.indexOf(selected);
      const next = present.marks[at + 1] ?? present.marks[at - 1] ?? null;
      act({ name: 'edit', edit: { name: 'delete', id: selected.id }, select: next?.id ?? null });
      focusNext(next ? { markId: next.id } : 'stage');
      say(text('statusDeleted', kindName(selected)));
    },
    duplicateSelected() {
      if (!selected) return;
      const copy = { ...selected, id: newId(), ...(selected.tool === 'redact' ? { found: null } : {}) };
      const shift = { x: duplicateShiftPx, y: duplicateShiftPx };
      add(moveMark(copy, shift, state.picture), text('statusDuplicated', kindName(selected)));
    },
    restackSelected(name) {
      if (!selected) return;
      act({ name: 'edit', edit: { name, id: selected.id } });
      focusNext({ markId: selected.id });
      say(text(name === 'raise' ? 'statusRaised' : 'statusLowered', kindName(selected)));
    },
    nudge(delta) {
      const { cropping, picture } = state;
      if (cropping) {
        const x = Math.min(Math.max(0, cropping.x + delta.x), picture.width - cropping.width);
        const y = Math.min(Math.max(0, cropping.y + delta.y), picture.height - cropping.height);
        return crop({ ...cropping, x, y });
      }
      if (!selected) return;
      const mark = moveMark(selected, delta, picture);
      const gesture = gestureOf(`move ${selected.id}`);
      act({ name: 'edit', edit: { name: 'change', mark, gesture } });
    },
    grow(delta) {
      const { cropping, picture } = state;
      if (cropping) return crop(resizeRect(cropping, 'se', delta, picture, cropLeastPx));
      if (!selected) return;
      const mark = growMark(selected, delta, picture);
      const gesture = gestureOf(`grow ${selected.id}`);
      act({ name: 'edit', edit: { name: 'change', mark, gesture } });
    },
    takeCrop() {
      act({ name: 'take-crop' });
      focusNext('stage');
      say(text('statusCropped'));
    },
    leaveCrop() {
      act({ name: 'leave-crop' });
      focusNext('stage');
      say(text('statusCropLeft'));
    },
    uncrop() {
      act({ name: 'uncrop' });
      focusNext('stage');
      say(text('statusUncropped'));
    },
  };
  return commands;
}

function hintOf(tool: Tool): TextKey {
  switch (tool) {
    case 'select':
      return 'hintSelect';
    case 'crop':
      return 'hintCrop';
    case 'text':
    case 'step':
      return 'hintPlace';
    default:
      return 'hintDraw';
  }
}
