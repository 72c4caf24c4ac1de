import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { activityPath, openExtensionPage } from '../../tools/chromium/extension.ts';
import { ask, fileTicket, stateNames } from '../support/file-by-message.ts';
import { connect } from '../support/popup-actions.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { textsOf } from '../support/sent-fields.ts';

const drainMs = 20_000;
/** How many requests the sender has on their way together. */
const mostAtOnce = 6;

describe('an outbox with many tickets', () => {
  test('whose key is revoked in the middle stops after one refusal, and goes on with the next key', async () => {
    const rig = await startRig();
    const { record, config } = rig.assembly;
    const { page, ids } = await withTickets(rig, 20);
    // The fourth that arrives is the last one that the key is good for.
    rig.assembly.faults.always({ kind: 'delay', match: 'ticket', beforeCommitMs: 30 }, () => {
      if (record.tickets.length >= 4) config.change({ apiKeys: ['fake-next-key'] });
      return true;
    });
    await connect(rig);
    await expect
      .poll(() => record.requests.some(({ status }) => status === 401), { timeout: drainMs })
      .toBe(true);
    await expect
      .poll(async () => new Set(await stateNames(page)), { timeout: drainMs })
      .toEqual(new Set(['sent', 'paused']));
    // Those that were on their way together, and none after them.
    const refused = record.requests.filter(({ status }) => status === 401).length;
    expect(refused).toBeLessThanOrEqual(mostAtOnce);
    const asked = record.requestsTo('ticket').length;
    await sleep(1_000);
    expect(record.requestsTo('ticket').length).toBe(asked);

    await connect(rig, { key: 'fake-next-key' });
    await expectEachOnce(rig, ids);
    expect(new Set(await stateNames(page))).toEqual(new Set(['sent']));
  });

  test('that waited out an outage asks one at a time until Assembly answers', async () => {
    const rig = await startRig();
    const { record, faults } = rig.assembly;
    const { ids } = await withTickets(rig, 12);
    faults.always({ kind: 'answer', match: 'ticket', status: 503 });
    await connect(rig);
    await expect
      .poll(() => record.requestsTo('ticket').length, { timeout: drainMs })
      .toBeGreaterThanOrEqual(2);
    // Twelve tickets that each went by a clock of their own would have asked twelve times by now.
    expect(record.requestsTo('ticket').length).toBeLessThanOrEqual(4);
    faults.clear();
    await expectEachOnce(rig, ids);
  });

  test('loses none and doubles none while every third answer is lost', async () => {
    const rig = await startRig({ assembly: { ticketDedupe: 'conflict' } });
    const { ids } = await withTickets(rig, 12);
    let count = 0;
    rig.assembly.faults.always({ kind: 'truncate', match: 'ticket' }, () => {
      count += 1;
      return count % 3 === 0 && count < 20;
    });
    await connect(rig);
    await expectEachOnce(rig, ids);
  });
});

/** Files tickets while there is no key, so that all of them wait. */
async function withTickets(rig: Rig, count: number) {
  const page = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const ids: string[] = [];
  for (let n = 1; n <= count; n += 1) ids.push((await fileTicket(page, `Ticket ${n}`)).id);
  await expect.poll(async () => new Set(await stateNames(page))).toEqual(new Set(['paused']));
  return { page, ids };
}

/** Waits until nothing is left to send, and looks at what Assembly holds. */
async function expectEachOnce(rig: Rig, ids: readonly string[]): Promise<void> {
  const { record } = rig.assembly;
  const page = await openExtensionPage(rig.browser, rig.extension, activityPath);
  const isEmpty = async () => (await stateNames(page)).every(name => name === 'sent');
  await ask(page, 'outbox.run', {});
  await expect.poll(isEmpty, { timeout: drainMs }).toBe(true);
  expect(record.tickets.map(ticket => ticket.sourceSpecificId).sort()).toEqual([...ids].sort());
  const sentIds = new Set(record.requestsTo('ticket').map(seen => textsOf(seen, 'source_specific_id')[0]));
  expect(sentIds.size).toBe(ids.length);
}
