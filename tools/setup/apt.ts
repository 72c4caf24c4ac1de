import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runCommand } from '../run-command.ts';

const aptGet = '/usr/bin/apt-get';

/** Whether this process may install Debian packages: apt is there and we are root. Nobody's password is asked for. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync(aptGet);
}

/**
 * Whether this is Debian itself. Ubuntu's `chromium` package only points to a snap, which cannot read a profile in a temporary folder, so
 * there it is no use to install it.
 */
export async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID="?debian"?$/m.test(release);
}

/** Installs packages. The list of packages is fetched only if they cannot be had without it. Resolves to apt's complaint, or nothing when all is well. */
export async function installPackages(names: readonly string[]): Promise<string | undefined> {
  const install = () => apt(['install', '--yes', '--no-install-recommends', ...names]);
  if ((await install()).code === 0) return undefined;
  await apt(['update']);
  const { code, output } = await install();
  if (code === 0) return undefined;
  return output.match(/^E: .*/m)?.[0] ?? `apt-get ended with code ${code}`;
}

function apt(args: readonly string[]) {
  return runCommand(aptGet, ['-o', 'DPkg::Lock::Timeout=120', '--quiet', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}
