type CleanApiKey = { ok: true; key: string } | { ok: false; problem: 'empty' | 'not-header-safe' };

const quotes = '"\'`´\u2018-\u201f\u2039\u203a\u00ab\u00bb';
const leadingNoise = new RegExp(`^(?:[\\s${quotes}]+|authorization[\\s${quotes}]*[:=]|bearer(?=\\s|$))`, 'i');
const trailingNoise = new RegExp(`[\\s${quotes}]+$`);
// Format characters: zero-width spaces and joiners, direction marks, soft hyphens, byte order marks.
const invisibles = /\p{Cf}/gu;

/**
 * The API key in what a person pasted: a copied header line, a quoted string, a wrapped line.
 * The vendor does not say what a key looks like, so only what an HTTP header value cannot carry is refused
 * (visible ASCII, RFC 9110 section 5.5).
 */
export function cleanApiKey(pasted: string): CleanApiKey {
  let key = pasted.replace(invisibles, '');
  while (leadingNoise.test(key)) key = key.replace(leadingNoise, '');
  key = key.replace(trailingNoise, '').replace(/\s+/g, '');
  if (key === '') return { ok: false, problem: 'empty' };
  return /^[\x21-\x7e]{1,1000}$/.test(key) ? { ok: true, key } : { ok: false, problem: 'not-header-safe' };
}

/** The last 4 characters, to recognise a key by; nothing of a key so short that they would give it away. */
export function keyHint(key: string): string {
  return key.length >= 8 ? key.slice(-4) : '';
}
