import { demoApiKey } from './settings.ts';
import { startAssembly } from './start-assembly.ts';

/** `npm run assembly`: the local Assembly until Ctrl+C. */
const assembly = await startAssembly({
  apiPort: portFrom('ASSEMBLY_API_PORT', 8443),
  inboxPort: portFrom('ASSEMBLY_INBOX_PORT', 8480),
  orAnyPort: true,
});

console.log(`Local Assembly

  API    ${assembly.apiUrl}  (TLS, a certificate of its own)
  Inbox  ${assembly.inboxUrl}
  Key    ${demoApiKey}

To use it from a Chromium, start that one with a new profile folder and:

  --host-resolver-rules="MAP api.wavelength.cx:443 127.0.0.1:${assembly.apiPort}"
  --ignore-certificate-errors

Ctrl+C ends it; nothing is kept.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => assembly.close());

function portFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${variable} must be a port number`);
  return port;
}
