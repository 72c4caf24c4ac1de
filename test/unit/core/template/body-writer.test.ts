import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { emptyDraft } from '../../../../src/core/draft.ts';
import { quoteMarkdown } from '../../../../src/core/quote.ts';
import { applyTemplate } from '../../../../src/core/template/fill-template.ts';

const values = { agentName: 'Ana', date: 'today', time: 'now' };
const filled = (body: string, captured: string) =>
  applyTemplate(
    { ...emptyDraft('d', 0), body: captured },
    { id: 't', name: 'T', title: '', category: '', body },
    values,
    true,
  ).body;

const quote = '> one\n> two\n\n— [Page](https://example.com/)';

describe('what was captured, in a template', () => {
  test.each([
    ['They say: {{selection}} Please check.', `They say:\n\n${quote}\n\nPlease check.`],
    ['They say:\n{{selection}}\nPlease check.', `They say:\n\n${quote}\n\nPlease check.`],
    ['## Said\n\n{{selection}}\n\n## Wanted', `## Said\n\n${quote}\n\n## Wanted`],
    ['    {{selection}}  \n', `${quote}\n`],
    ['{{selection}}{{selection}}', `${quote}\n\n${quote}`],
    ['{{selection}} {{agent.name}}', `${quote}\n\nAna`],
    [
      'Steps:\n- {{selection}}\n- next',
      'Steps:\n- > one\n  > two\n\n  — [Page](https://example.com/)\n\n- next',
    ],
    ['> > temp\n> {{selection}}', '> > temp\n>\n> > one\n> > two\n>\n> — [Page](https://example.com/)'],
    ['> {{selection}}', '> > one\n> > two\n>\n> — [Page](https://example.com/)'],
  ])('a quote has lines of its own: %j', (body, text) => {
    expect(filled(body, quote)).toBe(text);
  });

  test.each([
    ['cannot log in', 'It says: cannot log in.'],
    ['— [Page](https://example.com/)', 'It says: — [Page](https://example.com/).'],
    ['- item', 'It says:\n\n- item\n\n.'],
    ['two\nlines', 'It says:\n\ntwo\nlines\n\n.'],
    ['', 'It says: .'],
  ])('one line of plain words stays in its line: %j', (captured, text) => {
    expect(filled('It says: {{selection}}.', captured)).toBe(text);
  });
});

/** Each text of a document, with whether it stands in a quote or behind its dash; all of what a block says is one. */
function blocksOf(node: Nodes): string[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [wordsOf(node)];
  return 'children' in node ? node.children.flatMap(blocksOf) : [wordsOf(node)];
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(wordsOf).join(' ') : '';
}

test('in any template, no block of the outcome holds words of both the quote and the template', () => {
  const piece = fc.constantFrom(
    'temp ',
    'temp\n',
    'temp: ',
    '\n',
    '\n\n',
    ' ',
    '# temp\n',
    '- ',
    '- temp\n',
    '1. ',
    '2. ',
    '> ',
    '> temp\n',
    '**temp** ',
    '---\n',
    '{{selection}}',
    '{{selection}}',
  );
  const templates = fc.array(piece, { maxLength: 12 }).map(pieces => `{{selection}}${pieces.join('')}`);
  const shifted = fc.tuple(fc.array(piece, { maxLength: 4 }), templates).map(([a, b]) => a.join('') + b);
  const line = fc.constantFrom('quot', 'quot *quot* quot', '- quot', '# quot', '---', 'quot: <quot>');
  const selections = fc.array(line, { minLength: 1, maxLength: 5 }).map(lines => lines.join('\n'));
  fc.assert(
    fc.property(shifted, selections, fc.boolean(), (body, text, hasSource) => {
      const page = { title: 'quot page', url: hasSource ? 'https://example.com/quot' : null };
      const captured = quoteMarkdown({
        selection: { text, tree: null, textFragment: null },
        page,
        cutNote: null,
      });
      const blocks = blocksOf(fromMarkdown(filled(body, captured)));
      expect(blocks.filter(words => /temp/.test(words) && /quot/.test(words))).toEqual([]);
      expect(blocks.some(words => words.includes('quot'))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
