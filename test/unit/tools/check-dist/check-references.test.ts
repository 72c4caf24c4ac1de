import { expect, test } from 'vitest';
import { checkReferences } from '../../../../tools/check-dist/check-references.ts';
import { builtFiles, builtManifest } from '../../../support/built-files.ts';

test('a build with all its files has no problem', () => {
  expect(checkReferences(builtFiles())).toEqual([]);
});

test.each([
  ['manifest.json', 'src/popup/popup.html'],
  ['manifest.json', 'service-worker-loader.js'],
  ['src/popup/popup.html', 'assets/popup-1.js'],
  ['service-worker-loader.js', 'assets/main-1.js'],
  ['assets/popup-1.js', 'assets/preact-1.js'],
])('%s names %s, and it is missed when it is not there', (file, path) => {
  expect(checkReferences(builtFiles({ [path]: undefined }))).toContainEqual({
    file,
    text: `names ${path}, which is not there`,
  });
});

test('icons of the manifest, stylesheets of pages and dynamic imports are looked for too', () => {
  const files = builtFiles({
    'manifest.json': builtManifest({ icons: { 16: 'icons/16.png' } }),
    'src/popup/popup.html': '<link rel="stylesheet" crossorigin href="/assets/popup.css">',
    'assets/main-1.js': 'import("./later.js");',
  });
  expect(checkReferences(files).map(({ text }) => text)).toEqual([
    'names icons/16.png, which is not there',
    'names assets/popup.css, which is not there',
    'names assets/later.js, which is not there',
  ]);
});
