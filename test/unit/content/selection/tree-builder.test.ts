import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lineGap,
  paragraphGap,
  spaceGap,
  TreeBuilder,
} from '../../../../src/content/selection/tree-builder.ts';
import { parsePageSelection } from '../../../../src/contract/page-selection.ts';
import {
  type SelectionTree,
  selectionLimitCharacters,
  selectionTagNames,
} from '../../../../src/core/quote/selection-tree.ts';
import { textOfTree } from '../../../../src/core/quote/tree-text.ts';
import { quoteMarkdown } from '../../../../src/core/quote.ts';

/** The tree as Markdown, without the marks of the quote. */
function built(write: (builder: TreeBuilder) => void): string {
  const builder = new TreeBuilder();
  write(builder);
  return markdownOf(builder.finish());
}

function markdownOf(tree: SelectionTree): string {
  const quote = quoteMarkdown({
    selection: { text: '', tree, textFragment: null },
    page: { title: '', url: null },
    cutNote: null,
  });
  return quote.replace(/^> ?/gm, '');
}

describe('TreeBuilder', () => {
  it('collapses white space, and keeps it out of formats', () => {
    const markdown = built(builder => {
      builder.text(' \n a  ');
      builder.openFormat('strong');
      builder.text(' b ');
      builder.closeFormat();
      builder.text('c\n');
    });
    expect(markdown).toBe('a **b** c');
  });

  it('makes lines and paragraphs out of gaps, the widest counting', () => {
    const markdown = built(builder => {
      builder.text('a');
      builder.gap(lineGap);
      builder.gap(spaceGap);
      builder.text('b');
      builder.gap(lineGap);
      builder.gap(paragraphGap);
      builder.text('c');
      builder.gap(paragraphGap);
    });
    expect(markdown).toBe('a  \nb\n\nc');
  });

  it('takes a break at the end of a block for nothing, and one on its own line for an empty line', () => {
    const markdown = built(builder => {
      builder.text('a');
      builder.lineBreak();
      builder.gap(lineGap);
      builder.text('b');
      builder.gap(lineGap);
      builder.lineBreak();
      builder.gap(lineGap);
      builder.text('c');
      builder.lineBreak();
      builder.lineBreak();
      builder.text('d');
    });
    expect(markdown).toBe('a  \nb\n\nc\n\nd');
  });

  it('opens a format anew in each paragraph that it spans', () => {
    const markdown = built(builder => {
      builder.openFormat('a', { href: 'https://x.example/' });
      builder.openContainer('h2');
      builder.text('a');
      builder.closeContainer();
      builder.text('b');
      builder.gap(paragraphGap);
      builder.text('c');
      builder.closeFormat();
      builder.text('d');
    });
    expect(markdown).toBe(
      '## [a](https://x.example/)\n\n[b](https://x.example/)\n\n[c](https://x.example/)d',
    );
  });

  it('makes up the items and cells that a page left out', () => {
    const markdown = built(builder => {
      builder.openContainer('ul');
      builder.text('a');
      builder.openContainer('li');
      builder.text('b');
      builder.closeContainer();
      builder.closeContainer();
      builder.openContainer('table');
      builder.text('c');
      builder.openContainer('tr');
      builder.openContainer('td');
      builder.text('d');
      builder.closeContainer();
      builder.closeContainer();
      builder.closeContainer();
    });
    expect(markdown).toBe('- a\n- b\n\n| |\n| - |\n| c |\n| d |');
  });

  it('refuses what cannot stand where it is', () => {
    const builder = new TreeBuilder();
    expect(builder.openContainer('li')).toBe(false);
    expect(builder.openContainer('td')).toBe(false);
    expect(builder.openContainer('h1')).toBe(true);
    expect(builder.openContainer('ul')).toBe(false);
  });

  it('leaves out what stayed empty, but not a cell', () => {
    const markdown = built(builder => {
      builder.openContainer('ul');
      builder.openContainer('li');
      builder.closeContainer();
      builder.closeContainer();
      builder.openContainer('table');
      builder.openContainer('tr');
      builder.openContainer('td');
      builder.closeContainer();
      builder.openContainer('td');
      builder.text('b');
      builder.closeContainer();
      builder.closeContainer();
      builder.closeContainer();
    });
    expect(markdown).toBe('| | |\n| - | - |\n| | b |');
  });

  it('keeps lines and indentation where the page does', () => {
    expect(built(builder => builder.preservedText('a\n  b\n\nc'))).toBe('a  \n\u00a0\u00a0b\n\nc');
  });

  it('gives a single paragraph as its inline content', () => {
    const builder = new TreeBuilder();
    builder.gap(paragraphGap);
    builder.text('a');
    expect(builder.finish()).toEqual({ type: 'root', children: [{ type: 'text', value: 'a' }] });
  });

  it('stops at the limit of characters', () => {
    const builder = new TreeBuilder();
    builder.text('x'.repeat(selectionLimitCharacters - 1));
    expect(builder.isFull).toBe(false);
    builder.text('😀y');
    expect(builder.isFull).toBe(true);
    builder.text('z');
    expect(textOfTree(builder.finish())).toBe('x'.repeat(selectionLimitCharacters - 1));
  });

  it('builds only what the worker takes, whatever the page', () => {
    const step = fc.oneof(
      fc.record({ call: fc.constant('open' as const), tagName: fc.constantFrom(...selectionTagNames) }),
      fc.record({
        call: fc.constant('format' as const),
        tagName: fc.constantFrom('a' as const, 'strong' as const, 'em' as const, 'code' as const),
      }),
      fc.record({ call: fc.constant('text' as const), value: fc.string({ unit: 'grapheme' }) }),
      fc.constantFrom(
        { call: 'close' as const },
        { call: 'break' as const },
        { call: 'rule' as const },
        { call: 'code' as const },
        { call: 'gap' as const },
      ),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), steps => {
        const builder = new TreeBuilder();
        const closers: (() => void)[] = [];
        for (const step of steps) {
          if (step.call === 'open' && builder.openContainer(step.tagName))
            closers.push(() => builder.closeContainer());
          else if (
            step.call === 'format' &&
            builder.openFormat(step.tagName, { href: `https://x.example/${'y'.repeat(1_900)}` })
          ) {
            closers.push(() => builder.closeFormat());
          } else if (step.call === 'text') builder.text(step.value);
          else if (step.call === 'close') closers.pop()?.();
          else if (step.call === 'break') builder.lineBreak();
          else if (step.call === 'rule') builder.rule();
          else if (step.call === 'code') builder.codeBlock('a\nb', 'js');
          else builder.gap(paragraphGap);
        }
        for (const close of closers.reverse()) close();
        const tree = builder.finish();
        const selection = {
          text: '',
          tree,
          textFragment: null,
          cut: null,
        };
        expect(parsePageSelection(JSON.parse(JSON.stringify(selection)))).not.toBeNull();
        markdownOf(tree);
      }),
      { numRuns: 300 },
    );
  });
});
