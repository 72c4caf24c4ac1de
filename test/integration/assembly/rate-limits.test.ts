import { afterEach, describe, expect, it } from 'vitest';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { postReply, postTicket, type Received, refused } from './client.ts';

const limited = refused(429, 'rate limit exceeded');
const keys = ['fake-key-a', 'fake-key-b'];

describe('rate limits', () => {
  let assembly: Assembly;
  let nowMs = 0;
  afterEach(() => assembly.close());
  const start = async (options: Parameters<typeof startAssembly>[0] = {}) => {
    nowMs = 1_750_000_000_000;
    const tickets = [
      { number: 'ASM-1', ulid: '01KKXRZM9PJRKJ488ZK3PB6JPX', query: 'Old', sourceSpecificId: 'old' },
    ];
    assembly = await startAssembly({ now: () => nowMs, apiKeys: keys, seed: { tickets }, ...options });
  };
  const ticket = (key = 'fake-key-a') => postTicket(assembly, [['query', 'x']], { key });
  const reply = (key = 'fake-key-a') =>
    postReply(
      assembly,
      '?source_specific_id=old',
      [
        ['content', 'x'],
        ['user', '{"id":"1"}'],
      ],
      { key },
    );
  const times = async (count: number, call: () => Promise<Received>) => {
    const statuses: number[] = [];
    for (let done = 0; done < count; done += 1) statuses.push((await call()).status);
    return statuses;
  };

  it('lets 30 events through in any second, for each key', async () => {
    await start();
    expect(await times(20, ticket)).toEqual(Array(20).fill(200));
    nowMs += 600;
    expect(await times(10, ticket)).toEqual(Array(10).fill(200));
    const answer = await ticket();
    expect(answer).toMatchObject(limited);
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect((await ticket('fake-key-b')).status).toBe(200);
    nowMs += 399;
    expect(await ticket()).toMatchObject(limited);
    // The window slides: the first twenty are a second old now, the ten are not.
    nowMs += 1;
    expect(await times(21, ticket)).toEqual([...Array(20).fill(200), 429]);
  });

  it('lets 60 replies through in any minute, for each key', async () => {
    await start();
    expect(await times(61, reply)).toEqual([...Array(60).fill(200), 429]);
    expect((await reply('fake-key-b')).status).toBe(200);
    expect((await ticket()).status).toBe(200);
    nowMs += 59_999;
    expect(await reply()).toMatchObject(limited);
    nowMs += 1;
    expect((await reply()).status).toBe(200);
    expect(assembly.record.replies).toHaveLength(62);
  });

  it('can be changed, can say when to come back, can be turned off', async () => {
    await start({ ticketLimit: { count: 1, windowMs: 1000, chargesRefused: false }, retryAfterSeconds: 7 });
    await ticket();
    expect((await ticket()).headers['retry-after']).toBe('7');
    assembly.config.change({ ticketLimit: null });
    expect(await times(40, ticket)).toEqual(Array(40).fill(200));
  });

  it('can charge for refused requests, so that hammering never gets through', async () => {
    await start({ ticketLimit: { count: 1, windowMs: 1000, chargesRefused: true } });
    await ticket();
    for (let tries = 0; tries < 3; tries += 1) {
      nowMs += 900;
      expect((await ticket()).status).toBe(429);
    }
    nowMs += 1000;
    expect((await ticket()).status).toBe(200);
  });
});
