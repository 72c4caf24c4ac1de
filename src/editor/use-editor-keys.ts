import type { RefObject } from 'preact';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';
import { type EditorState, selectedMark } from './editor-state.ts';
import { toolFaces } from './tools.ts';
import type { Commands } from './use-commands.ts';
import type { Zoom } from './use-zoom.ts';

interface KeyOptions {
  /** It is being saved: nothing changes that would not be. */
  isOff: boolean;
  state: EditorState;
  commands: Commands;
  zoom: Zoom;
  cancelDrag: () => boolean;
  deselect: () => void;
  /** Is told whether the space bar is held, which makes a drag move the view. */
  isSpaceHeld: RefObject<boolean>;
}

/** Where the focus is, as far as keys mean something else there. */
type Place = 'mark' | 'crop' | 'stage' | 'tools' | 'field' | 'elsewhere';

/** A step by an arrow key, and one with Shift, in picture px. */
const stepPx = 1;
const largeStepPx = 10;

const arrows: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * The editor's keys. Letters choose tools only where the focus is on the tools or the picture, and never where text
 * is typed.
 */
export function useEditorKeys(options: KeyOptions): void {
  const { isOff, isSpaceHeld } = options;
  useDocumentEvent('keydown', event => {
    if (isOff || event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]'))
      return;
    if (act(event, placeOf(event.target), options)) event.preventDefault();
  });
  useDocumentEvent('keyup', event => {
    if (event.key === ' ') isSpaceHeld.current = false;
  });
  // A key that is let go in another window is not told.
  useDocumentEvent('visibilitychange', () => {
    isSpaceHeld.current = false;
  });
}

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'elsewhere';
  if (target.closest('[data-mark]')) return 'mark';
  if (target.closest('.crop-button')) return 'crop';
  if (target.closest('.stage') || target === document.body) return 'stage';
  if (target.closest('.tools')) return 'tools';
  return target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === 'text')
    ? 'field'
    : 'elsewhere';
}

/** Does what a key means; true when it means something. */
function act(event: KeyboardEvent, place: Place, options: KeyOptions): boolean {
  const { state, commands, isSpaceHeld } = options;
  if (place === 'field') return false;
  if (event.ctrlKey || event.metaKey) return !event.altKey && actOnCommand(event, commands);
  if (event.key === 'Escape') return leave(options);
  const isOnPicture = place === 'mark' || place === 'crop' || place === 'stage';
  const arrow = arrows[event.key];
  if (arrow) {
    if (place !== 'mark' && place !== 'crop') return false;
    const by = event.shiftKey ? largeStepPx : stepPx;
    const delta = { x: arrow.x * by, y: arrow.y * by };
    if (event.altKey) commands.grow(delta);
    else commands.nudge(delta);
    return true;
  }
  if (event.altKey) return false;
  if (event.key === 'Enter') return (isOnPicture || place === 'tools') && enter(place, options);
  if (event.key === ' ' && isOnPicture) {
    isSpaceHeld.current = true;
    return true;
  }
  if ((event.key === 'Delete' || event.key === 'Backspace') && isOnPicture && selectedMark(state)) {
    commands.deleteSelected();
    return true;
  }
  return (isOnPicture || place === 'tools') && actOnCharacter(event.key.toLowerCase(), options);
}

function actOnCommand({ key, shiftKey }: KeyboardEvent, commands: Commands): boolean {
  switch (key.toLowerCase()) {
    case 'z':
      if (shiftKey) commands.redo();
      else commands.undo();
      return true;
    case 'y':
      commands.redo();
      return true;
    case 'd':
      commands.duplicateSelected();
      return true;
    default:
      return false;
  }
}

function actOnCharacter(character: string, { state, commands, zoom }: KeyOptions): boolean {
  const face = toolFaces.find(({ letter }) => letter === character);
  if (face) commands.chooseTool(face.tool, true);
  else if (character === '[' && selectedMark(state)) commands.restackSelected('lower');
  else if (character === ']' && selectedMark(state)) commands.restackSelected('raise');
  else if (character === '+' || character === '=') zoom.zoomIn();
  else if (character === '-') zoom.zoomOut();
  else if (character === '0') zoom.fit();
  else if (character === '1') zoom.actualSize();
  else return false;
  return true;
}

/** On a mark with words it opens them, elsewhere it puts a mark into the middle; while cropping it takes the crop. */
function enter(place: Place, { state, commands }: KeyOptions): boolean {
  const mark = selectedMark(state);
  if (state.tool === 'crop') commands.takeCrop();
  else if (place === 'mark' && (mark?.tool === 'text' || mark?.tool === 'step')) commands.write(mark);
  else if (state.tool !== 'select') commands.addInTheMiddle();
  else return false;
  return true;
}

function leave({ state, commands, cancelDrag, deselect }: KeyOptions): boolean {
  if (cancelDrag()) return true;
  if (state.tool === 'crop') commands.leaveCrop();
  else if (state.selectedId !== null) deselect();
  else return false;
  return true;
}
