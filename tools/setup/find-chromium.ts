import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import manifest from '../../manifest.json' with { type: 'json' };
import { runCommand } from '../run-command.ts';

const oldestVersion = Number(manifest.minimum_chrome_version);
const names = ['chromium', 'chromium-browser', 'chrome-for-testing'];
const macApps = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];

/** The first Chromium on this machine that can run the extension. */
export async function findChromium(): Promise<string | undefined> {
  for (const path of candidatePaths()) {
    if ((await whyUnusable(path)) === undefined) return path;
  }
  return undefined;
}

/** The path of a program on the PATH, if it is there. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map(folder => join(folder, name)).find(isExecutable);
}

/**
 * Why this program will not do, as the end of a sentence, or nothing if it will. It is started once (`--version`), so that a browser
 * with missing libraries is found out here and not in the middle of a test.
 */
export async function whyUnusable(executablePath: string): Promise<string | undefined> {
  if (!isExecutable(executablePath)) return 'is not a program that can be run';
  const { code, output } = await runCommand(executablePath, ['--version']);
  const [, product, version] = output.match(/^(.*?) (\d+)\.\d+\.\d+\.\d+/m) ?? [];
  if (code !== 0 || !product || !version) return 'does not start';
  // The branded browser has ignored --load-extension since version 137.
  if (product === 'Google Chrome')
    return 'is Google Chrome, which no longer loads an extension from a folder by command line';
  if (Number(version) < oldestVersion)
    return `is version ${version}, and the extension needs ${oldestVersion} or newer`;
  return undefined;
}

function candidatePaths(): string[] {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap(folder =>
      macApps.map(app => join(folder, app)),
    );
  }
  const onPath = names.map(findProgram).filter(path => path !== undefined);
  // A snap is shut off from temporary folders, where the profiles are.
  return [...onPath, '/usr/lib/chromium/chromium', '/usr/lib64/chromium-browser/chromium-browser'].filter(
    path => isExecutable(path) && !path.startsWith('/snap/'),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
