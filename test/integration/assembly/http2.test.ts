import { connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApiKey } from '../../../tools/assembly/settings.ts';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { created, postTicket } from './client.ts';
import { encodeLikeCurl } from './curl-form.ts';

/** Posts a ticket over one HTTP/2 session; `status` is null when the stream ended without headers. */
async function postOverHttp2(assembly: Assembly) {
  const session = connect(assembly.apiUrl, { ca: assembly.certificatePem });
  session.on('error', () => {});
  const form = encodeLikeCurl([['query', 'Over HTTP/2']]);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/interactions',
    authorization: demoApiKey,
    'content-type': form.contentType,
  });
  let status: number | null = null;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('response', headers => {
    status = headers[':status'] ?? null;
  });
  stream.on('data', chunk => {
    text += chunk;
  });
  stream.on('error', () => {});
  stream.end(form.body);
  await new Promise(resolve => stream.once('close', resolve));
  session.destroy();
  return { status, text };
}

describe('over HTTP/2', () => {
  let assembly: Assembly;
  beforeEach(async () => {
    assembly = await startAssembly({ http2: true });
  });
  afterEach(() => assembly.close());

  it('serves both versions', async () => {
    expect(await postOverHttp2(assembly)).toMatchObject(created('ASM-111'));
    expect(await postTicket(assembly, [['query', 'Over HTTP/1.1']])).toMatchObject(created('ASM-112'));
    const [first, second] = assembly.record.requests;
    expect(first).toMatchObject({ httpVersion: '2.0', headers: { host: assembly.apiUrl.slice(8) } });
    expect(second).toMatchObject({ httpVersion: '1.1', headers: { host: assembly.apiUrl.slice(8) } });
    expect([first?.closedAtMs, second?.closedAtMs]).toEqual([null, null]);
  });

  it.each(['reset', 'fin'] as const)('drops the session by %s after the commit', async how => {
    assembly.faults.next({ kind: 'drop', commit: true, how });
    expect(await postOverHttp2(assembly)).toEqual({ status: null, text: '' });
    expect(assembly.record.tickets).toHaveLength(1);
    await expect.poll(() => assembly.record.requests[0]?.closedAtMs).toBeTypeOf('number');
  });

  it('cuts a body off', async () => {
    assembly.faults.next({ kind: 'truncate' });
    const whole = JSON.stringify({ created_ticket_number: 'ASM-111' });
    const { status, text } = await postOverHttp2(assembly);
    expect(status).toBe(200);
    expect(text.length).toBeLessThan(whole.length);
    expect(whole.startsWith(text)).toBe(true);
  });
});
