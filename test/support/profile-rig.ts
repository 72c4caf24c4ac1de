import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, type TestContext } from 'vitest';
import { type Assembly, type AssemblyOptions, startAssembly } from '../../tools/assembly/start-assembly.ts';
import { distPath } from '../../tools/build.ts';
import { type LaunchOptions, launchChromium, type Session } from '../../tools/chromium/launch.ts';
import {
  killProcessGroup,
  launchUndebugged,
  type UndebuggedChromium,
} from '../../tools/chromium/launch-undebugged.ts';
import { accountedFor, readOutboxAccount } from './outbox-account.ts';
import { watchForProblems } from './watch-for-problems.ts';

export interface ProfileRigOptions {
  readonly assembly?: AssemblyOptions;
  /** The folder of the extension, if not the shipped build. */
  readonly extensionPath?: string;
  /** A profile to begin with a copy of. Its browser must have ended in order. */
  readonly profilePath?: string;
  /** Given the port of the local Assembly, resolves to the one at which the browser is to find it. */
  readonly via?: (apiPort: number) => Promise<number>;
}

/** A profile that outlives its browsers, beside a local Assembly: for what happens between two of them. */
export interface ProfileRig {
  readonly assembly: Assembly;
  readonly profilePath: string;
  /** Starts a browser on the profile. One at a time. */
  start(): Promise<Session>;
  startUndebugged(): Promise<UndebuggedChromium>;
}

/**
 * Makes a rig for a test, which ends all that it has started when the test is over. Problems in the extension then fail the test, and so does a
 * request that a careful client never sends, and anything that came into the outbox and is not accounted for. Takes the test's own context, so
 * that it works in tests that run side by side.
 */
export async function startProfileRig(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  options: ProfileRigOptions = {},
): Promise<ProfileRig> {
  const assembly = await startAssembly(options.assembly);
  onTestFinished(() => assembly.close());
  onTestFinished(() => expect(assembly.record.violations()).toEqual([]));
  const profilePath = await makeProfile(options.profilePath);
  onTestFinished(() => removeProfile(profilePath));
  const problems: string[] = [];
  const { certificatePem } = assembly;
  const apiPort = (await options.via?.(assembly.apiPort)) ?? assembly.apiPort;
  const launchOptions: LaunchOptions = {
    executablePath: inject('executablePath'),
    extensionPath: options.extensionPath ?? distPath,
    assembly: { apiPort, certificatePem },
    profilePath,
    headless: true,
  };
  return {
    assembly,
    profilePath,
    async start() {
      const session = await launchChromium(launchOptions);
      onTestFinished(() => session.browser.close());
      onTestFinished(() => expectAllAccountedFor(session));
      onTestFinished(() => expect(problems).toEqual([]));
      watchForProblems(session.browser, session.extension, problem => problems.push(problem));
      return session;
    },
    async startUndebugged() {
      const chromium = await launchUndebugged(launchOptions);
      onTestFinished(() => chromium.close());
      return chromium;
    },
  };
}

/** Of a browser that has ended already, the next one on its profile tells. */
async function expectAllAccountedFor({ browser, extension }: Session): Promise<void> {
  if (!browser.connected) return;
  const account = await readOutboxAccount(browser, extension);
  if (account) expect(accountedFor(account), JSON.stringify(account)).toBe(account.enqueued);
}

/** A new folder for a profile, empty or a copy of another. */
export async function makeProfile(copied?: string): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'capture-e2e-'));
  if (copied !== undefined) await cp(copied, path, { recursive: true });
  return path;
}

/** A browser that has just ended may still write a last file. */
export function removeProfile(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 5 });
}

/** Ends the browser as a power cut does to its processes: all at once, in the middle of whatever they do. */
export async function killBrowser({ browser }: Session): Promise<void> {
  const process = browser.process();
  if (process) await killProcessGroup(process);
}
