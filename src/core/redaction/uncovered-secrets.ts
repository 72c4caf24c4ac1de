import { intersection, type Rect } from '../image/geometry.ts';
import type { PictureMarks } from '../marks/mark.ts';
import type { SecretKind } from './secret-kind.ts';

/**
 * How many of the found places can still be read in the picture as it is marked: inside its crop, and not wholly
 * under redactions. Several redactions may cover one place together. All in picture px.
 */
export function uncoveredSecrets(
  found: readonly { kind: SecretKind; rect: Rect }[],
  { marks, crop }: PictureMarks,
): Partial<Record<SecretKind, number>> {
  const covers = marks.flatMap(mark => (mark.tool === 'redact' ? [mark.rect] : []));
  const counts: Partial<Record<SecretKind, number>> = {};
  for (const { kind, rect } of found) {
    const shown = crop ? intersection(rect, crop) : rect;
    if (shown && remainders(shown, covers).length > 0) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** What is left of `rect` when all covers are taken off it: upright rectangles that do not overlap. */
function remainders(rect: Rect, covers: readonly Rect[]): Rect[] {
  let left = [rect];
  for (const cover of covers) {
    if (left.length === 0) break;
    left = left.flatMap(part => without(part, cover));
  }
  return left;
}

function without(part: Rect, cover: Rect): Rect[] {
  const cut = intersection(part, cover);
  if (!cut) return [part];
  const { x, y, width, height } = part;
  const right = x + width;
  const bottom = y + height;
  return [
    { x, y, width, height: cut.y - y },
    { x, y: cut.y + cut.height, width, height: bottom - cut.y - cut.height },
    { x, y: cut.y, width: cut.x - x, height: cut.height },
    { x: cut.x + cut.width, y: cut.y, width: right - cut.x - cut.width, height: cut.height },
  ].filter(rest => rest.width > 0 && rest.height > 0);
}
