import { intersection, type Rect } from '../../core/image/geometry.ts';
import { namespaceOf } from '../selection/unclobbered.ts';
import { blockEdge, type Edge, hardEdge, inlineEdge } from './block-builder.ts';
import type { View } from './boxes.ts';

/** What an element hands down to what is in it. */
export interface Surroundings {
  view: View;
  /** What its ancestors let show, in the window. */
  clip: Rect;
  /** What is left of the window for what its ancestors do not clip. */
  frameClip: Rect;
  nesting: number;
  showsText: boolean;
  isMasked: boolean;
  keepsLines: boolean;
}

/** What an element's own styles make of what it was handed. `place`: its box in the window. */
export function innerSurroundings(
  around: Surroundings,
  place: Rect,
  get: (property: string) => string,
): Surroundings {
  const { view, nesting, frameClip } = around;
  // What is taken out of the flow may not be clipped by its parents: rather too much is read than too little.
  const outer = /^(?:absolute|fixed)$/.test(get('position')) ? frameClip : around.clip;
  const clipsX = get('overflow-x') !== 'visible';
  const clipsY = get('overflow-y') !== 'visible';
  const isInline = get('display').startsWith('inline') && get('display') !== 'inline-block';
  const clip = !(clipsX || clipsY) || isInline ? outer : clipped(outer, place, clipsX, clipsY);
  return {
    view,
    nesting,
    frameClip,
    clip,
    showsText: get('visibility') === 'visible',
    isMasked: !['', 'none'].includes(get('-webkit-text-security')),
    keepsLines: /^(?:preserve|break-spaces)/.test(get('white-space-collapse')),
  };
}

/** How an element stands apart from the text before and behind it. */
export function edgesOf(element: Element, name: string, display: string): [Edge, Edge] {
  if (/^(?:input|textarea|select|i?frame|object|embed)$/.test(name)) return [hardEdge, hardEdge];
  if (display === 'table-cell') return [hardEdge, hardEdge];
  if (display === 'contents' || name === 'br') return [0, 0];
  if (name === 'text' && namespaceOf(element) === 'http://www.w3.org/2000/svg') return [blockEdge, blockEdge];
  return /^(?:inline|ruby)/.test(display) ? [inlineEdge, inlineEdge] : [blockEdge, blockEdge];
}

function clipped(outer: Rect, place: Rect, clipsX: boolean, clipsY: boolean): Rect {
  const bounds = {
    x: clipsX ? place.x : outer.x,
    width: clipsX ? place.width : outer.width,
    y: clipsY ? place.y : outer.y,
    height: clipsY ? place.height : outer.height,
  };
  return intersection(outer, bounds) ?? { ...bounds, width: 0, height: 0 };
}
