import { randomBytes } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const randomBits = 80n;

/** 26 characters of Crockford base32, either case, the first 0–7 (128 bits hold no more). */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text);
}

/** Makes ULIDs that rise strictly, also within one millisecond and when the clock steps back. */
export function createUlidSource(nowMs: () => number): () => string {
  let last = 0n;
  return () => {
    const random = BigInt(`0x${randomBytes(10).toString('hex')}`);
    const fresh = (BigInt(Math.floor(nowMs())) << randomBits) | random;
    last = fresh > last ? fresh : last + 1n;
    return encode(last);
  };
}

function encode(value: bigint): string {
  let text = '';
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += crockford.charAt(Number((value >> shift) & 31n));
  return text;
}
