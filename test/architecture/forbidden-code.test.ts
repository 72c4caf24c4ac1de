import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles('src');

/** What may stand in some places only, or in none. */
const rules: readonly { what: string; pattern: RegExp; onlyIn?: RegExp }[] = [
  {
    what: 'the code of webextension-polyfill (its types may be)',
    pattern: /^import (?!type\b)[^;]*['"]webextension-polyfill['"]/m,
    onlyIn: /^src\/platform\/browser\.ts$/,
  },
  { what: 'chrome.*', pattern: /(?<![\w$.'"/-])chrome\s*\.\s*\w/, onlyIn: /^src\/(?:platform|content)\// },
  {
    what: 'fetch',
    pattern: /(?<![\w$])fetch\s*\(/,
    onlyIn: /^src\/platform\/privileged\/assembly-client\.ts$/,
  },
  {
    what: 'other ways to the network',
    pattern: /\b(?:XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b/,
  },
  {
    what: 'elements made out of text',
    pattern:
      /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|setHTMLUnsafe)\b|\bdocument\.write/,
  },
  { what: 'code made out of text', pattern: /\beval\s*\(|\bnew\s+Function\b/ },
  { what: 'Math.random() (randomness is injected)', pattern: /\bMath\.random\s*\(/ },
  { what: 'sync storage', pattern: /\bstorage\s*\.\s*sync\b/ },
  {
    what: 'a clock or randomness in the core',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bMath\.random\b|\bcrypto\b/,
    onlyIn: /^src\/(?!core\/)/,
  },
  {
    what: 'the browser in the core',
    pattern: /\b(?:document|window|navigator|localStorage|indexedDB)\s*\./,
    onlyIn: /^src\/(?!core\/)/,
  },
];

test.each(rules)('$what is nowhere else', ({ pattern, onlyIn }) => {
  const found = files.filter(file => pattern.test(file.code) && !onlyIn?.test(file.path));
  expect(found.map(file => file.path)).toEqual([]);
});
