import { describe, expect, it } from 'vitest';
import { textOfTree } from '../../../../src/core/quote/tree-text.ts';
import { element, root } from './selection-nodes.ts';

describe('textOfTree', () => {
  it('lays out blocks, lists and tables', () => {
    const tree = root(
      element('h1', ['Title']),
      element('p', ['one', element('br'), 'two ', element('strong', ['bold'])]),
      element('ul', [element('li', ['a', element('ul', [element('li', ['b'])])]), element('li', ['c'])]),
      element('table', [
        element('tr', [element('th', ['A']), element('th', ['B'])]),
        element('tr', [element('td', ['1', element('br'), '2']), element('td', [])]),
      ]),
      element('pre', [element('code', ['x\n  y'])]),
      element('p', [element('img', [], { src: 'https://x.example/a.png', alt: 'picture' })]),
    );
    expect(textOfTree(tree)).toBe('Title\n\none\ntwo bold\n\na\nb\nc\n\nA\tB\n1 2\n\nx\n  y\n\npicture');
  });
});
