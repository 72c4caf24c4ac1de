import type { Page } from 'puppeteer-core';
import type { Job, JobState } from '../../src/core/outbox/job.ts';

const dayMs = 24 * 60 * 60_000;
const words = ['Export', 'Invoice', 'Login', 'Printer', 'Refund', 'Search', 'Order', 'Delivery'] as const;
const troubles = [
  'stops at 90 %',
  'shows the wrong sum',
  'hangs',
  'is empty',
  'comes twice',
  'is too slow',
] as const;
const people = ['Ada Lovelace', 'Grace Hopper', 'José Núñez', 'Zoë Müller', ''] as const;

/** The n-th of so many items of a history that ends at `now` (epoch ms): one every half hour, the newest last. */
export function historyJob(n: number, count: number, now: number): Job {
  const draftId = `a${n.toString(16).padStart(31, '0')}`;
  const createdAt = now - (count - n) * 30 * 60_000;
  const name = people[n % people.length] ?? '';
  const subject = `${words[n % words.length]} ${troubles[n % troubles.length]}`;
  return {
    version: 3,
    id: `cap_${draftId}`,
    draftId,
    draftRevision: 1,
    createdAt,
    order: n,
    attempts: 1,
    failuresInRow: 0,
    deathsInRow: 0,
    mayHaveArrived: false,
    mayHoldEarlierText: false,
    request: {
      kind: 'ticket',
      // What is older than the settings keep has no texts any more.
      title: now - createdAt > 180 * dayMs ? '' : subject,
      query: `A customer wrote about case ${n}. ${'It goes on for a while. '.repeat(20)}`,
      customer: name === '' ? null : { name, email: `customer${n % 97}@example.com` },
      company: null,
      additionalProperties: {
        page_url: `https://shop.example.com/orders/${n}`,
        page_title: `Order ${n} – Orders – Example Shop`,
      },
      originalTimestamp: new Date(createdAt).toISOString().replace(/\.\d+/, ''),
      images: [],
      imageUrls: [],
    },
    pageUrl: `https://shop.example.com/orders/${n}`,
    passages: [],
    keepsFiles: false,
    state: stateOf(n, createdAt),
  };
}

function stateOf(n: number, createdAt: number): JobState {
  return { name: 'sent', at: createdAt + 2_000, ticketNumber: `ASM-${1_000 + n}`, historyId: null };
}

/** Puts items into the database as they are after a delivery, or before one. Runs over a page of the extension. */
export async function placeJobs(page: Page, jobs: readonly Job[]): Promise<void> {
  await page.evaluate(async jobs => {
    // No function has a name in here: tsx would mark it, by a helper that the page has not.
    const request = indexedDB.open('capture');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction(['jobs', 'meta'], 'readwrite');
    for (const job of jobs) {
      const { id, createdAt, state } = job;
      const row = { id, createdAt, job };
      const more = state.name === 'sent' ? { ticketNumber: state.ticketNumber ?? undefined } : { pending: 1 };
      transaction.objectStore('jobs').put({ ...row, ...more });
    }
    // They are on the record as if they had come in by a press of Send.
    const meta = transaction.objectStore('meta');
    const reading = meta.get('ledger');
    reading.onsuccess = () => {
      const ledger = { enqueued: 0, withdrawn: 0, discarded: 0, ...reading.result };
      meta.put({ ...ledger, enqueued: ledger.enqueued + jobs.length }, 'ledger');
    };
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
    database.close();
  }, jobs as Job[]);
}
