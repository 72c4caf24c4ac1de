import type { Files } from '../../tools/check-dist/problem.ts';

const manifest = {
  manifest_version: 3,
  name: '__MSG_name__',
  version: '1.0.0',
  default_locale: 'en',
  incognito: 'not_allowed',
  action: { default_popup: 'src/popup/popup.html' },
  background: { service_worker: 'service-worker-loader.js', type: 'module' },
  permissions: ['activeTab', 'scripting', 'storage', 'unlimitedStorage', 'contextMenus', 'alarms'],
  optional_permissions: ['notifications'],
  host_permissions: ['https://api.wavelength.cx/*'],
  externally_connectable: { ids: [] },
  commands: { capture: { suggested_key: { default: 'Alt+Shift+S' } } },
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src https://api.wavelength.cx; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  },
};

const good: Readonly<Record<string, string>> = {
  'service-worker-loader.js': "import './assets/main-1.js';",
  'assets/main-1.js': 'fetch("https://api.wavelength.cx/interactions");',
  'assets/popup-1.js': 'import{h}from"./preact-1.js";h();',
  'assets/preact-1.js': 'export const h=()=>{};const known="dangerouslySetInnerHTML".length&&"innerHTML";',
  'src/popup/popup.html': '<script type="module" crossorigin src="/assets/popup-1.js"></script>',
  'src/content/read-selection.js': '(function(){})();',
  '_locales/en/messages.json': '{"name":{"message":"Capture"}}',
};

/** A small build that has nothing wrong, with some of its files put in the place of others or, when undefined, taken away. */
export function builtFiles(changes: Readonly<Record<string, string | undefined>> = {}): Files {
  const texts = { 'manifest.json': builtManifest(), ...good, ...changes };
  return new Map(
    Object.entries(texts).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, new TextEncoder().encode(text)] as const],
    ),
  );
}

/** The good manifest as text, with some of its keys changed. */
export function builtManifest(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...manifest, ...changes });
}
