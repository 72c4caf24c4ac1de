import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, runPackage, runToolFile } from './run-command.ts';
import { Trouble } from './trouble.ts';

/** Where the built extension is. */
export const distPath = join(projectRoot, 'dist');

/** What every build of the extension is made from. */
export const sourcePaths = ['src', 'public', 'manifest.json', 'vite.config.ts', 'package-lock.json'];

/** Builds the extension into `dist` and checks what came out. Nothing is done when `dist` is newer than all that it is made from. */
export async function buildIfNeeded(): Promise<void> {
  if (isUpToDate(distPath, sourcePaths)) return;
  console.log('Building the extension …');
  const build = await runPackage('vite', ['build', '--logLevel', 'warn']);
  if (build.code !== 0)
    throw new Trouble(
      `${build.output.trim()}\nThe extension could not be built: see vite's own words above.`,
    );
  const check = await runToolFile('tools/check-dist.ts');
  if (check.code !== 0)
    throw new Trouble(`${check.output.trim()}\nThe build is not fit for use: see the problems above.`);
}

/** Whether a folder holds a build that is newer than all that it was made from, named from the project's root. */
export function isUpToDate(builtPath: string, madeFrom: readonly string[]): boolean {
  const builtManifest = join(builtPath, 'manifest.json');
  return (
    existsSync(builtManifest) &&
    newestMs(madeFrom.map(path => join(projectRoot, path))) < statSync(builtManifest).mtimeMs
  );
}

/** When anything below these paths last changed. Folders count too: they change when a file in them is deleted. */
function newestMs(paths: readonly string[]): number {
  return Math.max(
    ...paths.map(path => {
      const stats = statSync(path);
      const below = stats.isDirectory() ? readdirSync(path).map(name => join(path, name)) : [];
      return Math.max(stats.mtimeMs, below.length > 0 ? newestMs(below) : 0);
    }),
  );
}
