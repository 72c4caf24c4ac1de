import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { demoApiKey } from '../../../tools/assembly/settings.ts';

const main = fileURLToPath(new URL('../../../tools/assembly/main.ts', import.meta.url));

describe('npm run assembly', () => {
  let child: ReturnType<typeof spawn> | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says where it is, takes a free port for a taken one, and ends cleanly on %s',
    { timeout: 20_000 },
    async signal => {
      const holder = createServer().listen(0, '127.0.0.1');
      await once(holder, 'listening');
      const address = holder.address();
      const takenPort = typeof address === 'object' && address !== null ? address.port : 0;
      const env = { ...process.env, ASSEMBLY_API_PORT: String(takenPort), ASSEMBLY_INBOX_PORT: '0' };
      const started = spawn(process.execPath, ['--import', 'tsx', main], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      let output = '';
      started.stdout.on('data', chunk => {
        output += chunk;
      });
      await expect.poll(() => output, { timeout: 15_000 }).toContain('Ctrl+C');
      const apiPort = /API {4}https:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      expect(Number(apiPort)).not.toBe(takenPort);
      expect(output).toContain(`--host-resolver-rules="MAP api.wavelength.cx:443 127.0.0.1:${apiPort}"`);
      expect(output).toContain(demoApiKey);
      const inboxUrl = /Inbox {2}(\S+)/.exec(output)?.[1] ?? '';
      expect((await fetch(inboxUrl)).status).toBe(200);
      started.kill(signal);
      expect(await once(started, 'exit')).toEqual([0, null]);
      holder.close();
    },
  );
});
