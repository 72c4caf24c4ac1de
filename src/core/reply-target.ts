/** What a person typed or pasted to say which ticket a reply is for. */
export type ReplyTarget =
  | { kind: 'ulid'; id: string; isFromLink: boolean }
  | { kind: 'source-id'; sourceSpecificId: string }
  /** What people see in Assembly, and what its API cannot be replied to by: to be explained, never sent. */
  | { kind: 'ticket-number'; number: string }
  | { kind: 'unclear'; because: 'empty' | 'words' | 'link-without-ulid' | 'link-with-several' };

// Crockford's base32 has no I, L, O, U; 128 bits leave 0-7 for the first of the 26. https://github.com/ulid/spec
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const ticketNumber = /^#?(ASM-\d+)$/i;
const link = /^[a-z][a-z0-9+.-]*:\/\//i;
const sourceIdLimitCharacters = 255;

export function parseReplyTarget(typed: string): ReplyTarget {
  const target = typed.replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  if (target === '') return { kind: 'unclear', because: 'empty' };
  if (ulid.test(target)) return { kind: 'ulid', id: target.toUpperCase(), isFromLink: false };
  const number = ticketNumber.exec(target)?.[1];
  if (number !== undefined) return { kind: 'ticket-number', number: number.toUpperCase() };
  if (link.test(target)) return targetOfLink(target);
  if (/\s/.test(target) || target.length > sourceIdLimitCharacters) {
    return { kind: 'unclear', because: 'words' };
  }
  return { kind: 'source-id', sourceSpecificId: target };
}

function targetOfLink(address: string): ReplyTarget {
  const found = new Set(
    address
      .replace(/%[0-9a-f]{2}/gi, ' ')
      .split(/[^0-9A-Za-z]+/)
      .filter(part => ulid.test(part))
      .map(part => part.toUpperCase()),
  );
  const [id] = found;
  if (id === undefined) return { kind: 'unclear', because: 'link-without-ulid' };
  if (found.size > 1) return { kind: 'unclear', because: 'link-with-several' };
  return { kind: 'ulid', id, isFromLink: true };
}
