import type { Finding } from './finding.ts';

// `password: hunter2`, `"api_key": "…"`, `DB_PASSWORD=…`, `| Password | hunter2 |`, `**Token:** …`: what stands behind a
// name that says what it is, in a quote's Markdown too.

const passwordName =
  'passw(?:or[dt]s?|d)|passphrase|passcode|(?<=[_-])pass|pwd|kennwort|contrase(?:ñ|n)a|mot de passe|senha';
const tokenName =
  'api[ _-]?(?:key|token|secret)|(?:access|secret|private|signing|encryption|account|master)[ _-]?key|secret(?=["\']?[ \\t]{0,3}[:=])|' +
  'client[ _-]?secret|app[ _-]?secret|token|session[ _-]?id|sessid|authorization|(?<=x-)auth';
const named = new RegExp(
  `(?:(${passwordName})|${tokenName})["'\`)\\]*]{0,2}[ \\t]{0,3}(=>|:=|[:=|]|(?=[ \\t]))[*]{0,2}[ \\t]{0,3}(["'\`]?)`,
  'giu',
);

/** How much of a value is looked at before it is known to be one; a longer one is then taken whole. */
const probeCharacters = 512;
const quoted = { "'": /[^'\n\ue000]+/y, '"': /[^"\n\ue000]+/y, '`': /[^`\n\ue000]+/y };
const afterEquals = /[^\s"'`<>&;,\ue000]+/y;
const inCell = /[^\s"'`<>|\ue000]+/y;
const afterColon = /[^\s"'`<>\ue000]+/y;

const bySign = new Map([
  ['', afterColon],
  [':', afterColon],
  ['|', inCell],
]);

const noSecret =
  /^(?:required|optional|none|null|nil|true|false|undefined|invalid|incorrect|missing|empty|hidden|redacted|changed?|reset|expired|enter|your|must|should|field|string|text|yes|no|not|n\/a|unset|wrong|protected|forgotten|[*•●∙·.xX_-]+)[.,;!]?$/i;
/** A place where a value is filled in: `${NAME}`, `<name>`, `{{name}}`, `process.env.NAME`, `read()`. */
const placeholder = /^(?:[$<{%[(]|process\.|os\.|env[.[]|[A-Za-z_.]+\()/;
const scheme = /^(?:bearer|basic|token|digest)$/i;

export function findNamedValues(text: string): Finding[] {
  const found: Finding[] = [];
  named.lastIndex = 0;
  for (let match = named.exec(text); match !== null; match = named.exec(text)) {
    const [, password, sign = '', quote = ''] = match;
    const kind = password === undefined ? 'token' : 'password';
    const value = valueAt(text, named.lastIndex, sign, quote);
    if (value === '') continue;
    // Without a sign between them (cells that became one line) only what looks made up is a value.
    const isPlainPassword = kind === 'password' && sign !== '';
    const isSecret = isPlainPassword ? isPassword(value, text, named.lastIndex, sign, quote) : isToken(value);
    if (!isSecret) continue;
    const start = named.lastIndex;
    const end = value.length < probeCharacters ? start + value.length : endOfLong(text, start + value.length);
    found.push({ kind, start, end });
    named.lastIndex = end;
  }
  return found;
}

function valueAt(text: string, start: number, sign: string, quote: string): string {
  const pattern =
    quote === "'" || quote === '"' || quote === '`' ? quoted[quote] : (bySign.get(sign) ?? afterEquals);
  const probe = text.slice(start, start + probeCharacters);
  pattern.lastIndex = 0;
  const value = pattern.exec(probe)?.[0] ?? '';
  return quote === '' ? value.replace(/[.,;:!?)\]}]{1,9}$/, '') : value;
}

const longRun = /[^\s"'`<>\ue000]+/y;

function endOfLong(text: string, start: number): number {
  longRun.lastIndex = start;
  return start + (longRun.exec(text)?.[0].length ?? 0);
}

function isPassword(value: string, text: string, start: number, sign: string, quote: string): boolean {
  if (value.length < 3 || noSecret.test(value) || placeholder.test(value)) return false;
  if (quote !== '' || !bySign.has(sign) || !/^[\p{L}.,;!?'-]+$/u.test(value)) return true;
  // Words that go on are a sentence about passwords.
  return (
    value.length >= 4 &&
    /^[.,;!?]?[ \t]{0,8}(?:\n|$)/.test(text.slice(start + value.length, start + value.length + 12))
  );
}

function isToken(value: string): boolean {
  if (value.length < 8 || noSecret.test(value) || placeholder.test(value) || scheme.test(value)) return false;
  if (/^[a-z][a-z+.-]*:\/\//i.test(value) || value.includes(' ')) return false;
  return /\d/.test(value) && (/[a-z]/i.test(value) || value.length >= 16);
}
