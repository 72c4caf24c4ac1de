import { Agent } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { created, postTicket, type Received, send } from './client.ts';

const portalPage = '<!doctype html><title>Sign in</title>';

/** What became of a request: its answer, the socket's error, or nothing within the time. */
async function outcome(call: Promise<Received>, withinMs = 3000): Promise<Received | string> {
  let timer: NodeJS.Timeout | undefined;
  const nothing = new Promise<string>(resolve => {
    timer = setTimeout(() => resolve('nothing'), withinMs);
  });
  const errorCode = (error: NodeJS.ErrnoException) => error.code ?? error.message;
  return Promise.race([call.catch(errorCode), nothing]).finally(() => clearTimeout(timer));
}

describe('faults on demand', () => {
  let assembly: Assembly;
  beforeEach(async () => {
    assembly = await startAssembly();
  });
  afterEach(() => assembly.close());
  const ticket = (agent?: Agent) =>
    postTicket(assembly, [['query', 'x']], agent === undefined ? {} : { agent });
  const committed = () => assembly.record.tickets.length;

  it.each([
    ['reset', false, 0],
    ['reset', true, 1],
    ['fin', false, 0],
    ['fin', true, 1],
  ] as const)('drops the connection by %s, with commit %s', async (how, commit, count) => {
    assembly.faults.next({ kind: 'drop', commit, how });
    expect(await outcome(ticket())).toBe('ECONNRESET');
    expect(committed()).toBe(count);
    expect(assembly.record.requests[0]).toMatchObject({
      fault: 'drop',
      status: null,
      answered: false,
      committed: commit,
    });
    expect(await ticket()).toMatchObject(created(`ASM-${111 + count}`));
  });

  it('drops a kept connection on its second request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await send(assembly, { path: '/list-users', agent });
    assembly.faults.next({ kind: 'drop', commit: true }, seen => seen.connectionRequest > 1);
    expect(await outcome(ticket(agent))).toBe('ECONNRESET');
    const [first, second] = assembly.record.requests;
    expect(second).toMatchObject({ connectionRequest: 2, remotePort: first?.remotePort, committed: true });
    agent.destroy();
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('cuts the body off after the headers, with commit %s', async (commit, count) => {
    assembly.faults.next({ kind: 'truncate', commit });
    expect(await outcome(ticket())).toBe('ECONNRESET');
    expect(assembly.record.requests[0]).toMatchObject({ status: 200, answered: false, committed: commit });
    expect(committed()).toBe(count);
  });

  it('delays before and after the commit', async () => {
    assembly.faults.next({ kind: 'delay', beforeCommitMs: 120, afterCommitMs: 120 });
    expect(await ticket()).toMatchObject(created('ASM-111'));
    const endedAtMs = Date.now();
    const arrivedAtMs = assembly.record.requests[0]?.timeMs ?? 0;
    const committedAtMs = assembly.record.tickets[0]?.createdAtMs ?? 0;
    // A timer may fire a millisecond early by the wall clock.
    expect(committedAtMs - arrivedAtMs).toBeGreaterThanOrEqual(118);
    expect(endedAtMs - committedAtMs).toBeGreaterThanOrEqual(118);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('hangs, with commit %s, until it is closed', async (commit, count) => {
    assembly.faults.next({ kind: 'hang', commit });
    const call = ticket();
    await expect.poll(() => assembly.record.requests[0]?.fault).toBe('hang');
    expect(await outcome(call, 150)).toBe('nothing');
    expect(committed()).toBe(count);
    await assembly.close();
    expect(await outcome(call)).toBe('ECONNRESET');
  });

  it('drips the answer byte by byte', async () => {
    assembly.faults.next({ kind: 'drip', everyMs: 5 });
    const call = ticket();
    expect(await outcome(call, 60)).toBe('nothing');
    expect(await call).toMatchObject(created('ASM-111'));
  });

  it('answers whatever it is told', async () => {
    const headers = { 'content-type': 'text/html' };
    assembly.faults.next({ kind: 'answer', status: 200, headers, body: portalPage });
    assembly.faults.next({ kind: 'answer', status: 503, commit: true });
    const portal = await ticket();
    expect(portal).toMatchObject({ status: 200, text: portalPage, headers: { 'content-type': 'text/html' } });
    expect(committed()).toBe(0);
    expect(await ticket()).toMatchObject({ status: 503, text: '' });
    expect(assembly.record.requests[1]).toMatchObject({ status: 503, answered: true, committed: true });
    expect(committed()).toBe(1);
  });

  it('sends two Retry-After headers as two', async () => {
    assembly.faults.next({ kind: 'answer', status: 429, headers: { 'retry-after': ['5', '9'] } });
    const { rawHeaders } = await ticket();
    expect(rawHeaders.filter((_value, at) => rawHeaders[at - 1] === 'retry-after')).toEqual(['5', '9']);
  });

  it.each([
    ['hang', 'nothing', 300],
    ['reset', 'ECONNRESET', 3000],
  ] as const)('stops reading in the middle of a body, then: %s', async (how, expected, withinMs) => {
    assembly.faults.next({ kind: 'stop-reading', match: 'ticket', afterBytes: 100_000, how });
    const large = 'x'.repeat(5_000_000);
    expect(await outcome(postTicket(assembly, [['query', large]]), withinMs)).toBe(expected);
    await expect
      .poll(() => assembly.record.requests[0])
      .toMatchObject({ fault: 'stop-reading', parts: [], committed: false });
    expect(committed()).toBe(0);
  });

  it('uses queued faults once and in order, standing ones until they are cleared', async () => {
    assembly.faults.always({ kind: 'answer', match: 'ticket', status: 500 });
    assembly.faults.next({ kind: 'answer', match: 'list-users', status: 502 });
    assembly.faults.next({ kind: 'answer', match: 'ticket', status: 503 });
    assembly.faults.next({ kind: 'answer', match: 'ticket', status: 504 });
    const statuses: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) statuses.push((await ticket()).status);
    expect(statuses).toEqual([503, 504, 500, 500]);
    expect(assembly.faults.count()).toEqual({ queued: 1, standing: 1 });
    expect((await send(assembly, { path: '/list-users' })).status).toBe(502);
    expect((await send(assembly, { path: '/list-users' })).status).toBe(200);
    assembly.faults.clear();
    expect((await ticket()).status).toBe(200);
  });
});
