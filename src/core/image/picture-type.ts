/** How many bytes `pictureType` looks at. */
export const pictureHeadBytes = 64;

const signatures: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/bmp', 0, 'BM'],
  ['image/x-icon', 0, '\0\0\x01\0'],
];

/**
 * What the first bytes of a file say that it is, of the pictures that a browser decodes; null for anything else. The
 * name of a file, and the type that is made of it, say nothing. SVG is none of them: it is a document, with scripts.
 */
export function pictureType(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head.subarray(0, pictureHeadBytes));
  const found = signatures.find(([, at, bytes]) => text.startsWith(bytes, at));
  return found?.[0] ?? (isAvif(text) ? 'image/avif' : null);
}

/** It may name AVIF first, or among what it can be read as besides, four letters each from the 16th byte on. */
function isAvif(head: string): boolean {
  const endsAt = head.charCodeAt(2) * 0x100 + head.charCodeAt(3);
  const brands = [head.slice(8, 12), ...(head.slice(16, endsAt).match(/.{4}/gs) ?? [])];
  return head.startsWith('ftyp', 4) && (brands.includes('avif') || brands.includes('avis'));
}
