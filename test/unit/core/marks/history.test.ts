import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  edit,
  type MarksAction,
  type MarksHistory,
  startHistory,
  undoLimit,
} from '../../../../src/core/marks/history.ts';
import { type Mark, markLimit } from '../../../../src/core/marks/mark.ts';
import { stepNumbers } from '../../../../src/core/marks/order.ts';
import { mark, marks, markWithId, noMarks, rect } from './arbitrary-marks.ts';

const style = { colour: 'red', widthPx: 4 } as const;
const box = (id: string, x = 0): Mark => ({
  id,
  tool: 'box',
  rect: { x, y: 0, width: 10, height: 10 },
  style,
});
const step = (id: string): Mark => ({ id, tool: 'step', at: { x: 0, y: 0 }, text: '', style });
const redaction = (id: string): Mark => ({ ...box(id), tool: 'redact', found: null }) as Mark;
const run = (start: MarksHistory, ...actions: MarksAction[]) => actions.reduce(edit, start);
const ids = ({ present }: MarksHistory) => present.marks.map(({ id }) => id).join('');
const empty = startHistory(noMarks);
const undo = { name: 'undo' } as const;
const redo = { name: 'redo' } as const;
const undoAll = (history: MarksHistory): MarksHistory =>
  history.past.length === 0 ? history : undoAll(edit(history, undo));
const redoAll = (history: MarksHistory): MarksHistory =>
  history.future.length === 0 ? history : redoAll(edit(history, redo));

const fewIds = fc.constantFrom('a', 'b', 'c', 'd');
const gesture = fc.constantFrom(undefined, 'drag-1', 'drag-2');
const withGesture = <T extends object>(action: fc.Arbitrary<T>) =>
  fc.tuple(action, gesture).map(([made, name]) => (name === undefined ? made : { ...made, gesture: name }));
const action: fc.Arbitrary<MarksAction> = fc.oneof(
  fc.record({ name: fc.constant('add'), marks: fc.array(markWithId(fewIds), { maxLength: 3 }) }),
  withGesture(fc.record({ name: fc.constant('change'), mark: markWithId(fewIds) })),
  fc.record({ name: fc.constant('delete'), id: fewIds }),
  withGesture(fc.record({ name: fc.constantFrom('raise', 'lower'), id: fewIds })),
  withGesture(fc.record({ name: fc.constant('crop'), crop: fc.option(rect) })),
  fc.record({ name: fc.constantFrom('undo', 'redo') }),
) as fc.Arbitrary<MarksAction>;

describe('any sequence of edits', () => {
  test('is taken back to the start by undoing all of it, and done again to the end', () => {
    fc.assert(
      fc.property(marks, fc.array(action, { maxLength: 60 }), (start, actions) => {
        const end = run(startHistory({ marks: start, crop: null }), ...actions);
        const whole = redoAll(end);
        expect(undoAll(whole).present).toEqual({ marks: start, crop: null });
        expect(redoAll(undoAll(whole)).present).toEqual(whole.present);
      }),
    );
  });

  test('keeps the ids of marks different from each other', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), actions => {
        const { present } = run(empty, ...actions);
        expect(new Set(present.marks.map(({ id }) => id)).size).toBe(present.marks.length);
      }),
    );
  });

  test('leaves the states before it as they were', () => {
    fc.assert(
      fc.property(marks, fc.array(action, { maxLength: 20 }), (start, actions) => {
        let history = startHistory({ marks: start, crop: null });
        for (const next of actions) {
          const before = JSON.stringify(history);
          const after = edit(history, next);
          expect(JSON.stringify(history)).toBe(before);
          history = after;
        }
      }),
    );
  });

  test('gives what a restored state gives: marks are data', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), actions => {
        const whole = run(empty, ...actions);
        const restored = actions.reduce(
          (history, next) => structuredClone(edit(history, structuredClone(next))),
          structuredClone(empty),
        );
        expect(restored).toEqual(whole);
      }),
    );
  });
});

