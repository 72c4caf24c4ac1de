import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../src/core/marks/mark.ts';
import {
  type EditorAction,
  type EditorState,
  nextStyle,
  reduceEditor,
  selectedMark,
  shownPart,
  startEditor,
  type TextMark,
  wordsToCover,
} from '../../../src/editor/editor-state.ts';
import { noMarks } from '../core/marks/arbitrary-marks.ts';

const picture = { width: 1_280, height: 800 };
const start = startEditor(picture, noMarks);
const style = { colour: 'red', widthPx: 4 } as const;
const box = (id: string): Mark => ({ id, tool: 'box', rect: { x: 0, y: 0, width: 10, height: 10 }, style });
const redaction = (id: string): Mark => ({
  id,
  tool: 'redact',
  rect: { x: 0, y: 0, width: 10, height: 10 },
  found: null,
});
const words: TextMark = {
  id: 't',
  tool: 'text',
  at: { x: 0, y: 0 },
  widthPx: 100,
  letterPx: 24,
  text: '',
  style,
};
const run = (state: EditorState, ...actions: EditorAction[]) => actions.reduce(reduceEditor, state);
const add = (...marks: Mark[]): EditorAction => ({ name: 'edit', edit: { name: 'add', marks } });
const undo: EditorAction = { name: 'edit', edit: { name: 'undo' } };

describe('typing', () => {
  test('adds the text once it has words, as one step to undo', () => {
    const typed = run(start, { name: 'type', mark: words }, { name: 'stop-typing', text: 'Here \n' });
    expect(selectedMark(typed)).toMatchObject({ id: 't', text: 'Here' });
    expect(typed.history.past).toHaveLength(1);
    expect(run(typed, undo).history.present).toBe(noMarks);
  });

  test('nothing adds nothing, and takes away a text that was there', () => {
    const none = run(start, { name: 'type', mark: words }, { name: 'stop-typing', text: ' \n ' });
    expect(none.history.present).toBe(noMarks);
    const there = run(start, add({ ...words, text: 'Here' }));
    const emptied = run(there, { name: 'type', mark: words }, { name: 'stop-typing', text: '' });
    expect(emptied.history.present.marks).toEqual([]);
    expect(run(emptied, undo).history.present.marks).toHaveLength(1);
  });
});

describe('the look', () => {
  test('of the selected mark changes, and of those to come', () => {
    const chosen = run(start, add(box('a')), { name: 'select', id: 'a' });
    const after = run(chosen, { name: 'restyle', colour: 'blue' }, { name: 'restyle', size: 'large' });
    expect(selectedMark(after)).toMatchObject({ style: { colour: 'blue', widthPx: 8 } });
    expect(nextStyle(after, 'arrow')).toEqual({ colour: 'blue', widthPx: 8 });
  });

  test('of highlights is their own', () => {
    const after = run(start, { name: 'tool', tool: 'highlight' }, { name: 'restyle', colour: 'green' });
    expect(nextStyle(after, 'highlight').colour).toBe('green');
    expect(nextStyle(after, 'box').colour).toBe('red');
  });
});

describe('a crop', () => {
  const cropped = run(
    start,
    { name: 'tool', tool: 'crop' },
    { name: 'crop', rect: { x: 10.2, y: 20.4, width: 99.6, height: 50 } },
    { name: 'take-crop' },
  );

  test('is taken in whole px, and is what is then shown', () => {
    expect(cropped.history.present.crop).toEqual({ x: 10, y: 20, width: 100, height: 50 });
    expect(shownPart(cropped)).toEqual({ x: 10, y: 20, width: 100, height: 50 });
    expect(shownPart(run(cropped, { name: 'tool', tool: 'crop' }))).toEqual({ x: 0, y: 0, ...picture });
  });

  test('that is left changes nothing, and one of the whole picture is none', () => {
    const left = run(cropped, { name: 'tool', tool: 'crop' }, { name: 'leave-crop' });
    expect(left.history.present).toBe(cropped.history.present);
    const whole = run(start, { name: 'tool', tool: 'crop' }, { name: 'take-crop' });
    expect(whole.history.present).toBe(noMarks);
    expect(run(cropped, { name: 'uncrop' }).history.present.crop).toBeNull();
  });
});

describe('words to cover in the whole draft', () => {
  const covered: EditorAction = {
    name: 'cover',
    covered: { words: ['Jane'], sourceId: 'r', addedIds: ['a'] },
  };
  const asked = run(start, add(redaction('r')), add(redaction('a')), covered);

  test('stand while a redaction that was added for them does', () => {
    expect(wordsToCover(asked)).toEqual(['Jane']);
    expect(wordsToCover(run(asked, undo))).toEqual([]);
    expect(wordsToCover(run(asked, undo, { name: 'edit', edit: { name: 'redo' } }))).toEqual(['Jane']);
    expect(wordsToCover(run(asked, { name: 'edit', edit: { name: 'delete', id: 'r' } }))).toEqual([]);
  });

  test('that stand in no other place of this picture stand with their own redaction', () => {
    const covering = { ...covered, covered: { ...covered.covered, addedIds: [] } };
    const only = run(start, add(redaction('r')), covering);
    expect(wordsToCover(only)).toEqual(['Jane']);
    expect(wordsToCover(run(only, undo))).toEqual([]);
  });
});

test('what is selected is always among the marks', () => {
  const id = fc.constantFrom('a', 'b', 'c');
  const action = fc.oneof(
    id.map(one => add(box(one))),
    id.map((one): EditorAction => ({ name: 'select', id: one })),
    id.map((one): EditorAction => ({ name: 'edit', edit: { name: 'delete', id: one } })),
    fc.constant(undo),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), actions => {
      // Only marks that are there can be selected: the page offers no others.
      const state = actions.reduce((before, next) => {
        const isGone =
          next.name === 'select' && !before.history.present.marks.some(({ id: one }) => one === next.id);
        return isGone ? before : reduceEditor(before, next);
      }, start);
      expect(state.selectedId === null || selectedMark(state) !== null).toBe(true);
    }),
  );
});
