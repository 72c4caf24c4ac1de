import { type Files, type Problem, pathsEnding, textOf } from './problem.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly text: string;
  /** The bundles in which it may stand, and why is said beside it. */
  readonly except?: RegExp;
}

const rules: readonly Rule[] = [
  { pattern: /[#@]\s*sourceMappingURL=/, text: 'names a source map' },
  { pattern: /\beval\s*\(/, text: 'calls eval' },
  { pattern: /\bnew\s+Function\s*\(/, text: 'makes a function out of text' },
  {
    pattern: /\b(?:innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)\b|\bdocument\.write/,
    text: 'makes elements out of text',
    // Preact knows innerHTML as the other half of dangerouslySetInnerHTML, which the linter forbids us. It is in a chunk of its own.
    except: /^assets\/preact-[\w-]+\.js$/,
  },
  { pattern: /\blocalhost\b|\b127\.0\.0\.1\b/, text: 'names this machine' },
  { pattern: /\bconsole\s*\.\s*\w/, text: 'writes to the console' },
  { pattern: /\b(?:vitest|puppeteer)\b|\b__\w*test\w*__\b|\btest(?:Hook|Only)\b/i, text: 'has a test hook' },
  { pattern: /\b__checkpoint\b/, text: 'has a checkpoint, at which a test kills the worker' },
  {
    pattern: /\bimport\.meta\.(?:env|hot)\b|\/@vite\/|\b__vite/,
    text: 'has a leftover of the development server',
  },
];

/** What a key or token looks like when it stands in code by mistake. */
const secrets: readonly Rule[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\\n]+[A-Za-z0-9+/=]{16}/, text: 'has a private key' },
  { pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, text: 'has an AWS key' },
  {
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{20,}|sk_live_[A-Za-z0-9]{16,})/,
    text: 'has an access token',
  },
  { pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, text: 'has a signed token' },
];

/**
 * The hosts that a literal address may name. Only the first is ever talked to, as the policy of the pages and the host permission see to; the
 * second is no address but the name of the SVG and XHTML vocabularies.
 */
const knownHosts = ['api.wavelength.cx', 'www.w3.org'];

/**
 * Looks through the code for what must not be in it.
 * @param fixtureKeys keys of the tests and of the local Assembly
 */
export function checkCode(files: Files, fixtureKeys: readonly string[]): Problem[] {
  const sourceMaps = pathsEnding(files, '.map').map(file => ({ file, text: 'is a source map' }));
  const inCode = pathsEnding(files, '.js', '.html', '.css').flatMap(file => {
    const code = textOf(files, file) ?? '';
    return [
      ...[...rules, ...secrets].flatMap(rule => breaches(rule, file, code)),
      ...fixtureKeys.filter(key => code.includes(key)).map(() => ({ file, text: 'has a key of the tests' })),
      ...strangeHosts(code).map(host => ({
        file,
        text: `has the address of ${host}, which is not a known host`,
      })),
    ];
  });
  return [...sourceMaps, ...inCode];
}

function breaches({ pattern, text, except }: Rule, file: string, code: string): Problem[] {
  const found = except?.test(file) ? null : code.match(pattern);
  if (!found) return [];
  const around = code.slice(Math.max(0, (found.index ?? 0) - 20), (found.index ?? 0) + found[0].length + 20);
  return [{ file, text: `${text}: ${JSON.stringify(around)}` }];
}

/** An address can only be a whole one in a text or a comment: what follows it must be able to end a host name. */
function strangeHosts(code: string): string[] {
  const hosts = [
    ...code.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]+\.[a-z]{2,})(?=[/:?#"'`\s)\\]|$)/gi),
  ].map(match => match[1] ?? '');
  return [...new Set(hosts)].filter(host => !knownHosts.includes(host));
}
