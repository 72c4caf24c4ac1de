import { type Files, type Problem, textOf } from './problem.ts';

/** The parts of a manifest that these checks read. */
export interface Manifest {
  readonly permissions?: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly incognito?: string;
  readonly externally_connectable?: unknown;
  readonly content_security_policy?: { readonly extension_pages?: string };
  readonly commands?: Readonly<Record<string, { readonly suggested_key?: Readonly<Record<string, string>> }>>;
  readonly default_locale?: string;
}

const manifestPath = 'manifest.json';

/** What the person is asked to grant. Every change here is a change of what the extension may do, and is to be thought about as such. */
const granted = {
  permissions: ['activeTab', 'scripting', 'storage', 'unlimitedStorage', 'contextMenus', 'alarms'],
  optional_permissions: ['notifications'],
  host_permissions: ['https://api.wavelength.cx/*'],
} as const;

/** Keys that give a page or a stranger a way in. The extension has no need of any. */
const unwantedKeys = [
  'content_scripts',
  'web_accessible_resources',
  'optional_host_permissions',
  'sandbox',
  'devtools_page',
  'update_url',
  'key',
  'oauth2',
];

/** What each directive must say. Every other directive must say 'none' or 'self'. */
const policy: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob:",
  'connect-src': 'https://api.wavelength.cx',
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

/** With these, `commands.getAll()` of Chromium 156 on Linux gives an empty shortcut: a command that suggests one of them stays without a key. */
const takenKeys = [...'ABCNPRTWXZ'].map(letter => `Alt+Shift+${letter}`);

/** The built manifest, or nothing when there is none that can be read. */
export function readManifest(files: Files): Manifest | undefined {
  try {
    return JSON.parse(textOf(files, manifestPath) ?? '');
  } catch {
    return undefined;
  }
}

/** Holds the built manifest to the permissions, the policy and the keys that were decided on. */
export function checkManifest(files: Files): Problem[] {
  const manifest = readManifest(files);
  if (!manifest) return [{ file: manifestPath, text: 'is missing or is not JSON' }];
  return [
    ...permissionTexts(manifest),
    ...doorTexts(manifest),
    ...policyTexts(manifest),
    ...keyTexts(manifest),
  ].map(text => ({ file: manifestPath, text }));
}

function permissionTexts(manifest: Manifest): string[] {
  return Object.entries(granted).flatMap(([key, wanted]) => {
    const built = manifest[key as keyof typeof granted] ?? [];
    return sameMembers(built, wanted)
      ? []
      : [`${key} must be ${wanted.join(', ')}; it is ${built.join(', ') || 'empty'}`];
  });
}

function doorTexts(manifest: Manifest): string[] {
  const texts = unwantedKeys.filter(key => key in manifest).map(key => `must not have ${key}`);
  if (manifest.incognito !== 'not_allowed') texts.push('incognito must be not_allowed');
  // Left out, it would let every other extension connect.
  if (JSON.stringify(manifest.externally_connectable) !== '{"ids":[]}') {
    texts.push('externally_connectable must be {"ids":[]}');
  }
  return texts;
}

function policyTexts(manifest: Manifest): string[] {
  const directives = new Map(
    (manifest.content_security_policy?.extension_pages ?? '')
      .split(';')
      .map(directive => directive.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values.join(' ')]),
  );
  directives.delete('');
  const missing = Object.entries(policy)
    .filter(([name, wanted]) => directives.get(name) !== wanted)
    .map(
      ([name, wanted]) =>
        `the policy's ${name} must be ${wanted}; it is ${directives.get(name) ?? 'missing'}`,
    );
  const loose = [...directives]
    .filter(([name, value]) => !(name in policy) && value !== "'none'" && value !== "'self'")
    .map(([name, value]) => `the policy has an unknown ${name} ${value}`);
  return [...missing, ...loose];
}

function keyTexts(manifest: Manifest): string[] {
  const commands = Object.entries(manifest.commands ?? {});
  const texts = commands.flatMap(([name, { suggested_key: keys = {} }]) => {
    if (!keys['default']) return [`the command ${name} suggests no key`];
    const taken = Object.values(keys).find(key => takenKeys.includes(key));
    return taken ? [`the command ${name} suggests ${taken}, which Chromium does not give to extensions`] : [];
  });
  const suggested = commands.map(([, { suggested_key: keys = {} }]) => keys['default']);
  const doubled = suggested.find((key, index) => key && suggested.indexOf(key) !== index);
  return doubled ? [...texts, `two commands suggest ${doubled}`] : texts;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(member => b.includes(member));
}
