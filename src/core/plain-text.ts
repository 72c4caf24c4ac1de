// C0/C1 controls but tab and newline, and the bidi embeddings, overrides and isolates that can make
// text read as something else than it says.
const unsafeControls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside, safe to show and to send: newlines normalised, lone surrogates replaced. */
export function stripUnsafeControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unsafeControls, character => (character === '\n' || character === '\t' ? character : ''))
    .toWellFormed();
}
