import type { TestProject } from 'vitest/node';
import { buildIfNeeded } from '../../tools/build.ts';
import { ensureChromium, ensureDisplayTools } from '../../tools/setup.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    executablePath: string;
    /** Why the tests that need a window with a keyboard cannot run here, or an empty text when they can. */
    displayMissing: string;
  }
}

/** Runs once before all end-to-end tests: they test the shipped build, in a real Chromium. */
export default async function setup(project: TestProject): Promise<void> {
  const { executablePath } = await ensureChromium();
  const display = await ensureDisplayTools();
  await buildIfNeeded();
  project.provide('executablePath', executablePath);
  project.provide('displayMissing', display.available ? '' : display.reason);
}
