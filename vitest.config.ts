import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';

/** In a build, `import path from './x.ts?iife'` gives the path of a content script's file. Outside of one, it is a path that says so. */
const contentScriptPaths: Plugin = {
  name: 'content-script-paths',
  enforce: 'pre',
  load: id => (id.endsWith('?iife') ? `export default ${JSON.stringify(nameInBuild(id))};` : undefined),
};

function nameInBuild(id: string): string {
  const root = fileURLToPath(new URL('.', import.meta.url));
  return id.replace(root, '').replace(/\.ts\?iife$/, '.js');
}

/** Ten thousand made-up cases take a while on a machine that has other work. */
const propertyTimeoutMs = 30_000;

export default defineConfig({
  plugins: [contentScriptPaths],
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: propertyTimeoutMs },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: propertyTimeoutMs,
        },
      },
      {
        extends: true,
        test: {
          name: 'component',
          include: ['test/component/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: 'test/support/component-setup.ts',
          testTimeout: 15_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      { extends: true, test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: 'test/support/e2e-setup.ts',
          // Two browsers at a time: each of them mostly waits, and two cores are enough for both.
          maxWorkers: 2,
          // Projects with different numbers of workers cannot share a group.
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // The default of a second is missed by a browser on a machine that has other work.
          expect: { poll: { timeout: 20_000, interval: 50 } },
        },
      },
    ],
  },
});
