/** What Markdown begins a block with, so that the line means something else when it stands behind other words. */
const blockStart =
  /^(?:>|#{1,6}(?:\s|$)|[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|```|~~~|\||<|=+$|(?:[-*_][ \t]*){3,}$)/;
/** A line with nothing on it but the marks of quotes and lists that are to hold what follows. */
const containerMarks = /^ {0,3}(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)+$/;
const leadingQuoteMarks = /^(?: {0,3}>[ \t]*)+/;

/**
 * Writes the body of a ticket from a template's words and what was captured. Words go one behind the other, and one captured
 * line of plain words goes among them. Anything else that was captured, as every quote, gets lines of its own, with
 * an empty one on both sides: else the lines of a quote would run on into the template's words. Behind the marks
 * of a quote or a list item it becomes part of that.
 */
export class BodyWriter {
  #text = '';
  #isBehindBlock = false;

  get text(): string {
    return this.#text;
  }

  words(words: string): void {
    if (!this.#isBehindBlock) {
      this.#text += words;
      return;
    }
    const rest = words.replace(/^[ \t]+/, '');
    if (rest === '') return;
    this.#isBehindBlock = false;
    const isParted = /^\n[ \t]*(?:\n|$)/.test(rest);
    this.#text += `${isParted ? '' : rest.startsWith('\n') ? '\n' : '\n\n'}${rest}`;
  }

  captured(selection: string): void {
    if (selection === '') return;
    if (!selection.includes('\n') && !blockStart.test(selection)) {
      this.words(selection);
      return;
    }
    const lineAt = this.#text.lastIndexOf('\n') + 1;
    const line = this.#isBehindBlock ? '' : this.#text.slice(lineAt);
    const marks = containerMarks.test(line) ? line : '';
    const above = (marks === '' ? this.#text : this.#text.slice(0, lineAt)).trimEnd();
    const within = marks.replace(/[^>\s]/g, ' ');
    const lines = selection
      .split('\n')
      .map((part, index) =>
        `${index === 0 ? marks : within}${part}`.replace(/^[ \t>]+$/, all => all.trimEnd()),
      );
    const isNextItem = marks !== '' && this.#continuesAbove(lineAt, marks);
    // An empty line of a quote keeps its lines together, and what is within a quote above from running on.
    const emptyLine = isNextItem ? (leadingQuoteMarks.exec(marks)?.[0].trimEnd() ?? '') : '';
    const gap = above === '' ? '' : isNextItem && emptyLine === '' ? '\n' : `\n${emptyLine}\n`;
    this.#text = `${above}${gap}${lines.join('\n')}`;
    this.#isBehindBlock = true;
  }

  /**
   * Whether the marks begin an item without an empty line above, which would set all items of a list apart. A number other
   * than 1 does so only in a list.
   */
  #continuesAbove(lineAt: number, marks: string): boolean {
    return !/\n[ \t]*\n$/.test(this.#text.slice(0, lineAt)) && !/[02-9]|1\d/.test(marks);
  }
}
