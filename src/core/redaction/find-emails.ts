import { type Finding, isAlphanumericAt } from './finding.ts';

const localLimitCharacters = 64;
/** What addresses are made of in earnest; an address of a page has its own use for the other signs that are allowed. */
const localCharacter = /[\p{L}\p{N}\p{M}.'+_~-]/u;
const domainRun = /[\p{L}\p{N}\p{M}.-]{1,255}/uy;
const literalDomain = /\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]{2,45})\]/iy;
const topLevel = /^(?:xn--[a-z0-9-]{2,59}|[\p{L}\p{M}]{2,63})$/iu;
/** `com` of `com-` and of `com2`: what follows was glued to the address. */
const gluedTopLevel = /^(?:[\p{L}\p{M}]{2,63}(?=-)|(?:com|net|org)(?=\d))/iu;
/** `logo@2x.png` */
const pictureScale = /^\d(?:\.\d)?x\.(?:png|jpe?g|gif|svg|webp|avif|css)$/i;

/** E-mail addresses. From each `@` outwards, so that the time stays in proportion to the text. */
export function findEmails(text: string): Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at);
    const end = start === at ? at : domainEnd(text, at + 1);
    // `git@example.com:team/project` leads to code.
    const isRepository = text.charAt(end) === ':' && text.slice(start, at) === 'git';
    if (start < at && end > at && !isRepository) found.push({ kind: 'email', start, end });
  }
  return found;
}

function localStart(text: string, at: number): number {
  if (text.charAt(at - 1) === '"') return quotedStart(text, at);
  const limit = Math.max(0, at - localLimitCharacters);
  let start = at;
  while (start > limit && localCharacter.test(text.charAt(start - 1))) start -= 1;
  // `@name@example.social` is a handle.
  if (text.charAt(start - 1) === '@') return at;
  while (start < at && !isAlphanumericAt(text, start)) start += 1;
  return isPasswordOfAddress(text, start) ? at : start;
}

/** `https://name:password@host` */
function isPasswordOfAddress(text: string, start: number): boolean {
  if (text.charAt(start - 1) !== ':') return false;
  return /:\/\/[^\s/?#@:]*:$/.test(text.slice(Math.max(0, start - 110), start));
}

/** `"jane doe"@example.com` */
function quotedStart(text: string, at: number): number {
  const limit = Math.max(0, at - localLimitCharacters);
  for (let index = at - 2; index >= limit; index -= 1) {
    const character = text.charAt(index);
    if (character === '\n' || character === '@') return at;
    if (character === '"') return index === at - 2 ? at : index;
  }
  return at;
}

/** Where the domain that begins there ends; the beginning when there is none. */
function domainEnd(text: string, start: number): number {
  literalDomain.lastIndex = start;
  const literal = literalDomain.exec(text);
  if (literal) return start + literal[0].length;
  domainRun.lastIndex = start;
  const run = domainRun.exec(text)?.[0] ?? '';
  if (pictureScale.test(run)) return start - 1;
  const labels = run.split('.');
  const broken = labels.findIndex(label => label === '' || label.startsWith('-'));
  if (broken !== -1) labels.length = broken;
  for (; labels.length > 1; labels.pop()) {
    const last = labels.at(-1) ?? '';
    const before = start + labels.slice(0, -1).join('.').length + 1;
    if (topLevel.test(last)) return before + last.length;
    const glued = gluedTopLevel.exec(last)?.[0];
    if (glued !== undefined) return before + glued.length;
  }
  return start - 1;
}
