import fc from 'fast-check';
import type { Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { type SelectionTree, selectionLimitCharacters } from '../../../src/core/quote/selection-tree.ts';
import { plainQuote, quoteMarkdown } from '../../../src/core/quote.ts';
import { anyTree, element, root } from './quote/selection-nodes.ts';

const noPage = { title: '', url: null };

function quoteOf(tree: SelectionTree): string {
  return quoteMarkdown({ selection: { text: '', tree, textFragment: null }, page: noPage, cutNote: null });
}

describe('quoteMarkdown', () => {
  it('quotes, says what was cut, and names the source', () => {
    const quote = quoteMarkdown({
      selection: { text: 'a b', tree: root('a ', element('strong', ['b'])), textFragment: 'text=a%20b' },
      page: { title: 'All [about] B*', url: 'https://me:pw@x.example/p?utm_source=mail&id=7#part' },
      cutNote: '20,000 of 34,000 characters.',
    });
    expect(quote).toBe(
      [
        '> a **b**',
        '>',
        '> 20,000 of 34,000 characters.',
        '',
        '— [All \\[about\\] B\\*](https://x.example/p?id=7#part:~:text=a%20b)',
      ].join('\n'),
    );
  });

  it.each([
    [
      'formats',
      root('a ', element('em', ['b']), ' ', element('del', ['c']), ' ', element('code', ['d`e'])),
      '> a _b_ ~~c~~ ``d`e``',
    ],
    ['headings', root(element('h2', ['a']), element('p', ['b'])), '> ## a\n>\n> b'],
    ['a list from the middle on', root(element('ol', [element('li', ['c'])], { start: 3 })), '> 3. c'],
    ['line breaks', root(element('p', ['a', element('br'), 'b'])), '> a  \n> b'],
    [
      'nested lists',
      root(
        element('ul', [element('li', ['a', element('ol', [element('li', ['b']), element('li', ['c'])])])]),
      ),
      '> - a\n>   1. b\n>   2. c',
    ],
    [
      'code blocks with their white space',
      root(element('pre', [element('code', ['a\n  b\n\n```'], { className: ['language-ts'] })])),
      '> ````ts\n> a\n>   b\n>\n> ```\n> ````',
    ],
    [
      'tables',
      root(
        element('table', [
          element('tr', [element('th', ['A']), element('th', ['B'])]),
          element('tr', [
            element('td', ['1|2'], { align: 'right' }),
            element('td', ['a', element('br'), 'b']),
          ]),
        ]),
      ),
      '> | A | B |\n> | -: | - |\n> | 1\\|2 | a b |',
    ],
    [
      'tables without a header',
      root(element('table', [element('tr', [element('td', ['1']), element('td', ['2'])])])),
      '> | | |\n> | - | - |\n> | 1 | 2 |',
    ],
    ['quotes', root(element('blockquote', [element('p', ['a'])]), element('p', ['b'])), '> > a\n>\n> b'],
    [
      'pictures and links',
      root(
        element('a', [element('img', [], { src: 'https://x.example/a.png', alt: 'A' })], {
          href: 'https://x.example/',
        }),
      ),
      '> [![A](https://x.example/a.png)](https://x.example/)',
    ],
    ['rules', root(element('p', ['a']), element('hr'), element('p', ['b'])), '> a\n>\n> ---\n>\n> b'],
  ])('writes %s', (_what, tree, expected) => {
    expect(quoteOf(tree)).toBe(expected);
  });

  it.each([
    'snake_case_name',
    '2 * 3 = 6',
    '[ERROR] disk full [1]',
    'AT&T',
    'a < b > c',
    'C:\\dir\\file',
    '50 % - 3 + 4',
  ])('leaves %j readable', text => {
    expect(quoteOf(root(text))).toBe(`> ${text}`);
  });

  it.each([
    '# a',
    '- a',
    '1. a',
    '> a',
    '*a*',
    '_a_',
    '`a`',
    '[a](b)',
    '![a](b)',
    '<b>a</b>',
    '&lt;',
    '[a]: b',
    '~~a~~',
    '---',
  ])('keeps %j from being read as Markdown', text => {
    expect(wordsOf(quoteOf(root(text)))).toBe(text);
  });

  it('keeps any words as they are, as text', { timeout: 30_000 }, () => {
    const word = fc.string({
      unit: fc.constantFrom(...'aB1 _*[]()!`~<>&#;+-=|\\.:"\'^{}é😀'),
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(word, text => {
        fc.pre(text.trim() !== '');
        expect(wordsOf(quoteOf(root(text)))).toBe(text.replace(/ +/g, ' ').trim());
      }),
      { numRuns: 3_000 },
    );
  });

  it('cleans the addresses in the quote', () => {
    const link = element('a', ['a'], { href: 'https://me:pw@x.example/?token=t&b=1&utm_source=x' });
    const picture = element('img', [], { src: 'https://x.example/a.png?sig=s', alt: 'b' });
    expect(quoteOf(root(link, ' ', picture))).toBe(
      '> [a](https://x.example/?b=1) ![b](https://x.example/a.png)',
    );
  });

  it('keeps the words of a link or picture that leads nowhere good', () => {
    const link = element('a', ['a'], { href: 'javascript:alert(1)' });
    const picture = element('img', [], { src: 'data:image/png;base64,AAAA', alt: 'b' });
    expect(quoteOf(root(link, ' ', picture, ' ', element('a', ['c'])))).toBe('> a b c');
  });

  it('takes any tree, however wrongly built, and never lets an unsafe address out', () => {
    fc.assert(
      fc.property(anyTree, tree => {
        expect(quoteOf(tree)).not.toMatch(/\]\(<?(?:javascript|data|blob):/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays of a size with the selection', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), text => {
        expect(plainQuote(text, noPage, null).length).toBeLessThanOrEqual(8 * text.length + 8);
      }),
    );
  });

  it.each(['\\', ' ', '\n', '\n ', '_', 'a_', '*', '[', '[]', '&', '`', '~', '<', '!', '\u00a0', 'a ', '> '])(
    'is not held up by a selection full of %j',
    part => {
      const text = part.repeat(selectionLimitCharacters / part.length);
      const start = performance.now();
      quoteOf(root(text));
      quoteOf(root(element('pre', [element('code', [text])])));
      plainQuote(text, noPage, null);
      expect(performance.now() - start).toBeLessThan(2_000);
    },
  );

  it('falls back on the text of a tree that says nothing', () => {
    const selection = { text: 'words', tree: root(), textFragment: null };
    expect(quoteMarkdown({ selection, page: noPage, cutNote: null })).toBe('> words');
  });

  it('is the source alone when nothing is selected', () => {
    const selection = { text: '', tree: null, textFragment: null };
    const page = { title: 'T', url: 'https://x.example/' };
    expect(quoteMarkdown({ selection, page, cutNote: 'unused' })).toBe('— [T](https://x.example/)');
  });
});

describe('plainQuote', () => {
  it('keeps lines, paragraphs and indentation, and escapes the rest', () => {
    expect(plainQuote('a\n  b\n\tc\n \n\n# d\n- e', noPage, null)).toBe(
      '> a  \n> \u00a0\u00a0b  \n> \u00a0\u00a0\u00a0\u00a0c\n>\n> \\# d  \n> \\- e',
    );
  });

  it.each([
    [{ title: '', url: 'https://x.example/a' }, '— <https://x.example/a>'],
    [{ title: 'T', url: 'about:blank' }, '— T'],
    [{ title: 'T', url: 'data:text/html,x' }, '— T'],
    [{ title: 'T', url: null }, '— T'],
    [{ title: 'T', url: 'file:///home/me/a.html' }, '— T (file:a.html)'],
    [{ title: '', url: 'chrome://version/' }, '— chrome://version'],
    [{ title: ' a\n\u202eb ', url: null }, '— a b'],
  ])('names the source %j', (page, expected) => {
    expect(plainQuote('a', page, null)).toBe(`> a\n\n${expected}`);
  });
});

/** What a reader of the Markdown sees as text, when all of it is text. */
function wordsOf(markdown: string): string {
  const { children } = fromMarkdown(markdown);
  const [quote, ...others] = children;
  if (quote?.type !== 'blockquote' || others.length > 0) return `not one quote: ${markdown}`;
  return quote.children
    .map(block => (block.type === 'paragraph' ? inlineWords(block) : `{${block.type}}`))
    .join('');
}

function inlineWords(paragraph: Paragraph): string {
  return paragraph.children.map(node => (node.type === 'text' ? node.value : `{${node.type}}`)).join('');
}
