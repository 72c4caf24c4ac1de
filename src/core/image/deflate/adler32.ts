const base = 65_521;
// The most bytes whose sums stay below 2^32 (zlib's NMAX).
const stretch = 5_552;

/** The checksum at the end of a zlib stream, of the bytes, or of `before` (an earlier answer) and the bytes after it. */
export function adler32(bytes: Uint8Array, before = 1): number {
  let low = before & 65_535;
  let high = before >>> 16;
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + stretch);
    for (; at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= base;
    high %= base;
  }
  return ((high << 16) | low) >>> 0;
}
