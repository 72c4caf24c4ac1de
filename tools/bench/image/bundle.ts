import { resolve } from 'node:path';
import { build } from 'vite';

/** A module of this project as one plain script that leaves its exports in the global `name`, minified as the shipped build is. */
export async function bundleScript(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    root: resolve(import.meta.dirname, '../../..'),
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: { entry, formats: ['iife'], name, fileName: name },
    },
  });
  const [result] = Array.isArray(built) ? built : [built];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${entry} was not built.`);
  return chunk.code;
}
