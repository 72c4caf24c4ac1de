import { join } from 'node:path';
import { isUpToDate, sourcePaths } from '../build.ts';
import { projectRoot, runPackage } from '../run-command.ts';
import { Trouble } from '../trouble.ts';

/** Where the build with checkpoints is. */
export const checkpointsDistPath = join(projectRoot, 'dist-checkpoints');

const madeFrom = [...sourcePaths, 'tools/checkpoints', 'test/e2e/kills/checkpoints.ts'];

/** Builds the extension with its checkpoints, unless that was done since the last change. */
export async function buildCheckpointsIfNeeded(): Promise<void> {
  if (isUpToDate(checkpointsDistPath, madeFrom)) return;
  const config = 'tools/checkpoints/vite.config.ts';
  const build = await runPackage('vite', ['build', '--config', config, '--logLevel', 'warn']);
  if (build.code !== 0)
    throw new Trouble(`${build.output.trim()}\nThe extension could not be built with its checkpoints.`);
}
