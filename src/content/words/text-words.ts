import type { Rect } from '../../core/image/geometry.ts';
import type { BlockBuilder } from './block-builder.ts';
import { isTouching, placed, type View } from './boxes.ts';

/** Of a longer text, what is out of sight is not even read. */
const wholeTextCharacters = 20_000;
const sliceCharacters = 400;

/**
 * Reads one text of the page. Words out of sight are read too, but have no place, so that a number that is half scrolled away is still
 * read as one.
 */
export function readText(
  node: Text,
  keepsLines: boolean,
  view: View,
  clip: Rect,
  builder: BlockBuilder,
  isOver: () => boolean,
): void {
  const range = node.ownerDocument.createRange();
  const boxesOf = (start: number, end: number): Rect[] => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return Array.from(range.getClientRects(), box => placed(box, view));
  };
  const isInSight = (start: number, end: number) => boxesOf(start, end).some(box => isTouching(box, clip));
  const { length } = node;
  const isWhole = length <= wholeTextCharacters;
  if (isWhole) {
    // Text that is not rendered has no boxes, and is not there for who reads.
    const boxes = boxesOf(0, length);
    if (boxes.length === 0) return;
  }
  for (let from = 0; from < length && !isOver(); ) {
    const to = sliceEnd(node, from, length);
    const isSeen = isInSight(from, to);
    if (isSeen || isWhole) {
      for (const { 0: part, index } of node.substringData(from, to - from).matchAll(/\s+|\S+/g)) {
        if (!/\S/.test(part)) builder.gap(keepsLines && part.includes('\n') ? '\n' : ' ');
        else {
          const start = from + index;
          const boxes = isSeen ? boxesOf(start, start + part.length).filter(hasArea) : [];
          builder.word(part, boxes.some(box => isTouching(box, clip)) ? boxes : [], clip);
        }
      }
    }
    from = to;
  }
}

/** A slice ends at a blank, where there is one near. */
function sliceEnd(node: Text, from: number, length: number): number {
  const limit = Math.min(from + sliceCharacters, length);
  if (limit === length) return length;
  const blank = node.substringData(limit, 2 * sliceCharacters).search(/\s/);
  return blank === -1 ? Math.min(limit + 2 * sliceCharacters, length) : limit + blank;
}

function hasArea({ width, height }: Rect): boolean {
  return width > 0 && height > 0;
}
