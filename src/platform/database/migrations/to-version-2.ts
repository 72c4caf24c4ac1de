import type { UpgradeTransaction } from '../schema.ts';

type Fields = Record<string, unknown>;

/**
 * The pace of the outbox, the ledger, the quarantine, and sums of stored bytes.
 *
 * Records are changed as loose objects: what is not the shape that version 1 wrote is left as it is, and is put
 * into quarantine by the first look at it, as any other record that cannot be read.
 */
export async function toVersion2(tx: UpgradeTransaction): Promise<void> {
  tx.db.createObjectStore('quarantine', { keyPath: 'id' });

  // Jobs get numbers in the order in which they were made, which version 1 knew by the clock only.
  const ids = await tx.objectStore('jobs').index('createdAt').getAllKeys();
  const orders = new Map(ids.map((id, index) => [id, index + 1]));
  await eachRow(tx, 'jobs', row => {
    const job = asFields(row['job']);
    const order = orders.get(String(row['id'])) ?? 0;
    return job?.['version'] === 1 ? { ...row, job: jobOfVersion2(job, row['createdAt'], order) } : row;
  });
  const jobCount = await tx.objectStore('jobs').count();
  await eachRow(tx, 'drafts', draft =>
    draft['version'] === 1 ? { ...draft, version: 2, mayHaveArrived: isPositive(draft['attempts']) } : draft,
  );
  // Their bytes cannot be summed in here: the transaction would end while the sum is made.
  await eachRow(tx, 'blobs', row => ({ ...row, sha256: null }));

  const meta = tx.objectStore('meta');
  // The limiter alone is less than the pace is now. Without it the burst has to be earned anew.
  await (meta as unknown as { delete(key: string): Promise<void> }).delete('limiter');
  await meta.put({ enqueued: jobCount, withdrawn: 0, discarded: 0 }, 'ledger');
}

function jobOfVersion2(job: Fields, createdAt: unknown, order: number): Fields {
  const state = asFields(job['state']);
  return {
    ...job,
    version: 2,
    order,
    deathsInRow: 0,
    // Version 1 did not say whether a try may have arrived, so every try may.
    mayHaveArrived: isPositive(job['attempts']),
    mayHoldEarlierText: false,
    state: state?.['name'] === 'queued' ? { ...state, since: createdAt, isUrgent: false } : job['state'],
  };
}

async function eachRow(
  tx: UpgradeTransaction,
  store: 'jobs' | 'drafts' | 'blobs',
  change: (row: Fields) => Fields,
): Promise<void> {
  for await (const cursor of tx.objectStore(store)) {
    const row = asFields(cursor.value);
    if (!row) continue;
    const changed = change(row);
    // The present types say nothing of what an old version wrote.
    if (changed !== row) await (cursor as unknown as { update(row: Fields): Promise<void> }).update(changed);
  }
}

function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}
