import type { Finding } from './finding.ts';
import type { SecretKind } from './secret-kind.ts';
import { viewsOf } from './text-view.ts';

/** A number of that many characters or more gives its last ones away; of a piece of one nothing is shown. */
const leastCardDigits = 13;
const leastIbanCharacters = 15;

const plainMasks = {
  email: '[email]',
  phone: '[phone]',
  token: '[token]',
  password: '[password]',
  own: '[redacted]',
};

/** As `maskOf` makes them, also within an address. */
const mask =
  /(?:\[|%(?:25){0,2}5B)(?:email|phone|token|password|redacted|(?:card|IBAN)(?: |\+|%(?:25){0,2}20)(?:\*|%(?:25){0,2}2A){4}[0-9A-Z]{0,4})(?:\]|%(?:25){0,2}5D)/gi;

/** What stands in place of a secret: its kind, and of a card or an account the last characters, by which people tell them apart. */
function maskOf(kind: SecretKind, value: string): string {
  const plain = viewsOf(value).at(-1)?.text ?? '';
  if (kind === 'card') {
    const digits = plain.replace(/[^0-9]/g, '');
    return `[card ****${digits.length < leastCardDigits ? '' : digits.slice(-4)}]`;
  }
  if (kind === 'iban') {
    const account = plain.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
    return `[IBAN ****${account.length < leastIbanCharacters ? '' : account.slice(-2)}]`;
  }
  return plainMasks[kind];
}

/** The text with each finding masked. They must be in order and apart, as `findSecrets` gives them. */
export function maskText(text: string, findings: readonly Finding[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { kind, start, end } of findings) {
    parts.push(text.slice(at, start), maskOf(kind, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Where masks stand in a text. */
export function masksIn(text: string): { start: number; end: number }[] {
  return Array.from(text.matchAll(mask), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}
