import { type Rect, roundRect } from '../core/image/geometry.ts';
import { edit, type MarksAction, type MarksHistory, startHistory } from '../core/marks/history.ts';
import type { Mark, MarkColour, MarkStyle, MarkTool, PictureMarks } from '../core/marks/mark.ts';
import { letterPxOf, type MarkSize, strokeWidthPx } from '../core/marks/new-mark.ts';
import type { Size } from '../core/marks/transform.ts';

export type Tool = 'select' | 'crop' | MarkTool;
export type TextMark = Extract<Mark, { tool: 'text' }>;

/** Words that are to be covered in the whole draft, as long as the marks that asked for it are there. */
export interface CoveredWords {
  words: string[];
  /** The redaction under which they were found. */
  sourceId: string;
  /** The redactions that were added for them in this picture. */
  addedIds: string[];
}

export interface EditorState {
  readonly picture: Size;
  readonly history: MarksHistory;
  readonly tool: Tool;
  readonly selectedId: string | null;
  /** Of the next mark. */
  readonly colour: MarkColour;
  /** Of the next highlight. */
  readonly highlightColour: MarkColour;
  readonly size: MarkSize;
  /** Being drawn; not among the marks yet. */
  readonly sketch: Mark | null;
  /** Its words are being typed; new, or one of the marks. */
  readonly typed: TextMark | null;
  /** What the crop tool shows, until it is taken or left. */
  readonly cropping: Rect | null;
  readonly covered: readonly CoveredWords[];
}

export type EditorAction =
  | { name: 'edit'; edit: MarksAction; select?: string | null }
  | { name: 'tool'; tool: Tool }
  | { name: 'select'; id: string | null }
  | { name: 'sketch'; mark: Mark | null }
  | { name: 'keep-sketch' }
  | { name: 'type'; mark: TextMark }
  | { name: 'stop-typing'; text: string }
  | { name: 'restyle'; colour?: MarkColour; size?: MarkSize }
  | { name: 'crop'; rect: Rect }
  | { name: 'take-crop' | 'leave-crop' | 'uncrop' }
  | { name: 'cover'; covered: CoveredWords };

export function startEditor(picture: Size, marks: PictureMarks): EditorState {
  return {
    picture,
    history: startHistory(marks),
    tool: 'select',
    selectedId: null,
    colour: 'red',
    highlightColour: 'yellow',
    size: 'medium',
    sketch: null,
    typed: null,
    cropping: null,
    covered: [],
  };
}

export function selectedMark({ history, selectedId }: EditorState): Mark | null {
  return history.present.marks.find(({ id }) => id === selectedId) ?? null;
}

/** How the next mark of a tool looks. */
export function nextStyle({ colour, highlightColour, picture, size }: EditorState, tool: Tool): MarkStyle {
  return {
    colour: tool === 'highlight' ? highlightColour : colour,
    widthPx: strokeWidthPx(picture, size),
  };
}

/** What is shown of the picture: all of it while it is being cropped. */
export function shownPart({ tool, picture, history }: EditorState): Rect {
  const { crop } = history.present;
  return tool === 'crop' || crop === null ? { x: 0, y: 0, ...picture } : crop;
}

/** The words that still stand to be covered in the whole draft, each once. */
export function wordsToCover({ covered, history }: EditorState): string[] {
  const there = new Set(history.present.marks.map(({ id }) => id));
  const standing = covered.filter(
    ({ sourceId, addedIds }) =>
      there.has(sourceId) && (addedIds.length === 0 || addedIds.some(id => there.has(id))),
  );
  return [...new Set(standing.flatMap(({ words }) => words))];
}

export function reduceEditor(state: EditorState, action: EditorAction): EditorState {
  switch (action.name) {
    case 'edit': {
      const history = edit(state.history, action.edit);
      const wanted = action.select === undefined ? state.selectedId : action.select;
      const selectedId = history.present.marks.some(({ id }) => id === wanted) ? wanted : null;
      return { ...state, history, selectedId };
    }
    case 'tool': {
      const cropping =
        action.tool === 'crop' ? (state.history.present.crop ?? { x: 0, y: 0, ...state.picture }) : null;
      // What is chosen next is meant for the next mark, and not for the one before.
      const selectedId = action.tool === 'select' ? state.selectedId : null;
      return { ...state, tool: action.tool, sketch: null, cropping, selectedId };
    }
    case 'select':
      return state.selectedId === action.id ? state : { ...state, selectedId: action.id };
    case 'sketch':
      return { ...state, sketch: action.mark };
    case 'keep-sketch': {
      const { sketch } = state;
      if (!sketch) return state;
      const added = { name: 'edit', edit: { name: 'add', marks: [sketch] }, select: sketch.id } as const;
      return reduceEditor({ ...state, sketch: null }, added);
    }
    case 'type':
      return { ...state, typed: action.mark, selectedId: action.mark.id };
    case 'stop-typing':
      return stopTyping(state, action.text);
    case 'restyle':
      return restyle(state, action);
    case 'crop':
      return { ...state, cropping: action.rect };
    case 'take-crop':
      return takeCrop(state, state.cropping);
    case 'uncrop':
      return takeCrop(state, null);
    case 'leave-crop':
      return { ...state, tool: 'select', cropping: null };
    case 'cover':
      return { ...state, covered: [...state.covered, action.covered] };
  }
}

/** A text without words is none: it is not added, and is deleted when it was there. */
function stopTyping(state: EditorState, text: string): EditorState {
  const { typed, history } = state;
  if (!typed) return state;
  const settled = { ...state, typed: null };
  const isThere = history.present.marks.some(({ id }) => id === typed.id);
  const mark = { ...typed, text: text.trimEnd() };
  if (text.trim() === '') {
    return isThere
      ? reduceEditor(settled, { name: 'edit', edit: { name: 'delete', id: typed.id }, select: null })
      : { ...settled, selectedId: null };
  }
  const change: MarksAction = isThere ? { name: 'change', mark } : { name: 'add', marks: [mark] };
  return reduceEditor(settled, { name: 'edit', edit: change, select: mark.id });
}

/** For the next marks, and for the selected one. */
function restyle(
  state: EditorState,
  { colour, size }: { colour?: MarkColour; size?: MarkSize },
): EditorState {
  const mark = selectedMark(state);
  const isHighlight = (mark?.tool ?? state.tool) === 'highlight';
  const after = {
    ...state,
    ...(colour && (isHighlight ? { highlightColour: colour } : { colour })),
    size: size ?? state.size,
  };
  if (!mark || mark.tool === 'redact') return after;
  const widthPx = size === undefined ? mark.style.widthPx : strokeWidthPx(state.picture, size);
  const style = { colour: colour ?? mark.style.colour, widthPx };
  const isResized = mark.tool === 'text' && size !== undefined;
  const restyled = isResized ? { ...mark, style, letterPx: letterPxOf(widthPx) } : { ...mark, style };
  return reduceEditor(after, { name: 'edit', edit: { name: 'change', mark: restyled } });
}

function takeCrop(state: EditorState, rect: Rect | null): EditorState {
  const { width, height } = state.picture;
  const whole = rect === null || (rect.width >= width && rect.height >= height);
  const crop = whole ? null : roundRect(rect);
  return reduceEditor(
    { ...state, tool: 'select', cropping: null },
    { name: 'edit', edit: { name: 'crop', crop } },
  );
}
