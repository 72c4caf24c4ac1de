import { expect, test } from 'vitest';
import { checkCode } from '../../../../tools/check-dist/check-code.ts';
import { builtFiles } from '../../../support/built-files.ts';

const fixtureKey = 'fake-key-of-a-fixture';
const textsFor = (code: string, path = 'assets/main-1.js') =>
  checkCode(builtFiles({ [path]: code }), [fixtureKey]).map(({ file, text }) => `${file} ${text}`);

test('a clean build has no problem, though Preact knows innerHTML', () => {
  expect(checkCode(builtFiles(), [fixtureKey])).toEqual([]);
});

test.each([
  ['//# sourceMappingURL=main.js.map', 'names a source map'],
  ['eval("1")', 'calls eval'],
  ['new Function("a")', 'makes a function out of text'],
  ['e.innerHTML=t', 'makes elements out of text'],
  ['e.outerHTML=t', 'makes elements out of text'],
  ['e.insertAdjacentHTML("x",t)', 'makes elements out of text'],
  ['document.write(t)', 'makes elements out of text'],
  ['fetch(`https://localhost:3000`)', 'names this machine'],
  ['a="127.0.0.1"', 'names this machine'],
  ['console.log(t)', 'writes to the console'],
  ['globalThis.__test_checkpoint__=1', 'has a test hook'],
  ['testHook(1)', 'has a test hook'],
  ['await globalThis.__checkpoint("send.before-fetch")', 'has a checkpoint'],
  ['import.meta.hot.accept()', 'has a leftover of the development server'],
  [`k="${fixtureKey}"`, 'has a key of the tests'],
  [`k="AKIA${'A1B2'.repeat(4)}"`, 'has an AWS key'],
  [`k="ghp_${'a1B2'.repeat(9)}"`, 'has an access token'],
  [`k="eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.c"`, 'has a signed token'],
  [`k="-----BEGIN PRIVATE KEY-----\\n${'A'.repeat(64)}"`, 'has a private key'],
  [
    'fetch("https://collect.example.com/x")',
    'has the address of collect.example.com, which is not a known host',
  ],
  ['new WebSocket("wss://example.com")', 'has the address of example.com, which is not a known host'],
  ['a="https://api.wavelength.cx.example.com/"', 'has the address of api.wavelength.cx.example.com'],
])('%s is a problem', (code, text) => {
  expect(textsFor(code)).toEqual([expect.stringContaining(`assets/main-1.js ${text}`)]);
});

test.each([
  ['/-----BEGIN [A-Z ]+ KEY-----/.test(t)'],
  ['/\\bAKIA[0-9A-Z]{16}\\b/.test(t)'],
  ['/^https?:\\/\\//.test(t)'],
  ['retrieval(1);evaluate(2);newFunction(3)'],
  ['a="http://www.w3.org/2000/svg"'],
])('%s is none', code => {
  expect(textsFor(code)).toEqual([]);
});

test('only the chunk of Preact may know innerHTML', () => {
  expect(textsFor('e.innerHTML=t', 'assets/preact-1.js')).toEqual([]);
  expect(textsFor('e.innerHTML=t', 'assets/not-preact-1.js')).toHaveLength(1);
  expect(textsFor('eval(t)', 'assets/preact-1.js')).toHaveLength(1);
});

test('a source map is a problem, and so is a script in a page', () => {
  expect(textsFor('{}', 'assets/main-1.js.map')).toEqual(['assets/main-1.js.map is a source map']);
  expect(
    textsFor('<script src="https://cdn.example.com/x.js"></script>', 'src/popup/popup.html'),
  ).toHaveLength(1);
});
