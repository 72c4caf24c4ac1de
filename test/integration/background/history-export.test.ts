import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportedJob } from '../../../src/contract/views.ts';
import type { Job } from '../../../src/core/outbox/job.ts';
import { answerOf } from '../../support/ask-worker.ts';
import {
  agent,
  closeProfile,
  connectedWorker,
  fileAndGoOn,
  type SimulatedWorker,
  startListeningWorker,
} from '../../support/simulated-worker.ts';

let worker: SimulatedWorker;
let filed: Job;
beforeEach(async () => {
  worker = await connectedWorker();
  filed = await fileAndGoOn(worker, 'Words');
});
afterEach(closeProfile);

const store = async (job: Job) =>
  (await worker.database()).put('jobs', { id: job.id, job, createdAt: job.createdAt });

async function exported(): Promise<ExportedJob[]> {
  await startListeningWorker();
  const jobs: ExportedJob[] = [];
  let below: number | null = null;
  do {
    const part: { jobs: ExportedJob[]; below: number | null } = await answerOf('history.export', { below });
    jobs.push(...part.jobs);
    below = part.below;
  } while (below !== null);
  return jobs;
}

const at = (isoInstant: string) => Date.parse(isoInstant);

test('an item is exported with all that is kept of it, newest first', async () => {
  await store({
    ...filed,
    createdAt: at('2026-01-02T09:00:00.000Z'),
    attempts: 2,
    pageUrl: 'https://example.com/a',
    request: {
      kind: 'ticket',
      title: 'Title',
      query: '> Quoted\n\nWords',
      customer: { email: 'grace@example.com', name: 'Grace' },
      company: { by: 'source_specific_id', value: 'acme-1', name: '' },
      additionalProperties: { category: 'Bug', order: 7 },
      originalTimestamp: '2026-01-02T08:59:00Z',
      images: [{ blobId: 'b1', name: 'Area.png', type: 'image/png' }],
      imageUrls: ['https://example.com/a.png'],
      followUp: { content: '', agent, files: [{ blobId: 'b2', name: 'log.txt', type: '' }] },
    },
    state: { name: 'sent', at: at('2026-01-02T09:00:01.250Z'), ticketNumber: 'ASM-7', historyId: null },
  });
  await store({
    ...filed,
    id: 'capr_2',
    order: 2,
    request: {
      kind: 'reply',
      target: { parameter: 'source_specific_id', value: filed.id },
      content: 'Thank you.',
      agent,
      originalTimestamp: '2026-01-02T08:59:00Z',
      files: [],
      imageUrls: [],
    },
    state: { name: 'attention', failure: { kind: 'attachment-missing' } },
  });
  const [reply, ticket, ...more] = await exported();
  expect(more).toEqual([]);
  expect(ticket).toEqual({
    kind: 'ticket',
    source_specific_id: filed.id,
    ticket_number: 'ASM-7',
    history_id: null,
    state: 'sent',
    created_at: '2026-01-02T09:00:00.000Z',
    sent_at: '2026-01-02T09:00:01.250Z',
    tries: 2,
    title: 'Title',
    text: '> Quoted\n\nWords',
    reply_to: '',
    customer_email: 'grace@example.com',
    customer_name: 'Grace',
    company: 'acme-1',
    page_url: 'https://example.com/a',
    files: ['Area.png', 'log.txt', 'https://example.com/a.png'],
    properties: { category: 'Bug', order: 7 },
  });
  expect(reply).toMatchObject({
    kind: 'reply',
    source_specific_id: 'capr_2',
    state: 'attention',
    sent_at: null,
    title: '',
    text: 'Thank you.',
    reply_to: filed.id,
    page_url: '',
  });
});

test('the key is in no part of it', async () => {
  await worker.saveKey('fake-key-to-look-for');
  expect(JSON.stringify(await exported())).not.toContain('fake-key-to-look-for');
});

test('long texts of many items come in parts that a message can carry, and none is left out', async () => {
  if (filed.request.kind !== 'ticket') throw new Error('It is a reply.');
  const request = { ...filed.request, query: 'x'.repeat(200_000) };
  for (let order = 1; order <= 120; order += 1) await store({ ...filed, id: `cap_${order}`, order, request });
  await (await worker.database()).delete('jobs', filed.id);
  await startListeningWorker();
  const part = await answerOf('history.export', { below: null });
  // Chrome takes 64 MiB in one message, and a character has up to 3 bytes.
  expect(JSON.stringify(part).length).toBeLessThan(20 * 1024 * 1024);
  const ids = (await exported()).map(({ source_specific_id }) => source_specific_id);
  expect(ids).toEqual(Array.from({ length: 120 }, (_, n) => `cap_${120 - n}`));
});
