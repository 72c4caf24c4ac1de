/** The width of a text on one line in px, for letters of a size. Canvas and SVG must draw with the same letters. */
export type Measure = (text: string, letterPx: number) => number;

/** Distance of two base lines over the size of the letters. */
export const lineHeight = 1.25;

/** From the top of a line to its base line, over the size of the letters. */
export const ascent = 0.95;

/**
 * Breaks a text into lines that are at most `widthPx` wide: at blanks, and inside a word only when the word alone is
 * too wide. Line ends of the text are kept. A line has at least one grapheme, however narrow it has to be.
 */
export function wrapText(text: string, widthPx: number, letterPx: number, measure: Measure): string[] {
  const fits = (line: string) => measure(line, letterPx) <= widthPx;
  return text.split('\n').flatMap(paragraph => {
    const lines: string[] = [];
    let line = '';
    for (const part of paragraph.split(/(?<=\s)(?=\S)/u)) {
      if (fits((line + part).trimEnd())) {
        line += part;
        continue;
      }
      if (line !== '') lines.push(line.trimEnd());
      const pieces = fits(part.trimEnd()) ? [part] : breakWord(part, fits);
      line = pieces.pop() ?? '';
      lines.push(...pieces);
    }
    lines.push(line.trimEnd());
    return lines;
  });
}

function breakWord(word: string, fits: (line: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (piece !== '' && !fits(piece + segment)) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}
