import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import type { Draft } from '../../core/draft.ts';
import type { Job } from '../../core/outbox/job.ts';

/** Version of the stores and of the records in them. Each step up to it is a file of `migrations/`. */
export const schemaVersion = 4;

/** A stored picture or file. Rows name each other by `id`; the bytes never travel in a message. */
interface BlobRow {
  id: string;
  blob: Blob;
  createdAt: number;
  /** Of the bytes, as hex; null for what was stored before they were summed. */
  sha256: string | null;
}

/** `pending` is present only while the job is not `sent`, so that its index holds the outbox and not the history. */
export interface JobRow {
  id: string;
  job: Job;
  createdAt: number;
  pending?: 1;
  /** Present once the ticket is created and its number known. */
  ticketNumber?: string;
  /** When it was sent, epoch ms; present while its texts are kept for the history (`Retention.textsDays`). */
  textsSince?: number;
  /** The same for its files (`Retention.filesDays`). */
  filesSince?: number;
}

/** An item that the person discarded, and its draft: for some minutes it can be brought back. */
export interface DiscardedRow {
  /** Of the job. */
  id: string;
  job: Job;
  draft: Draft | null;
  discardedAt: number;
  /** Of a reply that went with its ticket: the id of that ticket's job, with which it comes back. */
  takenWith?: string;
}

/** What Assembly said of people or companies, kept for the next time and for when it cannot be asked. */
interface DirectoryRow {
  /** `contact:<address>` or `accounts:<name>`, in lower case. */
  question: string;
  answer: unknown;
  at: number;
}

/** A record that cannot be read, kept as it was found. */
export interface QuarantineRow {
  id: string;
  store: 'jobs' | 'drafts';
  foundAt: number;
  record: unknown;
}

export interface CaptureSchema extends DBSchema {
  /** Drafts by id: the current one, those that were put aside, and those whose job may still bring them back. */
  drafts: { key: string; value: Draft };
  /** The outbox and the history, by `source_specific_id`. */
  jobs: {
    key: string;
    value: JobRow;
    indexes: {
      pending: number;
      createdAt: number;
      ticketNumber: string;
      /** `Job.order`, and `Job.pageUrl` where there is one. */
      order: number;
      pageUrl: string;
      textsSince: number;
      filesSince: number;
    };
  };
  discarded: { key: string; value: DiscardedRow };
  directory: { key: string; value: DirectoryRow };
  blobs: { key: string; value: BlobRow };
  quarantine: { key: string; value: QuarantineRow };
  /**
   * Single values: the id of the current draft, the pace, which key was refused, which run of the outbox may send,
   * the ledger, since when (epoch ms) streaming bodies are refused, and when it was last looked for what is old.
   */
  meta: {
    key: 'currentDraftId' | 'pace' | 'refusedKey' | 'sender' | 'ledger' | 'streamingRefusedAt' | 'ageMark';
    value: unknown;
  };
}

export const storeNames = [
  'drafts',
  'jobs',
  'blobs',
  'discarded',
  'directory',
  'quarantine',
  'meta',
] as const;
type StoreName = (typeof storeNames)[number];

export type CaptureConnection = IDBPDatabase<CaptureSchema>;
export type WriteTransaction = IDBPTransaction<CaptureSchema, StoreName[], 'readwrite'>;
/** The transaction in which the stores change their shape: all of it happens, or nothing. */
export type UpgradeTransaction = IDBPTransaction<CaptureSchema, StoreName[], 'versionchange'>;
