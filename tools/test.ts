import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, runPackage, runToolFile } from './run-command.ts';
import { ensureChromium, ensureDisplayTools } from './setup.ts';
import { type Counts, countsPathVariable } from './test/counts-reporter.ts';
import { runTool, Trouble } from './trouble.ts';

// Everything, in this order. A step that fails does not keep the others from running: one look then tells all that is wrong.
await runTool(async () => {
  const results: Counts[] = [];
  const browserMissing = await setUp();

  heading('Lint, types, build');
  const [lint, types, build] = await Promise.all([
    check('Lint', () => runPackage('@biomejs/biome', ['check', '--diagnostic-level=warn', '.'])),
    check('Types', () => runPackage('typescript', ['--noEmit'])),
    check('Build', () => runPackage('vite', ['build', '--logLevel', 'warn'])),
  ]);
  results.push(lint, types, build);
  const isBuilt = build.failed === 0;
  if (isBuilt) results.push(await check('Check of the build', () => runToolFile('tools/check-dist.ts')));

  heading('Unit, integration, component and architecture tests');
  results.push(await vitest(['unit', 'integration', 'component', 'architecture']));

  heading('End-to-end tests in Chromium');
  const obstacle = browserMissing ?? (isBuilt ? undefined : 'There is no build to test.');
  if (obstacle) console.log(obstacle);
  results.push(obstacle ? { passed: 0, failed: 1, skipped: [] } : await vitest(['e2e']));

  return sumUp(results);
});

/** Gets what the tests in a browser need. Resolves to why there is no browser, or to nothing when there is one. */
async function setUp(): Promise<string | undefined> {
  console.log('Looking for Chromium, Xvfb and xdotool …');
  try {
    await ensureChromium();
    await ensureDisplayTools();
    return undefined;
  } catch (error) {
    if (error instanceof Trouble) return error.message;
    throw error;
  }
}

/** A step that is right or wrong as a whole, and counts as one test. Its output is shown only when it is wrong. */
async function check(name: string, run: () => Promise<CommandResult>): Promise<Counts> {
  const startMs = Date.now();
  const { code, output } = await run();
  const ok = code === 0;
  console.log(
    `${name}: ${ok ? 'passed' : 'failed'} in ${secondsSince(startMs)}${ok ? '' : `\n${output.trim()}\n`}`,
  );
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] };
}

async function vitest(projects: readonly string[]): Promise<Counts> {
  const startMs = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'capture-counts-'));
  const countsPath = join(folder, 'counts.json');
  const { code } = await runPackage(
    'vitest',
    [
      'run',
      ...projects.flatMap(project => ['--project', project]),
      '--reporter=default',
      '--reporter=./tools/test/counts-reporter.ts',
    ],
    { output: 'show', env: { [countsPathVariable]: countsPath } },
  );
  const written = await readFile(countsPath, 'utf8').catch(() => undefined);
  await rm(folder, { recursive: true });
  console.log(`${code === 0 ? 'Passed' : 'Failed'} in ${secondsSince(startMs)}`);
  const counts: Counts = written ? JSON.parse(written) : { passed: 0, failed: 0, skipped: [] };
  // vitest can fail as a whole, for example in a global set-up: then no test has failed, but something has.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function sumUp(results: readonly Counts[]): number {
  const sum = (count: (result: Counts) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const skipped = results.flatMap(result => result.skipped);
  console.log('');
  for (const { name, reason } of skipped) console.log(`Skipped: ${name} (${reason})`);
  const failed = sum(result => result.failed);
  const skippedPart = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${sum(result => result.passed)} passed, ${failed} failed${skippedPart}`);
  return failed > 0 ? 1 : 0;
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

function secondsSince(startMs: number): string {
  return `${((Date.now() - startMs) / 1000).toFixed(1)} s`;
}
