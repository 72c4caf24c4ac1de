import type { SecretKind } from './secret-kind.ts';

/** A secret in a text; UTF-16 offsets, `end` is behind its last character. */
export interface Finding {
  kind: SecretKind;
  start: number;
  end: number;
}

/**
 * Stands in for what is not looked at (any more): a mask, a secret that was found. It is neither a letter nor a digit nor a
 * blank, and no secret goes over it.
 */
export const filler = '\ue000';

/** `text` with each of the stretches blotted out, as long as before. They must be sorted and apart. */
export function blot(text: string, stretches: readonly { start: number; end: number }[]): string {
  if (stretches.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of stretches) {
    parts.push(text.slice(at, start), filler.repeat(end - start));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

const alphanumeric = /[\p{L}\p{N}]/u;

/** Whether the UTF-16 unit there is a letter or a digit; false outside the text. Half a surrogate pair is none. */
export function isAlphanumericAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  }
  return alphanumeric.test(text.charAt(index));
}
