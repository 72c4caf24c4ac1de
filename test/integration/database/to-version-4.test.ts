import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftSchema, jobSchema } from '../../../src/contract/stored.ts';
import { createDatabase } from '../../../src/platform/database/database.ts';
import { schemaVersion } from '../../../src/platform/database/schema.ts';
import { quarantineDamagedRows } from '../../../src/platform/privileged/quarantine.ts';
import { migrateAndDie, openAndClose, watchRequests } from './migrate.ts';
import { readFixture, readStored, storeAsVersion3 } from './stored-database.ts';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => vi.unstubAllGlobals());

const version3 = readFixture(3);
const version4 = readFixture(4);

describe('a database of version 3', () => {
  test('becomes one of version 4 with all that it held, and nothing of it goes into quarantine', async () => {
    await storeAsVersion3(version3);
    const database = createDatabase();
    expect(await quarantineDamagedRows(70, database)).toBe(0);
    (await database.connection()).close();
    expect(await readStored(schemaVersion)).toEqual(version4);
  });

  test('holds records that can be read', async () => {
    await storeAsVersion3(version3);
    const connection = await createDatabase().connection();
    for (const { job } of await connection.getAll('jobs')) {
      expect(jobSchema.safeParse(job).error).toBeUndefined();
    }
    for (const draft of await connection.getAll('drafts')) {
      expect(draftSchema.safeParse(draft).error).toBeUndefined();
    }
    connection.close();
  });

  test('has its jobs in the new indexes; a job without a page is in none of pages', async () => {
    await storeAsVersion3(version3);
    const connection = await createDatabase().connection();
    const jobs = connection.transaction('jobs').store;
    const orders = (await jobs.index('order').getAll()).map(({ job }) => job.order);
    expect(orders).toEqual(version3.jobs.map((_, n) => n + 1));
    expect((await jobs.index('pageUrl').getAll()).map(({ job }) => job.pageUrl)).toEqual([
      'https://shop.example.com/orders',
    ]);
    const sent = version3.jobs.filter(row => 'job' in row && JSON.stringify(row.job).includes('"sent"'));
    expect(await jobs.index('textsSince').count()).toBe(sent.length);
    expect(sent.length).toBeGreaterThan(1);
    expect(await jobs.index('filesSince').count()).toBe(0);
    connection.close();
  });

  test('keeps how each picture goes, also of one that is not made ready', async () => {
    const [draft] = version3.drafts.filter(found => 'attachments' in found);
    const picture = {
      ...{ kind: 'image', id: 'a1', blobId: 'b1', name: 'Area', widthPx: 1, heightPx: 1, sizeBytes: 1 },
      ...{ marks: [], crop: null, marksRevision: 2, wordsBlobId: 'b2', isSearchedWhole: true, uncovered: {} },
      ...{ sendsFull: true, cutAtPx: 900 },
    };
    const fit = { maxError: 1, colours: 64, scale: 0.5 };
    const attachments = [
      { ...picture, prepared: null },
      { ...picture, prepared: { marksRevision: 2, ticket: null, full: { blobId: 'b3', fit } } },
      { kind: 'image-url', id: 'a2', url: 'https://example.com/a.png' },
    ];
    const id = 'f'.repeat(32);
    await storeAsVersion3({ ...version3, drafts: [{ ...draft, id, attachments }] });
    const connection = await createDatabase().connection();
    const stored = draftSchema.parse(await connection.get('drafts', id));
    connection.close();
    const { sendsFull: _, ...kept } = picture;
    const migrated = { ...kept, type: 'image/png', followsTicket: true, publicUrl: null };
    expect(stored.attachments).toEqual([
      { ...migrated, prepared: null },
      {
        ...migrated,
        prepared: { marksRevision: 2, ticket: null, full: { blobId: 'b3', type: 'image/png', fit } },
      },
      attachments[2],
    ]);
  });

  test('keeps the reply that waits inside of a ticket', async () => {
    const files = [{ blobId: 'b1', name: 'Area.png', type: 'image/png' }];
    const followUp = { content: 'At full size.', agent: { email: 'ana@example.com', name: '' }, files };
    const row = version3.jobs.find(({ id }) => id.endsWith('a0')) as {
      id: string;
      job: { request: object };
    };
    const job = { ...row.job, request: { ...row.job.request, followUp } };
    await storeAsVersion3({ ...version3, jobs: [{ ...row, job }] });
    const connection = await createDatabase().connection();
    const stored = jobSchema.parse((await connection.get('jobs', row.id))?.job);
    connection.close();
    expect(stored.request).toMatchObject({ kind: 'ticket', company: null, followUp });
  });

  test('keeps what cannot be read as it is, for the quarantine', async () => {
    const drafts = [
      { id: 'torn', version: 3, attachments: 'torn' },
      { id: 'half', version: 3, attachments: [null, { kind: 'image', prepared: 7 }] },
      { id: 'later', version: 9 },
    ];
    const jobs = [
      { id: 'cap_torn', createdAt: 5, pending: 1, job: 'torn' },
      { id: 'cap_half', createdAt: 6, pending: 1, job: { version: 2, order: [], request: null } },
      { id: 'cap_odd', createdAt: 6, pending: 1, job: { version: 2, pageUrl: ['a'], request: {} } },
      { id: 'cap_later', createdAt: 7, job: { version: 9 } },
    ];
    await storeAsVersion3({
      ...version3,
      drafts: [...version3.drafts, ...drafts],
      jobs: [...version3.jobs, ...jobs],
    });
    const database = createDatabase();
    expect(await quarantineDamagedRows(70, database)).toBe(7);
    (await database.connection()).close();
    const stored = await readStored(schemaVersion);
    expect(stored).toMatchObject({ drafts: version4.drafts, jobs: version4.jobs });
    const records = stored.quarantine?.map(({ record }) => record);
    for (const record of [drafts[2], jobs[0], jobs[1], jobs[3]]) expect(records).toContainEqual(record);
    expect(records).toContainEqual(expect.objectContaining({ id: 'torn', attachments: 'torn' }));
    expect(records).toContainEqual(expect.objectContaining({ id: 'cap_odd', createdAt: 6 }));
  });

  test('is whole when the browser dies before any step, and the next opening succeeds', async () => {
    let step = 0;
    let isAtEnd = false;
    while (!isAtEnd) {
      step += 1;
      vi.stubGlobal('indexedDB', new IDBFactory());
      await storeAsVersion3(version3);
      isAtEnd = await migrateAndDie(step);
      expect(await readStored(3), `step ${step}`).toEqual(version3);
      await openAndClose();
      expect(await readStored(schemaVersion), `step ${step}`).toEqual(version4);
    }
    // Two stores, three indexes, and each record.
    expect(step).toBeGreaterThan(2 + 3 + version3.jobs.length + version3.drafts.length);
  });

  test('is whole when any step throws', async () => {
    for (const step of [1, 2, 3, 5, 7, 12, 20]) {
      vi.stubGlobal('indexedDB', new IDBFactory());
      await storeAsVersion3(version3);
      let made = 0;
      const leaveAlone = watchRequests(() => {
        made += 1;
        if (made === step) throw new DOMException('No.', 'QuotaExceededError');
      });
      await expect(openAndClose(), `step ${step}`).rejects.toThrow('No.');
      leaveAlone();
      expect(await readStored(3), `step ${step}`).toEqual(version3);
    }
  });
});
