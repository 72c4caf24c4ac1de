import type { Delete, Root } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { defaultHandlers, type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown';

/** Markdown that people can read as it stands: the draft is a plain text field. No newline at the end. */
export function quietMarkdown(root: Root): string {
  return toMarkdown(root, options).trimEnd();
}

const text: Handle = (node, _parent, state, info) => withoutNeedlessEscapes(state.safe(node.value, info));

// Two spaces instead of a backslash; a heading or a cell, where the default is a space, keeps that.
const lineBreak: Handle = (node, parent, state, info) =>
  defaultHandlers.break(node, parent, state, info).replace('\\\n', '  \n');

const strikethrough: Handle = (node: Delete, _parent, state, info) =>
  `~~${state.containerPhrasing(node, { ...info, before: '~', after: '~' })}~~`;

const options: Options = {
  bullet: '-',
  rule: '-',
  emphasis: '_',
  listItemIndent: 'one',
  // Aligned pipes would pad every row of a table to its widest cell.
  extensions: [gfmTableToMarkdown({ tablePipeAlign: false })],
  handlers: { break: lineBreak, delete: strikethrough, text },
  unsafe: [{ character: '~', after: '~', inConstruct: 'phrasing' }],
};

/**
 * Takes back escapes that CommonMark does not need and that make names and logs hard to read: `snake_case`, `2 * 3`,
 * `AT&T`, `[ERROR] text`. A bracket stays escaped where it could begin a link, a definition, a footnote or a task.
 */
function withoutNeedlessEscapes(markdown: string): string {
  return markdown
    .replace(/(?<=[\p{L}\p{N}])(?:\\_)+(?=[\p{L}\p{N}])/gu, all => all.replaceAll('\\', ''))
    .replace(/(?<=\S )\\\*(?= \S)/g, '*')
    .replace(/(?<!\\)\\\[(?![ xX^]\]|\^)([^[\]\\\n]*)\](?=[^([:]|$)/g, '[$1]')
    .replace(/(?<!\\)\\+&(?!#?\w+;)/g, all => (all.length % 2 === 0 ? all.slice(1) : all));
}
