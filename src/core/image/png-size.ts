export const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as those of a PNG do. */
function hasPngSignature(head: Uint8Array): boolean {
  return pngSignature.every((byte, at) => head[at] === byte);
}

/** The size that a PNG states in its first 24 bytes; null when they are no PNG's. */
export function pngSize(head: Uint8Array): { widthPx: number; heightPx: number } | null {
  if (head.length < 24 || !hasPngSignature(head)) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = { widthPx: view.getUint32(16), heightPx: view.getUint32(20) };
  return size.widthPx > 0 && size.heightPx > 0 ? size : null;
}
