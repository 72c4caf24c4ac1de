import type { Mark } from './mark.ts';

/**
 * What a picture's marks are once those of an editor take their place: the editor's, and each redaction that came from
 * elsewhere since. `known`, the ids of all marks that the editor had, tells such a one from one that was taken away there.
 */
export function withRedactionsSince(
  stored: readonly Mark[],
  edited: readonly Mark[],
  known: readonly string[],
): Mark[] {
  const there = new Set([...known, ...edited.map(({ id }) => id)]);
  return [...edited, ...stored.filter(({ id, tool }) => tool === 'redact' && !there.has(id))];
}
