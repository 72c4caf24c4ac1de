import fc from 'fast-check';
import {
  type SelectionElement,
  type SelectionNode,
  type SelectionProperties,
  type SelectionTagName,
  type SelectionTree,
  selectionTagNames,
} from '../../../../src/core/quote/selection-tree.ts';

/** An element of a tree; strings stand for texts. */
export function element(
  tagName: SelectionTagName,
  children: (SelectionNode | string)[] = [],
  properties: SelectionProperties = {},
): SelectionElement {
  return { type: 'element', tagName, properties, children: nodes(children) };
}

export function root(...children: (SelectionNode | string)[]): SelectionTree {
  return { type: 'root', children: nodes(children) };
}

function nodes(children: (SelectionNode | string)[]): SelectionNode[] {
  return children.map(child => (typeof child === 'string' ? { type: 'text', value: child } : child));
}

/** Trees that no reader would build: any tag in any other. */
export const anyTree: fc.Arbitrary<SelectionTree> = fc
  .letrec<{ node: SelectionNode; list: SelectionNode[] }>(tie => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ type: fc.constant('text' as const), value: fc.string({ unit: 'binary' }) }),
      fc.record({
        type: fc.constant('element' as const),
        tagName: fc.constantFrom(...selectionTagNames),
        properties: fc.record(
          {
            href: fc.oneof(
              fc.webUrl(),
              fc.constantFrom('javascript:alert(1)', 'data:text/html,x', 'mailto:a@b.example'),
            ),
            src: fc.oneof(
              fc.webUrl(),
              fc.constantFrom('data:image/png;base64,AAAA', 'blob:https://x.example/1'),
            ),
            alt: fc.string(),
            start: fc.nat(),
            className: fc.constantFrom<string[]>(['language-js']),
            align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
          },
          { requiredKeys: [] },
        ),
        children: tie('list'),
      }),
    ),
    list: fc.array(tie('node'), { maxLength: 4 }),
  }))
  .list.map(children => ({ type: 'root', children }));
