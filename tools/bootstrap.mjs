// Runs on a fresh clone with nothing installed, so: plain JavaScript, and nothing imported but Node's own modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = {
  start: 'tools/start.ts',
  test: 'tools/test.ts',
  'test-e2e': 'tools/test-e2e.ts',
  'test-soak': 'tools/test-soak.ts',
  dev: 'tools/dev.ts',
  assembly: 'tools/assembly/main.ts',
  bench: 'tools/bench.ts',
  sim: 'tools/sim.ts',
  pictures: 'tools/take-pictures.ts',
  icons: 'tools/make-icons.ts',
};

checkNode();
const [name = '', ...args] = process.argv.slice(2);
const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
if (!tool) stop(`There is no "${name}". Choose one of: ${Object.keys(tools).join(', ')}.`);
if (!existsSync(join(root, tool)))
  stop(`${tool} is missing: this clone is incomplete. Clone the repository again.`);
installDependencies();
run(tool, args);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `This needs Node 20.19 or newer, and this is Node ${process.versions.node}. Install a newer one and run it again.`,
  );
}

/** `npm ci` deletes and rebuilds node_modules: done only when there is none, or when the lock file is another one than last time. */
function installDependencies() {
  const stampPath = join(root, 'node_modules', '.lock-stamp');
  const lockHash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lockHash) return;
  if (isInstalledByHand()) {
    writeFileSync(stampPath, lockHash);
    return;
  }

  console.log('Installing the dependencies (npm ci) …');
  // Errors only: npm warns about puppeteer-core, which asks for a newer Node than it needs, and that would only worry a newcomer.
  const npm = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.error)
    stop(
      `npm could not be started (${npm.error.message}). It comes with Node: check that it is on the PATH.`,
    );
  if (npm.status !== 0) {
    stop(
      "The dependencies could not be installed: npm's own words are above. Check the network and run it again.",
    );
  }
  writeFileSync(stampPath, lockHash);
}

/** `npm install` and `npm ci` leave a copy of the lock in node_modules: a newer one was made from the lock as it is. */
function isInstalledByHand() {
  const [installed, locked] = ['node_modules/.package-lock.json', 'package-lock.json'].map(path =>
    join(root, path),
  );
  return existsSync(installed) && statSync(installed).mtimeMs > statSync(locked).mtimeMs;
}

function run(tool, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', tool, ...args], { cwd: root, stdio: 'inherit' });
  // Ctrl+C reaches the tool by itself, since it is in the terminal's foreground group. This process only has to outlive its cleaning up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('error', error => stop(`${tool} could not be started: ${error.message}.`));
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exit(code ?? 1);
  });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
