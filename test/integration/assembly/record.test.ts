import { createHash } from 'node:crypto';
import { request } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoApiKey } from '../../../tools/assembly/settings.ts';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket, send } from './client.ts';
import type { CurlField } from './curl-form.ts';
import { fileOf } from './sample-images.ts';

const id: CurlField = ['source_specific_id', 'cap_1'];
const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('the record', () => {
  let assembly: Assembly;
  beforeEach(async () => {
    assembly = await startAssembly({ now: () => nowMs });
  });
  afterEach(() => assembly.close());

  it('keeps a request with its parts in order', async () => {
    await postTicket(assembly, [['query', 'Naïve'], id]);
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
    const user: CurlField = ['user', '{"id":"1"}'];
    const file = fileOf(bytes, 'application/zip', 'a.zip');
    await postReply(assembly, '?source_specific_id=cap_1', [user, ['files', file], ['content', 'c']], {
      headers: { 'X-Extra': 'Yes' },
    });
    const [, seen] = assembly.record.requests;
    expect(seen).toMatchObject({
      endpoint: 'reply',
      method: 'POST',
      path: '/interactions/reply',
      query: { source_specific_id: 'cap_1' },
      headers: { 'x-extra': 'Yes', host: assembly.apiUrl.slice(8) },
      timeMs: nowMs,
      httpVersion: '1.1',
      remoteAddress: '127.0.0.1',
      connectionRequest: 1,
      status: 200,
      answered: true,
      committed: true,
      fault: null,
    });
    expect(seen?.remotePort).toBeGreaterThan(0);
    expect(seen?.parts).toEqual([
      {
        kind: 'text',
        name: 'user',
        contentType: 'text/plain',
        text: '{"id":"1"}',
        sizeBytes: 10,
        sha256: createHash('sha256').update('{"id":"1"}').digest('hex'),
      },
      {
        kind: 'file',
        name: 'files',
        filename: 'a.zip',
        contentType: 'application/zip',
        bytes,
        sizeBytes: 6,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      expect.objectContaining({ name: 'content', text: 'c' }),
    ]);
  });

  it('keeps requests to unknown places and refused ones', async () => {
    await send(assembly, { method: 'DELETE', path: '/tickets/1?a=1&a=2' });
    expect(assembly.record.requests[0]).toMatchObject({
      endpoint: 'unknown',
      method: 'DELETE',
      path: '/tickets/1',
      query: { a: ['1', '2'] },
      status: 404,
      committed: false,
    });
    expect(assembly.record.requestsTo('ticket')).toEqual([]);
  });

  it('keeps a request whose client left in the middle, which uses up no fault', async () => {
    assembly.faults.next({ kind: 'answer', status: 503 });
    const outgoing = request(`${assembly.apiUrl}/interactions`, {
      method: 'POST',
      ca: assembly.certificatePem,
      agent: false,
      headers: {
        authorization: demoApiKey,
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': 1000,
      },
    });
    outgoing.on('error', () => {});
    outgoing.write('--b\r\nContent-Disposition: form-data; name="query"\r\n\r\nhalf');
    await expect.poll(() => assembly.record.requests).toHaveLength(1);
    outgoing.destroy();
    const answer = await postTicket(assembly, [['query', 'x'], id]);
    expect(answer.status).toBe(503);
    expect(assembly.record.requests[0]).toMatchObject({
      status: null,
      answered: false,
      parts: [],
      fault: null,
    });
    expect(assembly.record.tickets).toEqual([]);
  });

  it('tells when a request was left open, and when its client gave up', async () => {
    assembly.faults.next({ kind: 'hang' });
    const outgoing = request(`${assembly.apiUrl}/list-users`, { ca: assembly.certificatePem, agent: false });
    outgoing.on('error', () => {});
    outgoing.end();
    await expect.poll(() => assembly.record.requests[0]?.fault).toBe('hang');
    expect(assembly.record.requests[0]).toMatchObject({ answered: false, closedAtMs: null });
    outgoing.destroy();
    await expect.poll(() => assembly.record.requests[0]?.closedAtMs).toBe(nowMs);

    await send(assembly, { path: '/list-users' });
    expect(assembly.record.requests[1]).toMatchObject({ answered: true, closedAtMs: null });
  });

  it('finds no violation in careful requests', async () => {
    await postTicket(assembly, [['query', 'x'], id]);
    await postTicket(assembly, [['query', 'x'], id]);
    await send(assembly, { path: '/list-users' });
    expect(assembly.record.violations()).toEqual([]);
  });

  it('reports a cookie, a missing id, and an id with another body', async () => {
    await postTicket(assembly, [['query', 'x'], id]);
    await postTicket(assembly, [['query', 'y'], id], { headers: { cookie: 'a=b' } });
    await postTicket(assembly, [['query', 'z']]);
    expect(assembly.record.violations()).toEqual([
      'POST /interactions: carries a cookie',
      'POST /interactions: cap_1 came with another body',
      'POST /interactions: has no source_specific_id',
    ]);
  });

  it('reports another target of the same reply', async () => {
    const fields: CurlField[] = [['content', 'c'], ['user', '{"id":"1"}'], id];
    assembly.faults.always({ kind: 'hang', commit: true });
    const calls = ['a', 'b'].map(target => postReply(assembly, `?source_specific_id=${target}`, fields));
    const ended = Promise.allSettled(calls);
    await expect
      .poll(() => assembly.record.violations())
      .toEqual(['POST /interactions/reply: cap_1 came with another body']);
    await assembly.close();
    await ended;
  });

  it('lets a body be corrected after a refusal, but not after a lost answer', async () => {
    await postTicket(assembly, [['query', ''], id]);
    await postTicket(assembly, [['query', 'corrected'], id]);
    expect(assembly.record.violations()).toEqual([]);
    const other: CurlField = ['source_specific_id', 'cap_2'];
    assembly.faults.next({ kind: 'drop', commit: false });
    await expect(postTicket(assembly, [['query', 'lost'], other])).rejects.toThrow();
    await postTicket(assembly, [['query', 'changed'], other]);
    expect(assembly.record.violations()).toEqual(['POST /interactions: cap_2 came with another body']);
  });

  it('forgets requests on demand and keeps the tickets', async () => {
    await postTicket(assembly, [['query', 'x'], id]);
    assembly.record.forgetRequests();
    expect(assembly.record.requests).toEqual([]);
    expect(assembly.record.tickets).toMatchObject([{ number: 'ASM-111', createdAtMs: nowMs }]);
  });
});
