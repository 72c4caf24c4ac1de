/**
 * What a text field shows after somebody else (a menu, a shortcut, another window) changed the stored text.
 * `base` is what the field and the store last agreed on, `local` what stands in the field, `stored` the new text.
 * Typed words are never lost: an addition at the end is taken over below them, any other change yields to them.
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
  return local;
}
