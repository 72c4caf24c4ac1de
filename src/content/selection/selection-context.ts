import { flatParent, isElement } from './flat-tree.ts';
import { renderedStyle } from './rendered-style.ts';
import { containerTags, formatTags } from './tag-roles.ts';
import { lineGap } from './tree-builder.ts';
import { nameOf } from './unclobbered.ts';

/** How far above the selection a format or a code block is looked for. */
const contextLimit = 64;

const wholeTags = new Set('ul ol menu table'.split(' '));
const partTags = new Set('thead tbody tfoot tr'.split(' '));

/**
 * The elements around the innermost one that holds a whole selection, without which it would lose its sense; outermost
 * first. They are the formats up to its block (a word of a link stays a link), a code block, and the table of rows.
 */
export function contextOf(common: Element): Element[] {
  const context: Element[] = [];
  let isInTable = partTags.has(nameOf(common));
  let isInBlock = !isBlock(common);
  let node = flatParent(common);
  for (let count = 0; node !== null && isElement(node) && count < contextLimit; count += 1) {
    const name = nameOf(node);
    const isTablePart = isInTable && (partTags.has(name) || name === 'table');
    if (name === 'pre' || isTablePart || (isInBlock && formatTags.has(name))) context.unshift(node);
    isInTable = isTablePart && name !== 'table';
    isInBlock &&= !isBlock(node);
    node = flatParent(node);
  }
  return context;
}

/** Whether the element keeps its own place in the tree although the selection does not reach beyond it. */
export function keepsItself(common: Element): boolean {
  const name = nameOf(common);
  return name === 'pre' || wholeTags.has(name) || partTags.has(name) || formatTags.has(name);
}

function isBlock(element: Element): boolean {
  return containerTags.has(nameOf(element)) || (renderedStyle(element, false)?.gapBefore ?? 0) >= lineGap;
}
