import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PageSelection, parsePageSelection } from '../../../src/contract/page-selection.ts';
import { selectionLimitCharacters, selectionLimitDepth } from '../../../src/core/quote/selection-tree.ts';

const good: PageSelection = {
  text: 'a b',
  tree: {
    type: 'root',
    children: [
      { type: 'text', value: 'a ' },
      {
        type: 'element',
        tagName: 'a',
        properties: { href: 'https://x.example/' },
        children: [{ type: 'text', value: 'b' }],
      },
    ],
  },
  textFragment: 'text=a%20b',
  cut: { keptCharacters: 3, totalCharacters: 5 },
};

/** `<em>` in `<em>`, so many levels deep, without a recursive builder. */
function nested(depth: number): unknown {
  let node: unknown = { type: 'text', value: 'x' };
  for (let level = 1; level < depth; level += 1) {
    node = { type: 'element', tagName: 'em', properties: {}, children: [node] };
  }
  return { type: 'root', children: [node] };
}

function link(properties: Record<string, unknown>): unknown {
  return {
    ...good,
    tree: { type: 'root', children: [{ type: 'element', tagName: 'a', properties, children: [] }] },
  };
}

describe('parsePageSelection', () => {
  it('takes a selection as it is', () => {
    expect(parsePageSelection(structuredClone(good))).toEqual(good);
  });

  it('takes one where nothing was selected', () => {
    const empty = { ...good, text: '', tree: null, textFragment: null, cut: null };
    expect(parsePageSelection(empty)).toEqual(empty);
  });

  it.each([
    ['nothing', undefined],
    ['a list', [good]],
    ['a part', { text: 'a' }],
    ['a key that nobody asked for', { ...good, more: 1 }],
    ['a key that nobody asked for, deep inside', link({ href: 'https://x.example/', onclick: 'x' })],
    [
      'a tag that is not in the list',
      {
        ...good,
        tree: {
          type: 'root',
          children: [{ type: 'element', tagName: 'script', properties: {}, children: [] }],
        },
      },
    ],
    [
      'a node of another kind',
      { ...good, tree: { type: 'root', children: [{ type: 'raw', value: '<b>' }] } },
    ],
    ['__proto__', JSON.parse(`{"__proto__": {"text": "x"}, ${JSON.stringify(good).slice(1)}`)],
    ['constructor, deep inside', link({ constructor: { prototype: 1 } })],
    ['an object with a class', { ...good, cut: new Date() }],
    ['too long a text', { ...good, text: 'x'.repeat(selectionLimitCharacters + 1) }],
    [
      'too many nodes',
      { ...good, tree: { type: 'root', children: Array(8_001).fill({ type: 'text', value: 'x' }) } },
    ],
    [
      'too much text in many nodes',
      {
        ...good,
        tree: { type: 'root', children: Array(100).fill({ type: 'text', value: 'x'.repeat(10_000) }) },
      },
    ],
    ['a huge list', { ...good, tree: { type: 'root', children: Array(1_000_000).fill(1) } }],
    ['too deep a tree', { ...good, tree: nested(selectionLimitDepth + 5) }],
    ['a fragment that breaks out of its link', { ...good, textFragment: 'text=a) [b](javascript:alert(1)' }],
    ['a count that is no number', { ...good, cut: { keptCharacters: Number.NaN, totalCharacters: 5 } }],
    ['a negative count', { ...good, cut: { keptCharacters: 3, totalCharacters: -1 } }],
  ])('refuses %s', (_what, input) => {
    expect(parsePageSelection(input)).toBeNull();
  });

  it('takes a tree of the greatest depth', () => {
    expect(parsePageSelection({ ...good, tree: nested(selectionLimitDepth) })).not.toBeNull();
  });

  it('refuses a tree 100,000 levels deep, and one that holds itself, at once', () => {
    const circle: { type: string; children: unknown[] } = { type: 'root', children: [] };
    circle.children.push(circle);
    const start = performance.now();
    expect(parsePageSelection({ ...good, tree: nested(100_000) })).toBeNull();
    expect(parsePageSelection({ ...good, tree: circle })).toBeNull();
    expect(performance.now() - start).toBeLessThan(500);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///x',
    'blob:https://x.example/1',
    '/relative',
    '',
  ])('drops the address %j and keeps the link', href => {
    const parsed = parsePageSelection(link({ href }));
    expect(parsed?.tree?.children).toEqual([{ type: 'element', tagName: 'a', properties: {}, children: [] }]);
  });

  it.each(['https://x.example/', 'http://x.example/', 'mailto:a@b.example', 'tel:+49123'])(
    'keeps the address %j',
    href => {
      const parsed = parsePageSelection(link({ href }));
      expect(parsed?.tree?.children).toEqual([
        { type: 'element', tagName: 'a', properties: { href }, children: [] },
      ]);
    },
  );

  it('takes hidden and reordering characters out of all texts', () => {
    const parsed = parsePageSelection({
      ...good,
      text: 'a\u202eb\u0000\r\nc\ud800',
      tree: { type: 'root', children: [{ type: 'text', value: 'a\u2066b' }] },
    });
    expect(parsed?.text).toBe('ab\nc\ufffd');
    expect(parsed?.tree?.children).toEqual([{ type: 'text', value: 'ab' }]);
  });

  it('does not throw and does not pollute, whatever it is given', () => {
    const key = fc.constantFrom(
      'text',
      'tree',
      'type',
      'children',
      'properties',
      'tagName',
      'value',
      '__proto__',
      'constructor',
      'cut',
      'x',
    );
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.bigInt(),
      fc.constantFrom(null, undefined, true, 'root', 'element', 'text', Symbol.iterator),
    );
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        leaf,
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(key, tie('value'), { maxKeys: 6 }),
      ),
    }));
    const almost = fc
      .tuple(fc.constantFrom(...Object.keys(good)), value)
      .map(([name, odd]) => ({ ...structuredClone(good), [name]: odd }));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), value, almost), input => {
        const parsed = parsePageSelection(input);
        if (parsed !== null) expect(Object.keys(parsed).sort()).toEqual(Object.keys(good).sort());
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
