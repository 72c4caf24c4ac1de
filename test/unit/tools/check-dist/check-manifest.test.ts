import { describe, expect, test } from 'vitest';
import { checkManifest } from '../../../../tools/check-dist/check-manifest.ts';
import { builtFiles, builtManifest } from '../../../support/built-files.ts';

const textsOf = (changes: Record<string, unknown>) =>
  checkManifest(builtFiles({ 'manifest.json': builtManifest(changes) })).map(({ text }) => text);
const policyWith = (extension_pages: string) => ({ content_security_policy: { extension_pages } });
const goodPolicy: string = JSON.parse(builtManifest()).content_security_policy.extension_pages;

test('a manifest as decided on has no problem', () => {
  expect(checkManifest(builtFiles())).toEqual([]);
});

test('a missing and a broken manifest are problems', () => {
  expect(checkManifest(builtFiles({ 'manifest.json': undefined }))).toHaveLength(1);
  expect(checkManifest(builtFiles({ 'manifest.json': '{' }))).toHaveLength(1);
});

describe('permissions', () => {
  test.each([
    [
      'permissions',
      ['activeTab', 'scripting', 'storage', 'unlimitedStorage', 'contextMenus', 'alarms', 'tabs'],
    ],
    ['permissions', ['activeTab']],
    ['optional_permissions', ['notifications', 'tabs']],
    ['host_permissions', ['<all_urls>']],
    ['host_permissions', ['https://api.wavelength.cx/*', 'https://example.com/*']],
  ])('%s may not be %j', (key, value) => {
    expect(textsOf({ [key]: value })).toEqual([expect.stringContaining(`${key} must be`)]);
  });
});

describe('ways in', () => {
  test.each([
    { content_scripts: [] },
    { web_accessible_resources: [] },
    { optional_host_permissions: ['https://*/*'] },
    { key: 'x' },
  ])('%j is a problem', change => {
    expect(textsOf(change)).toEqual([`must not have ${Object.keys(change)[0]}`]);
  });

  test.each([
    { externally_connectable: undefined },
    { externally_connectable: { ids: ['*'] } },
    { incognito: 'split' },
  ])('%j is a problem', change => {
    expect(textsOf(change)).toEqual([expect.stringContaining(`${Object.keys(change)[0]} must be`)]);
  });
});

describe('the policy of the pages', () => {
  test.each([
    ["script-src 'self'", "script-src 'self' 'unsafe-eval'"],
    ["script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"],
    ["style-src 'self'", "style-src 'self' 'unsafe-inline'"],
    ['connect-src https://api.wavelength.cx', 'connect-src https:'],
    ["default-src 'none'", "default-src 'self'"],
    ["require-trusted-types-for 'script'; ", ''],
    ["base-uri 'none'; ", ''],
    ["; trusted-types 'none'", ''],
    ["trusted-types 'none'", "trusted-types 'none'; frame-src https://example.com"],
  ])('%s may not become "%s"', (from, to) => {
    expect(goodPolicy).toContain(from);
    expect(textsOf(policyWith(goodPolicy.replace(from, to)))).toEqual([
      expect.stringContaining('the policy'),
    ]);
  });

  test('it may not be left out', () => {
    expect(textsOf({ content_security_policy: undefined }).length).toBeGreaterThan(5);
  });
});

describe('keys of the commands', () => {
  test.each([['Alt+Shift+A'], ['Alt+Shift+R'], ['Alt+Shift+T']])('%s is taken', key => {
    expect(textsOf({ commands: { a: { suggested_key: { default: key } } } })).toEqual([
      expect.stringContaining(key),
    ]);
  });

  test('a command without a key is a problem', () => {
    expect(textsOf({ commands: { a: {} } })).toEqual(['the command a suggests no key']);
  });

  test('two commands with one key are a problem', () => {
    const both = { suggested_key: { default: 'Alt+Shift+S' } };
    expect(textsOf({ commands: { a: both, b: both } })).toEqual(['two commands suggest Alt+Shift+S']);
  });
});
