import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../tools/assembly/settings.ts';
import { type Assembly, startAssembly } from '../../../tools/assembly/start-assembly.ts';
import { created, postReply, postTicket, type Received, refused } from './client.ts';

const again = 'source specific id already exists';

describe('a source_specific_id that came before', () => {
  let assembly: Assembly;
  afterEach(() => assembly.close());
  const ticket = (id: string | null) =>
    postTicket(assembly, [['query', 'x'], ...(id === null ? [] : [['source_specific_id', id] as const])]);
  const reply = (id: string) =>
    postReply(assembly, '?source_specific_id=cap_1', [
      ['content', 'x'],
      ['user', '{"id":"1"}'],
      ['source_specific_id', id],
    ]);

  const modes: readonly (readonly [Settings['ticketDedupe'], Partial<Received>, number])[] = [
    ['same-answer', created('ASM-111'), 1],
    ['conflict', refused(409, again), 1],
    ['bad-request', refused(400, again), 1],
    ['none', created('ASM-112'), 2],
  ];

  it.each(modes)('on a ticket, in the mode %s', async (ticketDedupe, expected, count) => {
    assembly = await startAssembly({ ticketDedupe });
    expect(await ticket('cap_1')).toMatchObject(created('ASM-111'));
    expect(await ticket('cap_1')).toMatchObject(expected);
    expect(assembly.record.tickets).toHaveLength(count);
    expect(assembly.record.requests.map(({ committed }) => committed)).toEqual([true, count === 2]);
    expect(await ticket('cap_2')).toMatchObject(created(`ASM-${111 + count}`));
  });

  it('does not bind tickets without one', async () => {
    assembly = await startAssembly({ ticketDedupe: 'conflict' });
    expect(await ticket(null)).toMatchObject(created('ASM-111'));
    expect(await ticket(null)).toMatchObject(created('ASM-112'));
  });

  it('is no hindrance to a reply by default, and 409 on demand', async () => {
    assembly = await startAssembly();
    await ticket('cap_1');
    expect((await reply('capr_1')).status).toBe(200);
    expect((await reply('capr_1')).status).toBe(200);
    assembly.config.change({ replyDedupe: 'conflict' });
    expect(await reply('capr_1')).toMatchObject(refused(409, again));
    expect((await reply('capr_2')).status).toBe(200);
    expect(assembly.record.replies).toHaveLength(3);
  });

  it('may stay unknown to replies for a while', async () => {
    let nowMs = 1_750_000_000_000;
    assembly = await startAssembly({ visibilityDelayMs: 5000, now: () => nowMs });
    await ticket('cap_1');
    nowMs += 4999;
    expect(await reply('capr_1')).toMatchObject(refused(404, 'ticket not found for identifier: cap_1'));
    nowMs += 1;
    expect((await reply('capr_1')).status).toBe(200);
  });
});
