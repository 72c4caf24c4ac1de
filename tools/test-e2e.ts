import { runPackage } from './run-command.ts';
import { ensureChromium } from './setup.ts';
import { runTool } from './trouble.ts';

// End-to-end tests alone; arguments go to vitest: a part of a file's name, `-t` and a part of a test's.
await runTool(async () => {
  // The tests' own set-up would look for it too, but say it with a stack.
  await ensureChromium();
  const { code } = await runPackage('vitest', ['run', '--project', 'e2e', ...process.argv.slice(2)], {
    output: 'show',
  });
  return code;
});
