import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** What each part of src may import. A part is the longest of these folders that a path is in. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/contract': ['src/core'],
  'src/platform': ['src/contract', 'src/core'],
  'src/platform/privileged': ['src/platform', 'src/contract', 'src/core'],
  'src/background': ['src/platform/privileged', 'src/platform', 'src/contract', 'src/core'],
  'src/content': ['src/core'],
  'src/ui': ['src/platform', 'src/contract', 'src/core'],
  'src/popup': ['src/ui', 'src/platform', 'src/contract', 'src/core'],
  'src/activity': ['src/ui', 'src/platform', 'src/contract', 'src/core'],
  'src/editor': ['src/ui', 'src/platform', 'src/contract', 'src/core'],
  'src/options': ['src/ui', 'src/platform', 'src/contract', 'src/core'],
};
const backgroundOnly = ['src/background', 'src/platform/privileged'];
const partOf = (path: string) =>
  Object.keys(mayImport)
    .filter(part => path.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];

const files = sourceFiles('src');

test('every file of src is in a part with rules', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.map(file => file.path).filter(path => !partOf(path) && !path.endsWith('.d.ts'))).toEqual([]);
});

test('imports go one way', () => {
  const wrong = files.flatMap(file =>
    file.imports
      .filter(({ to, isTypeOnly, isFileReference }) => {
        const [from, target] = [partOf(file.path) ?? '', partOf(to)];
        if (!target || target === from || mayImport[from]?.includes(target)) return false;
        // Content scripts are injected from the background by the path of their file, and speak in the types of the contract.
        const isInjection = isFileReference && target === 'src/content' && backgroundOnly.includes(from);
        return !isInjection && !(isTypeOnly && from === 'src/content' && target === 'src/contract');
      })
      .map(({ to }) => `${file.path} imports ${to}`),
  );
  expect(wrong).toEqual([]);
});
