import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Draft } from '../core/draft.ts';
import type { Job } from '../core/outbox/job.ts';

/** A stored picture or file. Rows name each other by `id`; the bytes never travel in a message. */
interface BlobRow {
  id: string;
  blob: Blob;
  createdAt: number;
}

/** `pending` is present only while the job is not `sent`, so that its index holds the outbox and not the history. */
export interface JobRow {
  id: string;
  job: Job;
  createdAt: number;
  pending?: 1;
  /** Present once the ticket is created and its number known. */
  ticketNumber?: string;
}

interface CaptureSchema extends DBSchema {
  /** Drafts by id: the current one, and those whose job may still bring them back. */
  drafts: { key: string; value: Draft };
  /** The outbox and the history, by `source_specific_id`. */
  jobs: { key: string; value: JobRow; indexes: { pending: number; createdAt: number; ticketNumber: string } };
  blobs: { key: string; value: BlobRow };
  /** Single values: the id of the current draft, the limiter's state, which key was refused. */
  meta: { key: 'currentDraftId' | 'limiter' | 'refusedKey'; value: unknown };
}

type CaptureDatabase = IDBPDatabase<CaptureSchema>;
type StoreName = 'drafts' | 'jobs' | 'blobs' | 'meta';
export type WriteTransaction = IDBPTransaction<CaptureSchema, StoreName[], 'readwrite'>;

/** Flushed to the disk before the transaction reports success: what the UI calls "saved" is. */
export const strict = { durability: 'strict' } as const;

let opened: Promise<CaptureDatabase> | null = null;

/**
 * Runs `work` in one strict transaction over all of a capture's stores, so that a draft, its job and the
 * pointer to the current draft always change together or not at all. `work` must only await the transaction.
 */
export async function change<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  const tx = (await database()).transaction(['drafts', 'jobs', 'blobs', 'meta'], 'readwrite', strict);
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (cause) {
    // The error that matters is `cause`; the transaction's own rejection only repeats it.
    tx.done.catch(() => {});
    try {
      tx.abort();
    } catch {
      // Already aborted by the failed request.
    }
    throw cause;
  }
}

/** The database of this context, opened once. Rejects when it cannot be opened; the next call tries again. */
export function database(): Promise<CaptureDatabase> {
  opened ??= openDB<CaptureSchema>('capture', 1, {
    upgrade(db) {
      db.createObjectStore('drafts', { keyPath: 'id' });
      const jobs = db.createObjectStore('jobs', { keyPath: 'id' });
      jobs.createIndex('pending', 'pending');
      jobs.createIndex('createdAt', 'createdAt');
      jobs.createIndex('ticketNumber', 'ticketNumber');
      db.createObjectStore('blobs', { keyPath: 'id' });
      db.createObjectStore('meta');
    },
    // A newer version of the extension wants to migrate: let go at once.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  }).catch((cause: unknown) => {
    opened = null;
    throw cause;
  });
  return opened;
}
