import { expect, test } from 'vitest';
import { projectPaths, readText } from './source-files.ts';

// The paths of somebody's machine, spelled so that this file does not find itself.
const machinePath = new RegExp(
  `(?:^|[\\s'"\`(=:])/(?:${['work', 'root', 'home', 'Users', 'tmp'].join('|')})/\\w`,
  'm',
);
const registry = new RegExp(['registry', 'npmjs'].join('\\.'));
const isText = (path: string) => !/\.(?:png|jpe?g|gif|pdf|webp)$/.test(path);

test('no file of the repository names a path of a machine', () => {
  expect(projectPaths().filter(path => isText(path) && machinePath.test(readText(path)))).toEqual([]);
});

test('no file of the repository names the host of a package registry', () => {
  expect(projectPaths().filter(path => isText(path) && registry.test(readText(path)))).toEqual([]);
});
