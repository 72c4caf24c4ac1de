import type { UpgradeTransaction } from '../schema.ts';

/** Drafts, jobs, the bytes of pictures, single values. */
export async function toVersion1({ db }: UpgradeTransaction): Promise<void> {
  db.createObjectStore('drafts', { keyPath: 'id' });
  const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
  jobs.createIndex('pending', 'pending');
  jobs.createIndex('createdAt', 'createdAt');
  jobs.createIndex('ticketNumber', 'ticketNumber');
  db.createObjectStore('blobs', { keyPath: 'id' });
  db.createObjectStore('meta');
}
