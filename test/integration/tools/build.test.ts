import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readFiles } from '../../../tools/check-dist/read-files.ts';
import { runPackage } from '../../../tools/run-command.ts';

async function build(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'capture-build-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { code, output } = await runPackage('vite', [
    'build',
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ]);
  expect(code, output).toBe(0);
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return Object.fromEntries([...readFiles(folder)].map(([path, bytes]) => [path, hash(bytes)]));
}

test('two builds of one source are the same, byte for byte', { timeout: 60_000 }, async () => {
  const first = await build();
  expect(Object.keys(first)).toContain('manifest.json');
  expect(await build()).toEqual(first);
});
