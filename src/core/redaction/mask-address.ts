import { findSecrets } from './find-secrets.ts';
import type { Finding } from './finding.ts';
import { maskText } from './mask.ts';
import type { RedactionRules } from './redaction-rules.ts';

/** Whether a finding is to be masked; `value` as it stands in the text. */
export type IsMasked = (finding: Finding, value: string) => boolean;

const always: IsMasked = () => true;
/** A host has letters, digits and hyphens only. */
const hostMask = 'redacted';

/**
 * An address with its secrets masked, still one that can be parsed: masks are percent-encoded, a link to a passage that would tell a
 * secret leads to the page, credentials are left out. What holds no secret stays byte for byte.
 */
export function maskAddress(url: string, rules: RedactionRules, isMasked: IsMasked = always): string {
  const masked = maskPieces(url, rules, isMasked);
  const isClean = (address: string) => secretsOf(address, rules, isMasked).length === 0;
  // What stands apart in the pieces may be a secret in the whole. Whoever asks what is left reads the whole.
  if (isClean(masked)) return masked;
  const page = maskPieces(masked.replace(/#?:~:.*$/s, ''), rules, isMasked);
  if (isClean(page)) return page;
  const origin = /^[a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*\/?)?/i.exec(page)?.[0] ?? '';
  return isClean(origin) ? origin : '';
}

function maskPieces(url: string, rules: RedactionRules, isMasked: IsMasked): string {
  const [, scheme = '', authority = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:(?:\/\/)?)([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!scheme.endsWith('//')) return scheme + maskRest(authority + rest, rules, isMasked);
  return scheme + maskAuthority(authority, rules, isMasked) + maskRest(rest, rules, isMasked);
}

function maskAuthority(authority: string, rules: RedactionRules, isMasked: IsMasked): string {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const credentials = authority.slice(0, Math.max(0, at));
  const isSecret =
    credentials !== '' &&
    findSecrets(`://${authority}/`, rules).some(finding =>
      isMasked(finding, `://${authority}/`.slice(finding.start, finding.end)),
    );
  const masked = host
    .split('.')
    .map(label => (secretsOf(label, rules, isMasked).length > 0 ? hostMask : label))
    .join('.');
  const whole = secretsOf(host, rules, isMasked).length > 0 && masked === host ? hostMask : masked;
  return credentials === '' || isSecret ? whole : `${credentials}@${whole}`;
}

function maskRest(rest: string, rules: RedactionRules, isMasked: IsMasked): string {
  const directive = rest.indexOf(':~:');
  const address = directive === -1 ? rest : rest.slice(0, directive);
  const masked = maskEncoded(maskParts(address, rules, isMasked), rules, isMasked);
  if (directive === -1) return masked;
  const passage = rest.slice(directive);
  // Its parts are the first and the last words of a passage: a secret may begin in one and end in the other.
  const words = passage
    .replace(/^:~:/, '')
    .replace(/(?:^|&)text=/g, ' ')
    .replace(/[&,]/g, ' ');
  const isSecret = [passage, words, decodeForm(words)].some(
    text => secretsOf(text, rules, isMasked).length > 0,
  );
  return isSecret ? masked.replace(/#$/, '') : masked + passage;
}

/** Each part between delimiters by what it says when decoded. */
function maskParts(address: string, rules: RedactionRules, isMasked: IsMasked): string {
  return address.replace(/[^/?#&=;]+/g, part => {
    const plain = decodeForm(part);
    const findings = secretsOf(plain, rules, isMasked);
    return findings.length === 0 ? part : encodeURIComponent(maskText(plain, findings).toWellFormed());
  });
}

/** What is a secret only with its surroundings, as a parameter's value by the parameter's name. */
function maskEncoded(address: string, rules: RedactionRules, isMasked: IsMasked): string {
  let masked = '';
  let at = 0;
  for (const finding of secretsOf(address, rules, isMasked)) {
    const mask = maskText(address.slice(finding.start, finding.end), [
      { kind: finding.kind, start: 0, end: finding.end - finding.start },
    ]);
    masked += address.slice(at, finding.start) + encodeURIComponent(mask);
    at = finding.end;
  }
  return masked + address.slice(at);
}

function secretsOf(text: string, rules: RedactionRules, isMasked: IsMasked): Finding[] {
  return findSecrets(text, rules).filter(finding =>
    isMasked(finding, text.slice(finding.start, finding.end)),
  );
}

function decodeForm(part: string): string {
  const spaced = part.replaceAll('+', ' ');
  try {
    // A number's plus sign is written as one, or as `%2B`.
    return decodeURIComponent(/^\+\d/.test(part) ? `+${spaced.slice(1)}` : spaced);
  } catch {
    return part;
  }
}
