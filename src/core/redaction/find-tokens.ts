import { isHighEntropy, isSecretName } from '../page-address.ts';
import { type Finding, filler } from './finding.ts';
import type { SecretKind } from './secret-kind.ts';

/**
 * No letter before it, unless that ends a percent escape. As no pattern begins in the middle of what it would eat, a long text of
 * beginnings is gone over once.
 */
const start = '(?<![A-Za-z0-9_-](?<!%[0-9A-Fa-f]{2}))';

/** Keys that their makers gave a beginning to be known by. */
const known = new RegExp(
  `${start}(?:${[
    String.raw`eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}`,
    String.raw`(?:[sr]k|pk|whsec|sess)[_-](?=[\w-]{0,60}\d)[\w-]{16,}`,
    String.raw`gh[pousr]_\w{20,}|github_pat_\w{20,}|gl(?:pat|cbt|ptt|dt|rt)-[\w-]{20,}`,
    String.raw`xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,}`,
    String.raw`AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}`,
    'A(?:KIA|SIA|BIA|CCA|GPA|IDA|IPA|NPA|NVA|ROA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    String.raw`npm_\w{30,}|pypi-[\w-]{20,}|hf_[A-Za-z0-9]{30,}|dop_v1_\w{20,}|shp(?:at|ca|pa|ss)_\w{20,}|sq0[a-z]{3}-[\w-]{20,}`,
    String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
    '(?:AC|SK)[0-9a-f]{32}(?![A-Za-z0-9])',
    'key-[0-9a-f]{32}(?![A-Za-z0-9])',
    String.raw`\d{8,10}:AA[\w-]{33}(?![A-Za-z0-9])`,
    String.raw`[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}`,
  ].join('|')})`,
  'g',
);
const slackHook = /hooks\.slack\.com\/(?:services|workflows)\/[\w/-]{20,}/g;

const keyBlock = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyBlockEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

const bearer =
  /(?<![\p{L}\p{N}_])(?:bearer|authorization["']?: ?["']?(?:basic|token))[ \t]{1,3}([\w.~+/-]{8,}={0,2})/giu;
const userInfo = /:\/\/([^\s/?#@:"'<>\ue000]{0,100}:[^\s/?#@"'<>\ue000]{1,200})@/g;
const parameter = /[?&#;]([\w.[\]-]{1,60})=([^&#;\s"'<>)\ue000]{8,2000})/g;
const awsSecret = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;
const awsSurroundings = /aws|secret|access.?key|\bA[KS]IA|\ue000/i;
const surroundingsCharacters = 160;

/** Names in the query of an address that say little by themselves. */
const weakName = /^(?:code|key|id|sid|auth|access|nonce|pin|pass|state|cookie)$/i;

/** Keys, tokens and credentials in addresses. */
export function findTokens(text: string): Finding[] {
  return [
    ...matches(text, known),
    ...matches(text, slackHook),
    ...keyBlocks(text),
    ...matches(text, bearer, 'token', 1, isTokenLike),
    ...parameters(text),
    ...matches(text, awsSecret).filter(finding => isAwsSecret(text, finding)),
  ];
}

/** `name:password` in an address. */
export function findUserInfo(text: string): Finding[] {
  return text.includes('://') ? matches(text, userInfo, 'password', 1) : [];
}

function matches(
  text: string,
  pattern: RegExp,
  kind: SecretKind = 'token',
  group = 0,
  isWanted: (value: string) => boolean = () => true,
): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = match[group] ?? '';
    if (value === '' || !isWanted(value)) continue;
    const begin = match.index + match[0].indexOf(value);
    found.push({ kind, start: begin, end: begin + value.length });
  }
  return found;
}

/** From the line that opens a private key to the one that closes it, or all that is left. */
function keyBlocks(text: string): Finding[] {
  const found: Finding[] = [];
  let searched = 0;
  for (const { index, 0: opening } of text.matchAll(keyBlock)) {
    if (index < searched) continue;
    searched = keyBlockEndAfter(text, index + opening.length);
    found.push({ kind: 'token', start: index, end: searched });
  }
  return found;
}

function keyBlockEndAfter(text: string, from: number): number {
  const nextFiller = text.indexOf(filler, from);
  const limit = nextFiller === -1 ? text.length : nextFiller;
  const closing = keyBlockEnd.exec(text.slice(from, limit));
  return closing === null ? limit : from + closing.index + closing[0].length;
}

function parameters(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(parameter)) {
    const [all, name = '', value = ''] = match;
    const end = match.index + all.length;
    if (isSecretName(name) && isParameterSecret(name, value)) {
      found.push({ kind: 'token', start: end - value.length, end });
    }
  }
  return found;
}

function isParameterSecret(name: string, value: string): boolean {
  if (!/\d/.test(value)) return value.length >= 32 && isHighEntropy(value);
  return weakName.test(name) ? value.length >= 16 && /[a-z]/i.test(value) : true;
}

/** Random characters, as far as one can tell: not a word that follows by chance. */
function isTokenLike(value: string): boolean {
  return /\d/.test(value) || (value.length >= 16 && /[a-z][A-Z]/.test(value)) || value.endsWith('=');
}

/** Forty characters of base64 are a secret only beside a name that says so. */
function isAwsSecret(text: string, { start: begin, end }: Finding): boolean {
  const value = text.slice(begin, end);
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  // A mask is shorter than what it stands for; what is near must be near in both.
  const before = text
    .slice(Math.max(0, begin - 10 * surroundingsCharacters), begin)
    .replace(/\ue000+/g, filler);
  return awsSurroundings.test(before.slice(-surroundingsCharacters));
}
