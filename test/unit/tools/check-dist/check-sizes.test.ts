import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkSizes, checkWorkerIsLean } from '../../../../tools/check-dist/check-sizes.ts';
import { builtFiles } from '../../../support/built-files.ts';

/** Text that gzip cannot make much smaller than 3/4 of its length. */
function noise(lengthBytes: number): string {
  let text = '';
  for (let block = 0; text.length < lengthBytes; block++)
    text += createHash('sha512').update(String(block)).digest('base64');
  return text.slice(0, lengthBytes);
}

test('a small build has no problem', () => {
  expect(checkSizes(builtFiles())).toEqual([]);
  expect(checkWorkerIsLean(builtFiles())).toEqual([]);
});

test.each([
  ['service-worker-loader.js', 'assets/main-1.js', 135_000],
  ['src/popup/popup.html', 'assets/preact-1.js', 75_000],
  ['src/content/read-selection.js', 'src/content/read-selection.js', 40_000],
])('%s may not load more than its budget, by way of %s', (entry, grown, budgetBytes) => {
  expect(checkSizes(builtFiles({ [grown]: noise(budgetBytes * 0.9) }))).toEqual([]);
  expect(checkSizes(builtFiles({ [grown]: noise(budgetBytes * 1.5) }))).toEqual([
    { file: entry, text: expect.stringContaining(`${budgetBytes} are allowed`) },
  ]);
});

test('the whole build has a budget, before gzip', () => {
  expect(checkSizes(builtFiles({ 'icons/huge.png': ' '.repeat(900_000) }))).toEqual([
    { file: '.', text: expect.stringContaining('900000 are allowed') },
  ]);
});

test('a worker that loads Preact is a problem', () => {
  expect(checkWorkerIsLean(builtFiles({ 'assets/main-1.js': 'import"./popup-1.js";' }))).toEqual([
    { file: 'service-worker-loader.js', text: 'loads assets/preact-1.js, which is for pages' },
  ]);
});
