// C0/C1 controls but tab and newline, and the bidi embeddings, overrides and isolates that can make
// text read as something else than it says.
const unsafeControls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

// Marks of no width. The joiners (U+200C, U+200D) and the direction marks (U+200E, U+200F) stay: emoji, Persian and
// Hebrew need them.
const zeroWidth = /[\u200b\u2060\ufeff]/g;

/** Invisible, and alone no text: a line made of them counts as empty. */
const directionMarks = /[\u061c\u200e\u200f]/g;

/** How far back a cut may go to find the start of a grapheme; a longer "grapheme" is an attack. */
const graphemeLimitCharacters = 1_000;

/** What a limit took from a text. Lengths in UTF-16 units. */
interface Cut {
  keptCharacters: number;
  totalCharacters: number;
}

/** Text from outside, safe to show and to send: newlines normalised, lone surrogates replaced. */
function stripUnsafeControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unsafeControls, character => (character === '\n' || character === '\t' ? character : ''))
    .toWellFormed();
}

/** Page text made safe to show and to send: `\n` line ends, well-formed Unicode, nothing that hides or reorders. */
export function normaliseText(text: string): string {
  return stripUnsafeControls(text.replace(/[\u0085\u2028\u2029]/g, '\n').replace(zeroWidth, ''));
}

/** Text from outside on one line, safe to show and to send: no control or direction characters, single spaces. */
export function oneLine(text: string): string {
  return stripUnsafeControls(text).replace(directionMarks, '').replace(/\s+/g, ' ').trim();
}

/** At most `limitCharacters` UTF-16 units of `text`, cut between two graphemes. */
export function cutText(text: string, limitCharacters: number): string {
  if (text.length <= limitCharacters) return text;
  const reach = text.slice(0, limitCharacters + graphemeLimitCharacters);
  const start = new Intl.Segmenter().segment(reach).containing(limitCharacters)?.index ?? limitCharacters;
  const end = limitCharacters - start > graphemeLimitCharacters ? limitCharacters : start;
  return text.slice(0, end).toWellFormed();
}

/** The same for a text that is shown by itself: what was cut has an ellipsis, inside the limit. */
export function clip(text: string, limitCharacters: number): string {
  return text.length <= limitCharacters ? text : `${cutText(text, limitCharacters - 1).trimEnd()}…`;
}

/** Normalised page text within the limit, and what the limit took. */
export function limitText(text: string, limitCharacters: number): { text: string; cut: Cut | null } {
  // The slice keeps a text of many megabytes from being rewritten only to be thrown away.
  const whole = normaliseText(text.slice(0, 4 * limitCharacters));
  const kept = cutText(whole, limitCharacters);
  const isCut = kept !== whole || text.length > 4 * limitCharacters;
  return { text: kept, cut: isCut ? { keptCharacters: kept.length, totalCharacters: text.length } : null };
}
