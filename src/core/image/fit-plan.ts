/**
 * Most base64 characters of one picture on a ticket. Source: the vendor's 4 MB, read so that both the encoded
 * and the decoded size stay under it by either meaning of "MB".
 */
export const base64LimitCharacters = 4_000_000;

/** Most bytes of a PNG whose base64 text keeps the limit: base64 makes 4 characters of 3 bytes. */
export const ticketPngLimitBytes = (base64LimitCharacters / 4) * 3;

/** Most bytes of one file on a reply; the vendor's 32 MB. */
export const replyFileLimitBytes = 32_000_000;
