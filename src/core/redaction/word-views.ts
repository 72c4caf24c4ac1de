import { originOf, type TextView, viewsOf } from './text-view.ts';

/** A stretch of a text; UTF-16 offsets, `end` is behind its last character. */
export interface Stretch {
  start: number;
  end: number;
}

/** A text as words are looked for in it. */
export interface WordView {
  text: string;
  /** Where a stretch of it stands in the text that it was made of. */
  inOriginal: (stretch: Stretch) => Stretch;
}

/** What Markdown adds to words: escapes, marks of emphasis and code, and what begins the lines of a quote. */
const markup =
  /\\(?=[!-/:-@[-`{-~\n])|\*\*|~~|`+|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])|(?<=^|\n)[ \t]*>[ \t>]*/gu;

/** The text in all ways that `viewsOf` reads it, and each of them without its Markdown. */
export function wordViewsOf(text: string): WordView[] {
  return viewsOf(text).flatMap(view => {
    const plain: WordView = {
      text: view.text,
      inOriginal: ({ start, end }) => ({ start: originOf(view, start), end: originOf(view, end) }),
    };
    const quiet = withoutMarkup(view);
    return quiet === null ? [plain] : [plain, quiet];
  });
}

function withoutMarkup(view: TextView): WordView | null {
  const kept: string[] = [];
  const origins = new Uint32Array(view.text.length + 1);
  /** By where a mark begins and by where it ends, the other of the two; escapes and quotes come alone. */
  const byStart = new Map<number, number>();
  const byEnd = new Map<number, number>();
  let length = 0;
  let at = 0;
  const keep = (end: number) => {
    kept.push(view.text.slice(at, end));
    for (; at < end; at += 1) {
      origins[length] = at;
      length += 1;
    }
  };
  let escapedAt = -1;
  for (const { index, 0: mark } of view.text.matchAll(markup)) {
    // What an escape stands before is a letter as any other.
    if (index === escapedAt) continue;
    if (mark === '\\') escapedAt = index + 1;
    keep(index);
    at = index + mark.length;
    if (/^[*~_`]/.test(mark)) {
      byStart.set(index, at);
      byEnd.set(at, index);
    }
  }
  if (at === 0 && length === 0) return null;
  keep(view.text.length);
  origins[length] = view.text.length;
  const inOriginal = (stretch: Stretch): Stretch => {
    // The end of its last character, not what was taken out behind it.
    let start = origins[stretch.start] ?? 0;
    let end = (origins[stretch.end - 1] ?? 0) + 1;
    // Of a pair of marks of which one is inside, the other would be left alone.
    const inside = view.text.slice(start, end).match(/(?<!\\)(?:\*\*|~~|`+|[*_])/g) ?? [];
    if (inside.length % 2 === 1) {
      const [before, behind] = [byEnd.get(start), byStart.get(end)];
      if (before !== undefined) start = before;
      else if (behind !== undefined) end = behind;
    }
    return { start: originOf(view, start), end: originOf(view, end) };
  };
  return { text: kept.join(''), inOriginal };
}
