import { flatParent, isText } from './flat-tree.ts';
import { childNodesOf } from './unclobbered.ts';

/** An end of a selection: at a place in a text, right before a node, or behind all of a node's content. */
interface Boundary {
  node: Node;
  edge: number | 'before' | 'after';
}

/** The two ends of a selection and the innermost node that holds both, in the rendered tree. */
export interface Span {
  start: Boundary;
  end: Boundary;
  common: Node;
  /** From `common` down to the start, both left out. */
  pathToStart: Node[];
}

/** Null when the two ends are not in one rendered tree. */
export function spanOf(range: AbstractRange): Span | null {
  const start = boundaryOf(range.startContainer, range.startOffset);
  const end = boundaryOf(range.endContainer, range.endOffset);
  const startPath = containersOf(start);
  const endPath = containersOf(end);
  let depth = 0;
  while (depth < startPath.length && startPath[depth] === endPath[depth]) depth += 1;
  const common = startPath[depth - 1];
  return common === undefined ? null : { start, end, common, pathToStart: startPath.slice(depth) };
}

function boundaryOf(container: Node, offset: number): Boundary {
  if (isText(container)) return { node: container, edge: offset };
  const child = childNodesOf(container)[offset];
  return child === undefined ? { node: container, edge: 'after' } : { node: child, edge: 'before' };
}

/** The nodes that a boundary is inside of, outermost first. */
function containersOf(boundary: Boundary): Node[] {
  const path: Node[] = [];
  let node = boundary.edge === 'after' ? boundary.node : flatParent(boundary.node);
  for (; node !== null; node = flatParent(node)) path.push(node);
  return path.reverse();
}
