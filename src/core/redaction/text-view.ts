/** A text as the finder reads it, and where each of its UTF-16 units begins in the text that it was made of. */
export interface TextView {
  text: string;
  /** Null: each stands where it stood. One longer than the text: its end. */
  origins: Uint32Array | null;
}

/** An address in an address in an address. */
const decodeLimit = 2;

/** No width, and no part of a secret: soft hyphens, joiners, direction marks. */
const invisible = /\u034f|[\ufe00-\ufe0f]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const variant = /[\u0080-\uffff]/g;
const escapes = /%[0-9A-Fa-f]{2}/;

/** Where the ten digits of a script begin. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];

/** The text with all writings of a character made one, and, where it holds percent escapes, the same decoded. */
export function viewsOf(text: string): TextView[] {
  const views = [plainView(text)];
  for (let view = views[0]; view && views.length <= decodeLimit && escapes.test(view.text); ) {
    view = decodedView(view);
    views.push(view);
  }
  return views;
}

/** The place in the original of a place in the view. */
export function originOf({ origins }: TextView, index: number): number {
  return origins === null ? index : (origins[index] ?? 0);
}

function plainView(text: string): TextView {
  const folded = text.replace(variant, ascii);
  return invisible.test(folded) ? withoutInvisible(folded) : { text: folded, origins: null };
}

/** Full-width letters, digits of other scripts, blanks and dashes of all widths. One unit for one unit. */
function ascii(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f) return ' ';
  if (code === 0x3000) return ' ';
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xfe63) return '-';
  if (code === 0xfe6b) return '@';
  const zero = code > 0xe59 ? undefined : zeros.find(first => code >= first && code <= first + 9);
  return zero === undefined ? character : String(code - zero);
}

function withoutInvisible(text: string): TextView {
  const kept: string[] = [];
  const origins = new Uint32Array(text.length + 1);
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character > '\u007f' && invisible.test(character)) continue;
    kept.push(character);
    origins[length] = index;
    length += 1;
  }
  origins[length] = text.length;
  return { text: kept.join(''), origins: origins.subarray(0, length + 1) };
}

/** One round of percent-decoding; what is not UTF-8 stays as it is. */
function decodedView(view: TextView): TextView {
  const { text } = view;
  const kept: string[] = [];
  const origins = new Uint32Array(text.length + 1);
  let length = 0;
  for (let index = 0; index < text.length; ) {
    const encoded = text.charAt(index) === '%' ? escapedCharacter(text, index) : null;
    const characters = encoded === null ? text.charAt(index) : decodeURIComponent(encoded);
    for (const unit of characters.split('')) {
      kept.push(unit > '\u007f' ? ascii(unit) : unit);
      origins[length] = originOf(view, index);
      length += 1;
    }
    index += encoded?.length ?? 1;
  }
  origins[length] = originOf(view, text.length);
  return { text: kept.join(''), origins: origins.subarray(0, length + 1) };
}

/** The escapes that make one character; null when they make none. */
function escapedCharacter(text: string, index: number): string | null {
  const first = Number.parseInt(text.slice(index + 1, index + 3), 16);
  const bytes = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const encoded = text.slice(index, index + 3 * bytes);
  try {
    return /^(?:%[0-9A-Fa-f]{2})+$/.test(encoded) && decodeURIComponent(encoded) ? encoded : null;
  } catch {
    return null;
  }
}
