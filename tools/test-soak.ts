import { buildIfNeeded } from './build.ts';
import { runPackage } from './run-command.ts';
import { ensureChromium } from './setup.ts';
import { runTool } from './trouble.ts';

// The tests of delivery that kill, with many more rounds than `npm test` has time for. They need an hour or two.
const files = ['crashes', 'kills', 'browser-kill', 'browser-replay', 'lifetime'];

await runTool(async () => {
  await ensureChromium();
  await buildIfNeeded();
  const projects = ['--project', 'integration', '--project', 'e2e'];
  const { code } = await runPackage('vitest', ['run', ...projects, ...files, ...process.argv.slice(2)], {
    output: 'show',
    env: { SOAK: '1' },
  });
  return code;
});
