import type { Mark } from './mark.ts';

/** From the bottom up: redactions are below all that is drawn, whatever their place among the marks. */
export function drawingOrder(marks: readonly Mark[]): Mark[] {
  const isRedaction = (mark: Mark) => mark.tool === 'redact';
  return [...marks.filter(isRedaction), ...marks.filter(mark => !isRedaction(mark))];
}

/** The number on each step's badge, by the step's id: 1, 2, 3 … in the order of the marks. */
export function stepNumbers(marks: readonly Mark[]): ReadonlyMap<string, number> {
  const steps = marks.filter(mark => mark.tool === 'step');
  return new Map(steps.map(({ id }, index) => [id, index + 1]));
}

/**
 * The marks with one put above (`by` 1) or below (-1) its neighbour of the same layer; redactions are a layer of their
 * own. A step that passes another step changes numbers with it. The same array when there is nothing to pass.
 */
export function restack(marks: readonly Mark[], id: string, by: 1 | -1): readonly Mark[] {
  const at = marks.findIndex(mark => mark.id === id);
  const mark = marks[at];
  if (!mark) return marks;
  const isPeer = (other: Mark | undefined) => (other?.tool === 'redact') === (mark.tool === 'redact');
  let to = at + by;
  while (to >= 0 && to < marks.length && !isPeer(marks[to])) to += by;
  if (to < 0 || to >= marks.length) return marks;
  const rest = marks.filter(other => other !== mark);
  return [...rest.slice(0, to), mark, ...rest.slice(to)];
}
