/**
 * What a text field shows after somebody else (a menu, a shortcut, another window) changed the stored text.
 * `base` is what the field and the store last agreed on, `local` what stands in the field, `stored` the new text.
 * Typed words are never lost: an addition is taken over, in its place where that is as it was, else below them; any other
 * change yields to them.
 */
export function mergeText(base: string, local: string, stored: string): string {
  if (local === base) return stored;
  // The field's own earlier words: a save whose answer was lost was stored all the same.
  if (local.startsWith(stored.trimEnd())) return local;
  const keptBase = base.trimEnd();
  if (stored.startsWith(keptBase)) {
    const addition = stored.slice(keptBase.length).trim();
    return addition === '' ? local : `${local.trimEnd()}\n\n${addition}\n`;
  }
  return withInsertion(base, local, stored) ?? withQuoteBelow(base, local, stored) ?? local;
}

/**
 * The field's words with a quote below that was put below earlier words of the field: the base was a save that was on its
 * way then, and was never stored. Null when that is not what happened.
 */
function withQuoteBelow(base: string, local: string, stored: string): string | null {
  const added = stored.slice(commonStart(base, stored)).trimStart();
  const quote = added.trimEnd();
  const above = stored.slice(0, stored.length - added.length);
  const isQuote = quote.startsWith('>') && (above === '' || above.endsWith('\n'));
  return isQuote && !local.includes(quote) ? `${local.trimEnd()}\n\n${quote}\n` : null;
}

/** The field's words with what was put into the base, as a template takes a quote; null when more than that was done to it. */
function withInsertion(base: string, local: string, stored: string): string | null {
  const at = commonStart(base, stored);
  const behind = base.length - at;
  if (stored.length <= base.length || !stored.endsWith(base.slice(at))) return null;
  const inserted = stored.slice(at, stored.length - behind);
  // A quote is of several lines. Anything else may be the field's own words, of a save whose answer was lost.
  if (!inserted.trim().includes('\n') || local.includes(inserted.trim())) return null;
  if (at <= commonStart(base, local)) return local.slice(0, at) + inserted + local.slice(at);
  if (local.endsWith(base.slice(at))) {
    return local.slice(0, local.length - behind) + inserted + local.slice(local.length - behind);
  }
  return `${local.trimEnd()}\n\n${inserted.trim()}\n`;
}

/** How long two texts are the same from their start. */
function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}
