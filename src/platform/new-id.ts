/** 122 random bits as 32 hex digits; never derived from a page, a time or a count. */
export function newId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}