describe('a gesture', () => {
  test('is one step to undo, however many changes it has', () => {
    const moved = [1, 2, 3].map(x => ({ name: 'change', mark: box('a', x), gesture: 'g' }) as const);
    const history = run(empty, { name: 'add', marks: [box('a')] }, ...moved);
    expect(history.present.marks).toEqual([box('a', 3)]);
    expect(edit(history, undo).present.marks).toEqual([box('a', 0)]);
  });

  test('is another step than the gesture after it, and than one before an undo', () => {
    const change = (x: number, name: string) =>
      ({ name: 'change', mark: box('a', x), gesture: name }) as const;
    const history = run(empty, { name: 'add', marks: [box('a')] }, change(1, 'g'), change(2, 'h'));
    expect(edit(history, undo).present.marks).toEqual([box('a', 1)]);
    const resumed = run(history, undo, change(5, 'g'));
    expect(edit(resumed, undo).present.marks).toEqual([box('a', 1)]);
  });
});

test('what changes nothing is no step', () => {
  const history = run(empty, { name: 'add', marks: [box('a')] });
  const nothing: MarksAction[] = [
    { name: 'change', mark: box('a') },
    { name: 'change', mark: box('elsewhere') },
    { name: 'delete', id: 'elsewhere' },
    { name: 'raise', id: 'a' },
    { name: 'crop', crop: null },
    { name: 'add', marks: [] },
    { name: 'add', marks: [box('a', 7)] },
  ];
  for (const action of nothing) expect(edit(history, action)).toBe(history);
});

test('a new edit takes away what could be done again', () => {
  const history = run(empty, { name: 'add', marks: [box('a')] }, undo, { name: 'add', marks: [box('b')] });
  expect(edit(history, redo).present).toBe(history.present);
});

test('several marks that are added together go together', () => {
  const history = run(empty, { name: 'add', marks: [box('a'), box('b')] });
  expect(ids(history)).toBe('ab');
  expect(ids(edit(history, undo))).toBe('');
});

test('there are never more marks than the limit', () => {
  const many = Array.from({ length: markLimit + 5 }, (_, index) => box(`m${index}`));
  expect(run(empty, { name: 'add', marks: many }).present.marks).toHaveLength(markLimit);
});

test('the oldest steps are forgotten, the latest kept', () => {
  const actions = Array.from(
    { length: undoLimit + 20 },
    (_, x) => ({ name: 'change', mark: box('a', x + 1) }) as const,
  );
  const history = run(empty, { name: 'add', marks: [box('a')] }, ...actions);
  expect(history.past).toHaveLength(undoLimit);
  expect(undoAll(history).present.marks).toEqual([box('a', 20)]);
});

describe('the order', () => {
  const start = startHistory({ marks: [box('a'), redaction('x'), box('b'), redaction('y')], crop: null });

  test.each([
    ['raise', 'a', 'xbay'],
    ['lower', 'b', 'baxy'],
    ['raise', 'b', 'axby'],
    ['lower', 'a', 'axby'],
    ['raise', 'x', 'abyx'],
    ['lower', 'y', 'ayxb'],
  ] as const)('%s of %s passes the next mark of its layer', (name, id, expected) => {
    expect(ids(edit(start, { name, id }))).toBe(expected);
  });

  test('raising and then lowering a mark keeps the order in which all are drawn', () => {
    fc.assert(
      fc.property(fc.array(mark, { minLength: 2, maxLength: 8 }), fc.nat(), (all, pick) => {
        const marked = all.map((one, index) => ({ ...one, id: `m${index}` }));
        const id = `m${pick % marked.length}`;
        const raised = edit(startHistory({ marks: marked, crop: null }), { name: 'raise', id });
        const back = raised.past.length === 0 ? raised : edit(raised, { name: 'lower', id });
        const layer = (history: MarksHistory, isRedaction: boolean) =>
          history.present.marks.filter(({ tool }) => (tool === 'redact') === isRedaction).map(one => one.id);
        for (const isRedaction of [true, false]) {
          expect(layer(back, isRedaction)).toEqual(
            layer(startHistory({ marks: marked, crop: null }), isRedaction),
          );
        }
      }),
    );
  });
});

describe('the numbers of steps', () => {
  test('are 1 to n in their order after any edits', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), actions => {
        const { present } = run(empty, ...actions);
        const steps = present.marks.filter(({ tool }) => tool === 'step');
        expect([...stepNumbers(present.marks)]).toEqual(steps.map(({ id }, index) => [id, index + 1]));
      }),
    );
  });

  test('close the gap when a step goes', () => {
    const history = run(empty, { name: 'add', marks: [step('a'), box('x'), step('b'), step('c')] });
    const after = edit(history, { name: 'delete', id: 'b' });
    expect([...stepNumbers(after.present.marks)]).toEqual([
      ['a', 1],
      ['c', 2],
    ]);
  });
});
