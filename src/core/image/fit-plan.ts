/**
 * Most base64 characters of one picture on a ticket. Source: the vendor's 4 MB, read so that both the encoded
 * and the decoded size stay under it by either meaning of "MB".
 */
export const base64LimitCharacters = 4_000_000;

/** Most bytes of a PNG whose base64 text keeps the limit: base64 makes 4 characters of 3 bytes. */
export const ticketPngLimitBytes = (base64LimitCharacters / 4) * 3;

/** Most bytes of one file on a reply; the vendor's 32 MB. */
export const replyFileLimitBytes = 32_000_000;

// A PNG's size grows a little slower than its area; aiming below the limit makes one more encode rare.
const aim = 0.94;

/**
 * The side-length factor (0–1] to encode at next, after a picture encoded at `scale` came out at `sizeBytes`.
 * Assumes size ∝ area, and always shrinks by at least 5 %, so that a loop over it ends.
 */
export function nextScale(scale: number, sizeBytes: number, limitBytes: number): number {
  const predicted = scale * Math.sqrt((limitBytes * aim) / sizeBytes);
  return Math.min(predicted, scale * 0.95);
}
