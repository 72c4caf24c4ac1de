/** How many bytes `pictureType` looks at. */
export const pictureHeadBytes = 32;

const signatures: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['image/avif', 4, 'ftypavis'],
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
  return found?.[0] ?? null;
}
