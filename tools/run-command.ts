import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

export interface CommandResult {
  /** Exit code; 127 when the program could not be started, 1 when a signal ended it. */
  readonly code: number;
  /** stdout and stderr as they came, or only what was held back. Empty when it was shown instead. */
  readonly output: string;
}

export interface CommandOptions {
  /** `show` passes the output on as it comes; `hold` keeps it for the caller. */
  readonly output?: 'show' | 'hold';
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program in the project's folder and waits for its end. Never rejects: a program that cannot be started is a result too. */
export function runCommand(
  program: string,
  args: readonly string[],
  { output = 'hold', env = {} }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise(resolve => {
    const held: Buffer[] = [];
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: output === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', chunk => held.push(chunk));
    child.stderr?.on('data', chunk => held.push(chunk));
    child.on('error', error => resolve({ code: 127, output: error.message }));
    child.on('close', code => resolve({ code: code ?? 1, output: Buffer.concat(held).toString() }));
  });
}

/** Runs the one command-line program of an installed package with this Node, so that neither npx nor a shell is needed. */
export function runPackage(
  packageName: string,
  args: readonly string[],
  options?: CommandOptions,
): Promise<CommandResult> {
  const folder = join(projectRoot, 'node_modules', packageName);
  const { bin }: { bin: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const [programPath] = Object.values(bin);
  if (!programPath) throw new Error(`${packageName} has no command-line program`);
  return runCommand(process.execPath, [join(folder, programPath), ...args], options);
}

/** Runs one of this project's TypeScript tools. */
export function runToolFile(
  path: string,
  args: readonly string[] = [],
  options?: CommandOptions,
): Promise<CommandResult> {
  return runCommand(process.execPath, ['--import', 'tsx', path, ...args], options);
}
