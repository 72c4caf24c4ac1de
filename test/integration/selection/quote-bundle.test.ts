import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile } from 'vite';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const sizeLimitBytes = 45_000;

it('bundles the quote small, and without code that extension pages and workers forbid', async () => {
  const project = await loadConfigFromFile(
    { command: 'build', mode: 'production' },
    undefined,
    root,
    'error',
  );
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: project?.config.resolve ?? {},
    build: {
      write: false,
      target: 'chrome140',
      lib: { entry: 'src/core/quote.ts', formats: ['es'], fileName: 'quote' },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const code = result && 'output' in result ? result.output[0].code : '';
  expect(code).toContain('blockquote');
  expect(code).not.toMatch(/innerHTML|createElement|\beval\(|\bFunction\(/);
  expect(gzipSync(code).length).toBeLessThan(sizeLimitBytes);
});
