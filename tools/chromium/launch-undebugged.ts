import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { runCommand } from '../run-command.ts';
import { browserArguments, type LaunchOptions } from './launch.ts';

/** A headless Chromium that nothing is attached to: its workers live and die as they do for a person. */
export interface UndebuggedChromium {
  /** Ends it in order, as its last window does. */
  close(): Promise<void>;
  /** Ends it and all its processes at once, without any warning. */
  kill(): Promise<void>;
  /** The ids of the processes in which extensions live; each ends with the last worker and page in it. */
  extensionProcesses(): Promise<number[]>;
}

/**
 * Starts Chromium with the extension loaded and no debugger attached, on a profile that `launchChromium` may have used before: the extension's
 * id comes from its folder, so it finds what it has stored. What it does can be seen in Assembly's record alone.
 */
export async function launchUndebugged(
  options: Pick<LaunchOptions, 'executablePath' | 'extensionPath' | 'assembly' | 'profilePath'>,
): Promise<UndebuggedChromium> {
  const { executablePath, extensionPath, profilePath } = options;
  const browser = spawn(
    executablePath,
    [
      ...browserArguments(options),
      `--user-data-dir=${profilePath}`,
      `--load-extension=${extensionPath}`,
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      '--headless=new',
      // It reaches nothing but this machine, and needs no system that lends it a sandbox.
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
      '--password-store=basic',
      '--use-mock-keychain',
      'about:blank',
    ],
    // A process group of its own, so that all of it can be ended at once.
    { stdio: 'ignore', detached: true },
  );
  await once(browser, 'spawn');
  const endWithThisProcess = () => void killProcessGroup(browser);
  process.once('exit', endWithThisProcess);
  browser.once('exit', () => process.off('exit', endWithThisProcess));
  return {
    async close() {
      if (hasEnded(browser)) return;
      const ended = once(browser, 'exit');
      browser.kill('SIGTERM');
      await ended;
    },
    kill: () => killProcessGroup(browser),
    async extensionProcesses() {
      const processes = await listProcesses();
      return processes
        .filter(({ groupId, command }) => groupId === browser.pid && command.includes('--extension-process'))
        .map(({ id }) => id);
    },
  };
}

/** Ends a process that leads a group, and the whole group, by SIGKILL; resolves when the leader is gone. */
export async function killProcessGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined || hasEnded(leader)) return;
  const ended = once(leader, 'exit');
  process.kill(-leader.pid, 'SIGKILL');
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

interface Process {
  readonly id: number;
  readonly groupId: number;
  readonly command: string;
}

async function listProcesses(): Promise<Process[]> {
  if (process.platform === 'linux') return listProcFolder();
  const { code, output } = await runCommand('ps', ['-A', '-o', 'pid=,pgid=,command=']);
  if (code !== 0) throw new Error(`ps: ${output.trim()}`);
  return output.split('\n').map(line => {
    const [, id, groupId, command = ''] = line.match(/^ *(\d+) +(\d+) (.*)$/) ?? [];
    return { id: Number(id), groupId: Number(groupId), command };
  });
}

/** Small Linux images come without ps. */
async function listProcFolder(): Promise<Process[]> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = ids.map(async id => {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${id}/stat`, 'utf8'),
      readFile(`/proc/${id}/cmdline`, 'utf8'),
    ]);
    // After the name in brackets, which may hold anything: state, parent, group.
    const [, , , groupId] = stat.slice(stat.lastIndexOf(')')).split(' ');
    return { id: Number(id), groupId: Number(groupId), command };
  });
  // Processes end while they are looked at.
  return (await Promise.allSettled(found)).flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
}
